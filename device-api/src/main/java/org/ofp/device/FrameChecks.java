// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.Arrays;

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
   * @return the greatest |a|², by rounding up to 2·10⁻⁶ (on a phase-only device 2·10⁻³) above 1
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} naming the first bad pixel
   */
  public static float requireAdmissible(SlmFrame frame, Capabilities capabilities) {
    requireShape(frame.shape(), capabilities);
    return requireAmplitudes(
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

  /**
   * Checks the amplitudes of one frame that starts at {@code offset}.
   *
   * @return the greatest |a|²
   */
  public static float requireAmplitudes(
      FloatBuffer amplitudes, int offset, FrameShape shape, long id, Modulation modulation) {
    float greatest = greatestPower(amplitudes, offset, 2 * shape.pixels(), modulation);
    if (Float.isNaN(greatest)) {
      throw firstBadPixel(amplitudes, offset, shape, id, modulation);
    }
    return greatest;
  }

  // Comparisons are written so that a NaN fails them.
  private static final float MAX_POWER = square(1 + SlmFrame.AMPLITUDE_TOLERANCE);
  private static final float MIN_PHASE_ONLY = square(1 - SlmFrame.PHASE_ONLY_TOLERANCE);
  private static final float MAX_PHASE_ONLY = square(1 + SlmFrame.PHASE_ONLY_TOLERANCE);

  private static float square(double amplitude) {
    return (float) (amplitude * amplitude);
  }

  /** The greatest |a|², NaN for a frame that cannot be shown. */
  private static float greatestPower(FloatBuffer a, int offset, int values, Modulation modulation) {
    try (Workspace w = Workspace.take()) {
      int lanes = Math.min(Workspace.LANES, values);
      float[] least = w.c;
      float[] greatest = w.d;
      Arrays.fill(least, 0, lanes, 1f);
      Arrays.fill(greatest, 0, lanes, 0f);
      boolean good = true;
      for (int at = 0; at < values; at += Workspace.LANES) {
        int n = Math.min(Workspace.LANES, values - at);
        a.get(offset + at, w.a, 0, n);
        a.get(offset + at + 1, w.b, 0, n - 1);
        greatestPowers(w.a, w.b, greatest, n);
        if (modulation == Modulation.PHASE_ONLY) {
          leastPowers(w.a, w.b, least, n);
        } else if (modulation == Modulation.AMPLITUDE_ONLY) {
          good &= realAmplitudes(w.a, n);
        }
      }
      float power = 0;
      float limit = modulation == Modulation.PHASE_ONLY ? MAX_PHASE_ONLY : MAX_POWER;
      float floor = modulation == Modulation.PHASE_ONLY ? MIN_PHASE_ONLY : 0;
      for (int j = 0; j < lanes; j += 2) {
        good &= greatest[j] <= limit && least[j] >= floor;
        power = Math.max(power, greatest[j]);
      }
      return good ? power : Float.NaN;
    }
  }

  /** Of each pixel, in the even lanes; Math.max keeps a NaN. */
  private static void greatestPowers(float[] a, float[] b, float[] greatest, int n) {
    for (int j = 0; j < n; j++) {
      greatest[j] = Math.max(greatest[j], a[j] * a[j] + b[j] * b[j]);
    }
  }

  private static void leastPowers(float[] a, float[] b, float[] least, int n) {
    for (int j = 0; j < n; j++) {
      least[j] = Math.min(least[j], a[j] * a[j] + b[j] * b[j]);
    }
  }

  private static boolean realAmplitudes(float[] a, int n) {
    boolean good = true;
    for (int j = 0; j < n; j += 2) {
      good &= admissible(a[j], a[j + 1], Modulation.AMPLITUDE_ONLY);
    }
    return good;
  }

  private static boolean admissible(float re, float im, Modulation modulation) {
    float power = re * re + im * im;
    return switch (modulation) {
      case COMPLEX -> power <= MAX_POWER;
      case PHASE_ONLY -> power >= MIN_PHASE_ONLY && power <= MAX_PHASE_ONLY;
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
