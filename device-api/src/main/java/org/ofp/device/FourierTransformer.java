// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.List;

/**
 * Fourier transforms of complex fields through a device: one code for every backend.
 *
 * <p>A field of any scale is encoded as an SLM frame, shown, read (one I/Q read, or four reads with
 * the reference stepped by π/2), and reconstructed, in unitary scaling (1/√(rows·cols) both ways)
 * with DC at [0,0] and the forward kernel exp(−2πi·kn/N). Exposure, scale and mean are taken care
 * of; see {@link TransformOptions}. The inverse transform is the forward one of the conjugate
 * field.
 *
 * <p>Safe for use by several threads if the device's {@code submit} is; a {@link TransformBatch} is
 * not. Does not own the device.
 */
@Stable(since = "0.1")
public final class FourierTransformer {
  private final OpticalFourierDevice device;
  private final TransformOptions options;

  public FourierTransformer(OpticalFourierDevice device) {
    this(device, TransformOptions.defaults());
  }

  /**
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the device cannot show or read
   *     complex fields, or several slices are asked of a modulator without levels
   */
  public FourierTransformer(OpticalFourierDevice device, TransformOptions options) {
    requireComplexFields(device.description());
    DisplayLevels.requireFor(options, device.description());
    this.device = device;
    this.options = options;
  }

  /** The unitary DFT of a field, as frame 0. */
  public ComplexField forward(ComplexField field) {
    return forward(field, 0);
  }

  /** The unitary DFT of a field; the id keys the noise of a simulated device. */
  public ComplexField forward(ComplexField field, long frameId) {
    return single(field, frameId, false);
  }

  /** The unitary inverse DFT of a field, as frame 0. */
  public ComplexField inverse(ComplexField field) {
    return inverse(field, 0);
  }

  /** The unitary inverse DFT of a field; the id keys the noise of a simulated device. */
  public ComplexField inverse(ComplexField field, long frameId) {
    return single(field, frameId, true);
  }

  private ComplexField single(ComplexField field, long frameId, boolean inverse) {
    TransformBatch batch = batch(field.shape(), 1);
    System.arraycopy(field.values(), 0, batch.fields(), 0, field.values().length);
    batch.identify(0, frameId, 0);
    if (inverse) {
      batch.inverse(1);
    } else {
      batch.forward(1);
    }
    return new ComplexField(field.shape(), batch.fields());
  }

  /**
   * Whether fields of this shape can be transformed: shown as they are, or composed from smaller
   * frames by the Cooley–Tukey factorisation.
   */
  public boolean accepts(FrameShape shape) {
    return Composition.exists(shape, device.description().capabilities());
  }

  /**
   * SLM frames that the transform of one field of this shape takes: 1; 2 where complex values are
   * shown as two phases; more if the transform is composed from smaller ones, 242 for 121×121 from
   * 11×11; all of them as often as there are slices and repeats.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} if there is no such transform
   */
  public int framesPerTransform(FrameShape shape) {
    Capabilities capabilities = device.description().capabilities();
    long frames = Composition.of(shape, capabilities).frames() * options.frames(capabilities);
    if (frames > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_FRAME,
          "a field of "
              + shape
              + " takes "
              + frames
              + " frames of this device; up to 2^31−1 can be numbered: transform a smaller field");
    }
    return (int) frames;
  }

  /**
   * Buffers for up to {@code capacity} transforms of one shape at a time.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} unless the device {@link
   *     #accepts} fields of this shape
   */
  public TransformBatch batch(FrameShape shape, int capacity) {
    return new TransformBatch(device, options, shape, capacity, framesPerTransform(shape));
  }

  /** The reads from which a field can be reconstructed. */
  public static List<Readout> readouts(ReadoutMode mode, double exposure) {
    return mode == ReadoutMode.FOUR_STEP
        ? List.of(
            Readout.withReference(exposure, 0),
            Readout.withReference(exposure, Math.PI / 2),
            Readout.withReference(exposure, Math.PI),
            Readout.withReference(exposure, 3 * Math.PI / 2))
        : List.of(Readout.plain(exposure));
  }

  static void requireComplexFields(DeviceDescription description) {
    Capabilities capabilities = description.capabilities();
    if (capabilities.readout() == ReadoutMode.INTENSITY) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          description.name()
              + " reads intensity only, from which no complex field follows; use a coherent or"
              + " four-step readout");
    }
    if (capabilities.complexEncoding() == ComplexEncoding.NONE) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          description.name()
              + " has a "
              + capabilities.modulation()
              + " modulator and declares no encoding of complex fields; use a device that does");
    }
  }
}
