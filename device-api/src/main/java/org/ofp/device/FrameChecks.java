// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/**
 * The admission rule for SLM frames, the same for every backend: what the declared modulation
 * cannot show is rejected, never silently clipped.
 */
@Stable(since = "0.1")
public final class FrameChecks {
  private FrameChecks() {}

  /**
   * Checks a frame against what a device declares.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} naming the first bad pixel
   */
  public static void requireAdmissible(SlmFrame frame, Capabilities capabilities) {
    requireShape(frame.shape(), capabilities);
    requireAmplitudes(
        frame.amplitudes(), frame.offset(), frame.shape(), frame.id(), capabilities.modulation());
  }

  /** Checks only that a device takes frames of this shape. */
  public static void requireShape(FrameShape shape, Capabilities capabilities) {
    if (!capabilities.accepts(shape)) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_FRAME,
          "a frame of "
              + shape
              + " pixels cannot be loaded; this device takes "
              + (capabilities.windows() ? "frames up to " : "only frames of ")
              + capabilities.maxFrame());
    }
  }

  /** Checks the amplitudes of one frame that starts at {@code offset}. */
  public static void requireAmplitudes(
      FloatBuffer amplitudes, int offset, FrameShape shape, long id, Modulation modulation) {
    int values = 2 * shape.pixels();
    boolean admissible =
        amplitudes.hasArray()
            ? admissible(amplitudes.array(), amplitudes.arrayOffset() + offset, values, modulation)
            : admissible(amplitudes, offset, values, modulation);
    if (!admissible) {
      throw firstBadPixel(amplitudes, offset, shape, id, modulation);
    }
  }

  // Comparisons are written so that a NaN fails them.
  private static final float MAX_POWER =
      (float) ((1 + SlmFrame.AMPLITUDE_TOLERANCE) * (1 + SlmFrame.AMPLITUDE_TOLERANCE));

  private static boolean admissible(float[] a, int offset, int values, Modulation modulation) {
    if (modulation != Modulation.COMPLEX) {
      return admissible(FloatBuffer.wrap(a), offset, values, modulation);
    }
    float power = 0;
    for (int i = offset; i < offset + values; i += 2) {
      power = Math.max(power, a[i] * a[i] + a[i + 1] * a[i + 1]); // Math.max keeps a NaN
    }
    return power <= MAX_POWER;
  }

  private static boolean admissible(FloatBuffer a, int offset, int values, Modulation modulation) {
    boolean good = true;
    for (int i = offset; i < offset + values; i += 2) {
      good &= admissible(a.get(i), a.get(i + 1), modulation);
    }
    return good;
  }

  private static boolean admissible(float re, float im, Modulation modulation) {
    float power = re * re + im * im;
    return switch (modulation) {
      case COMPLEX -> power <= MAX_POWER;
      case PHASE_ONLY -> Math.abs(Math.sqrt(power) - 1) <= SlmFrame.PHASE_ONLY_TOLERANCE;
      case AMPLITUDE_ONLY ->
          Math.abs(im) <= SlmFrame.AMPLITUDE_TOLERANCE
              && re >= -SlmFrame.AMPLITUDE_TOLERANCE
              && power <= MAX_POWER;
    };
  }

  private static DeviceException firstBadPixel(
      FloatBuffer a, int offset, FrameShape shape, long id, Modulation modulation) {
    for (int i = 0; i < shape.pixels(); i++) {
      float re = a.get(offset + 2 * i);
      float im = a.get(offset + 2 * i + 1);
      if (!admissible(re, im, modulation)) {
        return new DeviceException(
            ErrorCode.INADMISSIBLE_FRAME,
            "frame "
                + id
                + " asks for amplitude "
                + re
                + (im < 0 ? " − " : " + ")
                + Math.abs(im)
                + "i at pixel ["
                + i / shape.cols()
                + ","
                + i % shape.cols()
                + "]; "
                + switch (modulation) {
                  case COMPLEX ->
                      "this modulator shows finite values with |a| ≤ 1: scale the frame";
                  case PHASE_ONLY ->
                      "this phase-only modulator shows |a| = 1: encode the frame first";
                  case AMPLITUDE_ONLY ->
                      "this amplitude modulator shows real values from 0 to 1: encode the frame first";
                });
      }
    }
    throw new AssertionError("a frame was rejected without a bad pixel");
  }
}
