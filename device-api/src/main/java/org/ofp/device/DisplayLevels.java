// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The values that a modulator with levels shows, as far as its description tells: amplitude in
 * 2^b−1 equal steps over [0, 1], phase in levels n·range/2^b, n = 0 … 2^b−1; or, with the drive
 * {@code iq}, both quadratures in 2^(b−1)−1 steps on either side of 0. The kind of drive and a
 * range other than 2π are the physical parameters {@code slm.drive} and {@code slm.phase-range}.
 * Immutable.
 */
final class DisplayLevels {
  private final boolean phaseOnly;
  private final boolean quadratures;

  /** Of the amplitude, or of each quadrature on one side of 0; 0 if it is continuous. */
  private final int steps;

  /** Of the phase; 0 if it is continuous. */
  private final int phases;

  /** Radians that the levels of the phase span. */
  private final double range;

  /** cos and sin of what is asked for to get a level of the phase, interleaved. */
  private final double[] asked;

  /** cos and sin of what is shown then. */
  private final double[] shown;

  DisplayLevels(DeviceDescription description) {
    Capabilities capabilities = description.capabilities();
    DeclaredParameters parameters = new DeclaredParameters(description);
    phaseOnly = capabilities.modulation() == Modulation.PHASE_ONLY;
    quadratures = parameters.is("slm.drive", "iq");
    int amplitudeBits = phaseOnly ? 0 : capabilities.amplitudeBits();
    if (quadratures) {
      steps = amplitudeBits == 0 ? 0 : (1 << (amplitudeBits - 1)) - 1;
      phases = 0;
    } else {
      steps = amplitudeBits == 0 ? 0 : (1 << amplitudeBits) - 1;
      phases = capabilities.phaseBits() == 0 ? 0 : 1 << capabilities.phaseBits();
    }
    range = parameters.number("slm.phase-range", 2 * Math.PI);
    asked = circle(phases, 2 * Math.PI);
    shown = circle(phases, range);
  }

  private static double[] circle(int levels, double range) {
    double[] circle = new double[2 * levels];
    for (int n = 0; n < levels; n++) {
      circle[2 * n] = Math.cos(range * n / levels);
      circle[2 * n + 1] = Math.sin(range * n / levels);
    }
    return circle;
  }

  /**
   * Refuses slices of what has no levels.
   *
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED}
   */
  static void requireFor(TransformOptions options, DeviceDescription description) {
    if (options.slices() > 1 && new DisplayLevels(description).continuous()) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          description.name()
              + " declares a modulator without levels, of which "
              + options.slices()
              + " slices would have nothing to show; ask for 1 slice");
    }
  }

  /** Whether everything is shown as it is asked for. */
  boolean continuous() {
    return steps == 0 && phases == 0;
  }

  boolean phaseOnly() {
    return phaseOnly;
  }

  /** Whether a pixel's two channels are its quadratures. */
  boolean quadratures() {
    return quadratures;
  }

  /** Whether what is shown is off by more than the levels: they span another range than 2π. */
  boolean falseRange() {
    return phases > 0 && range != 2 * Math.PI;
  }

  /** Largest |a| whose nearest level surely is within the unit circle. */
  double reach() {
    return quadratures ? 1 - Math.sqrt(0.5) / steps : 1;
  }

  /**
   * The nearest values that can be shown, and how far they are.
   *
   * @param a {@code values} values, |a| up to {@link #reach()}; replaced by what to ask for: a
   *     level's middle, which every device rounds alike
   * @param left what is shown then is taken from here, times the share
   * @param nearest whether the nearest value is taken; or, as a device does it, amplitude and phase
   *     are rounded each by itself
   */
  void settle(float[] a, int values, float share, float[] left, boolean nearest) {
    if (quadratures) {
      settleQuadratures(a, values, share, left);
    } else if (phases == 0) {
      settleMagnitudes(a, values, share, left);
    } else {
      settlePolar(a, values, share, left, nearest);
    }
  }

  private void settleQuadratures(float[] a, int values, float share, float[] left) {
    for (int j = 0; j < values; j++) {
      a[j] = (float) (Math.rint((double) a[j] * steps) / steps);
      left[j] -= share * a[j];
    }
  }

  private void settleMagnitudes(float[] a, int values, float share, float[] left) {
    for (int j = 0; j < values; j += 2) {
      double magnitude = Math.sqrt((double) a[j] * a[j] + (double) a[j + 1] * a[j + 1]);
      double factor = magnitude == 0 ? 0 : Math.rint(magnitude * steps) / (steps * magnitude);
      a[j] = (float) (factor * a[j]);
      a[j + 1] = (float) (factor * a[j + 1]);
      left[j] -= share * a[j];
      left[j + 1] -= share * a[j + 1];
    }
  }

  /** The nearest phase, and on its ray the nearest amplitude. */
  private void settlePolar(float[] a, int values, float share, float[] left, boolean nearest) {
    double perRadian = phases / (2 * Math.PI);
    for (int j = 0; j < values; j += 2) {
      int level = 2 * ((int) Math.rint(perRadian * Math.atan2(a[j + 1], a[j])) & phases - 1);
      double along =
          nearest
              ? Math.max(a[j] * shown[level] + a[j + 1] * shown[level + 1], 0)
              : Math.sqrt((double) a[j] * a[j] + (double) a[j + 1] * a[j + 1]);
      double amplitude = phaseOnly ? 1 : steps == 0 ? along : Math.rint(along * steps) / steps;
      a[j] = (float) (amplitude * asked[level]);
      a[j + 1] = (float) (amplitude * asked[level + 1]);
      left[j] -= share * (float) (amplitude * shown[level]);
      left[j + 1] -= share * (float) (amplitude * shown[level + 1]);
    }
  }
}
