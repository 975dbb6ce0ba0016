// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Readout;

/** Phase stepping: its noise, and what the errors of the reference do to the field. */
class ReadoutFourStepValidationTest {
  private static final String CREATH =
      "Schreiber and Bruning in Malacara, Optical Shop Testing, chapter 14; derivation in"
          + " docs/PHYSICS.md";

  /** A field of many phases and moduli: 48×40 pixels, complex amplitudes at random. */
  private static final int ROWS = 48;

  private static final int COLS = 40;

  /** Signal and reference are dimmed by this, and exposed for longer: |a| may not exceed 1. */
  private static final double DIMMED = 4;

  /** Float sums of counts of up to (|E|+R)², |E| up to 4, over 4R with R = 1: relative to |E|. */
  private static final double ROUNDING = 5e-6;

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 2000, 30, 0.04",
    "2, 1, 500, 5, 0.5",
    "0.7, 3, 5000, off, 0.1",
    "1, 0, 40000, 30, 0.04"
  })
  void noise(double r, double s, double electrons, String readNoise, double gain) {
    int side = Sample.count(256, 1024);
    String options =
        "readout=four-step&adc.bits=16&sensor.black-level=64&sensor.gain="
            + gain
            + "&reference.amplitude="
            + r / DIMMED / side; // the unit of |F| behind one lit SLM pixel is 1/side
    double sigma = readNoise.equals("off") ? 0 : Double.parseDouble(readNoise);
    double bigR = Math.sqrt(electrons) * r;
    double bigS = Math.sqrt(electrons) * s;
    double expected =
        (bigR * bigR + bigS * bigS + sigma * sigma + 1 / (12 * gain * gain)) / (8 * bigR * bigR);
    double[][] noisy =
        quadratures(
            side,
            options + "&sensor.shot-noise=on&sensor.read-noise=" + readNoise,
            s,
            electrons,
            gain,
            bigR);
    double[][] quiet = quadratures(side, options, s, electrons, gain, bigR);
    int n = side * side;
    String at =
        String.format(
            java.util.Locale.ROOT,
            "R² = %.0f, S² = %.0f electrons, σr = %s, K = %s",
            bigR * bigR,
            bigS * bigS,
            readNoise,
            gain);
    double[] means = {bigS * Math.cos(0.6 - Math.PI / 2), bigS * Math.sin(0.6 - Math.PI / 2)};
    for (int q = 0; q < 2; q++) {
      new Validation(
              "four-step noise: mean of " + (q == 0 ? "Re Ŝ" : "Im Ŝ"),
              at,
              "Ŝ = [(I0−I2) + i(I1−I3)]/(4R)",
              CREATH,
              means[q],
              Sample.mean(noisy[q]),
              Sample.ofMean(expected, n),
              Sample.ORIGIN)
          .check();
      Validation variance =
          new Validation(
              "four-step noise (electrons)",
              at + (q == 0 ? ", Re" : ", Im"),
              "(R² + S² + σr² + 1/12K²)/(8R²) per quadrature",
              CREATH,
              expected,
              Sample.variance(noisy[q]),
              Sample.ofVariance(expected, n) * 1.001,
              Sample.ORIGIN + " √(2/N)");
      variance.check();
      variance.assertRefuses(Sample.variance(quiet[q]), "no shot and read noise");
    }
  }

  /** In-phase and quadrature part of Ŝ in √electrons, pixel by pixel. */
  private static double[][] quadratures(
      int side, String options, double s, double electrons, double gain, double bigR) {
    try (Sensed bench = new Sensed(side, side, options)) {
      float[] frame = new float[2 * bench.pixels()];
      int axis = 2 * (side / 2 * side + side / 2);
      frame[axis] = (float) (s / DIMMED * Math.cos(0.6));
      frame[axis + 1] = (float) (s / DIMMED * Math.sin(0.6));
      bench.show(frame, 1);
      double exposure = bench.exposureForEach(electrons * DIMMED * DIMMED);
      return quadratures(bench.fourSteps(exposure), gain, bigR);
    }
  }

  private static double[][] quadratures(double[][] counts, double gain, double bigR) {
    double[] re = Sample.difference(counts[0], counts[2]);
    double[] im = Sample.difference(counts[1], counts[3]);
    for (int i = 0; i < re.length; i++) {
      re[i] /= gain * 4 * bigR;
      im[i] /= gain * 4 * bigR;
    }
    return new double[][] {re, im};
  }

  /**
   * Ŝ from four noiseless reads as a sum of the field and its conjugate ghost: the two complex
   * factors, by least squares over all pixels, and what they leave.
   */
  private static Ghost ghost(String options, double exposure) {
    try (Sensed bench = new Sensed(ROWS, COLS, "readout=four-step&" + options)) {
      float[] frame = Ghost.frame(ROWS, COLS);
      bench.show(frame, 1);
      double[][] counts = bench.fourSteps(exposure);
      double unit = exposure / bench.photon();
      double[] re = Sample.difference(counts[0], counts[2]);
      double[] im = Sample.difference(counts[1], counts[3]);
      double[] field = new double[2 * re.length];
      for (int i = 0; i < re.length; i++) {
        field[2 * i] = re[i] / (4 * unit);
        field[2 * i + 1] = im[i] / (4 * unit);
      }
      return Ghost.fit(field, new Diffraction(frame, ROWS, COLS).field());
    }
  }

  static Ghost ghost(String options) {
    return ghost(options, ROWS * COLS * Light.HC / (Light.POWER * Light.WAVELENGTH));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 5, -3, 20, 45})
  void commonStepError(double degrees) {
    double delta = Math.toRadians(degrees);
    Ghost right = ghost("reference.step-error=" + delta);
    Ghost without = ghost("reference.step-error=off");
    // Ŝ = S0·cosδ·[cos(δ/2)e^{iψ} − i·sin(δ/2)e^{−iψ}], ψ = φ − 1.5δ.
    double common = Math.cos(delta);
    String at = "δ = " + degrees + "°";
    Ghost.check(
        right,
        without,
        "common step error δ: field",
        at,
        "cosδ·cos(δ/2)·e^(−1.5iδ)",
        CREATH,
        new double[] {
          common * Math.cos(delta / 2) * Math.cos(1.5 * delta),
          -common * Math.cos(delta / 2) * Math.sin(1.5 * delta)
        },
        true,
        ROUNDING);
    // −i·e^{1.5iδ}
    Ghost.check(
        right,
        without,
        "common step error δ: ghost",
        at,
        "−i·cosδ·sin(δ/2)·e^(1.5iδ)",
        CREATH,
        new double[] {
          common * Math.sin(delta / 2) * Math.sin(1.5 * delta),
          -common * Math.sin(delta / 2) * Math.cos(1.5 * delta)
        },
        false,
        ROUNDING);
    double level = 20 * Math.log10(Math.abs(Math.tan(delta / 2)));
    Validation ratio =
        new Validation(
            "common step error δ, θ_k = k(π/2+δ)",
            at,
            "conjugate ghost 20·lg tan(δ/2) in dB",
            CREATH,
            level,
            right.decibels(),
            0.01,
            "rounding 5e-6 beside a ghost of at least 0.0087");
    ratio.check();
    ratio.assertRefuses(without.decibels(), "exact steps");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, -0.3, 2})
  void gainErrorOfTheReference(double error) {
    Ghost.check(
        ghost("reference.gain-error=" + error),
        ghost("reference.gain-error=off"),
        "reference gain error",
        "g = " + error,
        "Ŝ = (1+g)·S",
        CREATH,
        new double[] {1 + error, 0},
        true,
        ROUNDING * (1 + Math.abs(error)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, -0.4, 2.5})
  void phaseErrorOfTheReference(double error) {
    Ghost.check(
        ghost("reference.phase-error=" + error),
        ghost("reference.phase-error=off"),
        "reference phase error",
        "ε = " + error + " rad",
        "Ŝ = e^(−iε)·S",
        CREATH,
        new double[] {Math.cos(error), -Math.sin(error)},
        true,
        ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"10, 0, 1e-3", "10, 2e-3, 1e-3", "-25, 5e-3, 2e-3"})
  void driftOfTheReference(double rate, double period, double exposure) {
    // Read k is half over at (k + ½)T, T its period and exposure: a step error of ωT, and a
    // constant of ωT/2.
    double seconds = period + exposure;
    double delta = rate * seconds;
    String bench = "sensor.read-period=" + period;
    Ghost drifting = ghost(bench + "&reference.drift=" + rate, exposure);
    Ghost still = ghost(bench, exposure);
    double[] factor = drifting.over(still);
    String at = "ω = " + rate + " rad/s, T = " + seconds + " s";
    double phase = -1.5 * delta - delta / 2;
    double modulus = Math.cos(delta) * Math.cos(delta / 2);
    double[] expected = {modulus * Math.cos(phase), modulus * Math.sin(phase)};
    for (int q = 0; q < 2; q++) {
      Validation field =
          new Validation(
              "reference drift: field",
              at + (q == 0 ? ", Re" : ", Im"),
              "step error δ = ωT, and e^(−iδ/2) for the first read: cosδ·cos(δ/2)·e^(−2iδ)",
              CREATH,
              expected[q],
              factor[q],
              ROUNDING,
              "rounding of floats");
      field.check();
    }
    Validation ghost =
        new Validation(
            "reference drift: ghost",
            at,
            "20·lg tan(|ω|T/2) in dB",
            CREATH,
            20 * Math.log10(Math.abs(Math.tan(delta / 2))),
            drifting.decibels(),
            0.02,
            "rounding 5e-6 beside a ghost of at least 0.005");
    ghost.check();
    ghost.assertRefuses(still.decibels(), "a still reference");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.5})
  void phaseNoiseOfTheReference(double sigma) {
    // A read with reference at quadrature of the field: cos(φ − θ − ε) = sin ε; in phase: cos ε.
    int frames = Sample.count(4000, 40_000);
    double[] inPhase = fringes("reference.phase-noise=" + sigma, -Math.PI / 2, frames);
    double[] quadrature = fringes("reference.phase-noise=" + sigma, 0, frames);
    double mean = Math.exp(-sigma * sigma / 2);
    double quadratureVariance = (1 - Math.exp(-2 * sigma * sigma)) / 2;
    double inPhaseVariance = Math.pow(1 - Math.exp(-sigma * sigma), 2) / 2;
    new Validation(
            "reference phase noise: visibility",
            "σ = " + sigma + " rad",
            "⟨cos ε⟩ = e^(−σ²/2)",
            "Gaussian characteristic function",
            mean,
            Sample.mean(inPhase),
            Sample.ofMean(inPhaseVariance, frames) + 1e-6,
            Sample.ORIGIN)
        .check();
    Validation variance =
        new Validation(
            "reference phase noise",
            "σ = " + sigma + " rad",
            "var(sin ε) = (1 − e^(−2σ²))/2",
            "Gaussian characteristic function",
            quadratureVariance,
            Sample.variance(quadrature),
            Sample.ofVariance(quadratureVariance, frames),
            Sample.ORIGIN + " √(2/N), N = " + frames + " reads");
    variance.check();
    variance.assertRefuses(
        Sample.variance(fringes("reference.phase-noise=off", 0, 9)), "a quiet reference");
  }

  /** The interference term over 2R|E|, read by read, of a field of phase −π/2. */
  private static double[] fringes(String options, double phase, int frames) {
    double r = 0.5; // |E| behind one of four SLM pixels
    try (Sensed bench =
        new Sensed(2, 2, "readout=four-step&reference.amplitude=" + r + "&" + options)) {
      double[] fringes = new double[frames];
      Readout readout = Readout.withReference(bench.exposureForEach(1), phase);
      for (int i = 0; i < frames; i++) {
        fringes[i] = (bench.show(bench.point(0, 0), i).read(readout)[0] - 2) / 2;
      }
      return fringes;
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1, 0", "0.1, 1, 0", "1, 1, 0", "0.5, 0.8, 0", "3, 0.3, 0", "0.5, 0.9, 0.3"})
  void visibility(double ratio, double gamma, double flicker) {
    double expected = 2 * Math.sqrt(ratio) / (1 + ratio) * gamma * Optics.bessel(0, flicker);
    String options =
        "reference.visibility=" + gamma + "&slm.flicker=" + (flicker == 0 ? "off" : flicker);
    Validation contrast =
        new Validation(
            "visibility",
            "r = " + ratio + ", γ = " + gamma + ", flicker " + flicker + " rad",
            "γ·J0(flicker)·2√r/(1+r), r = intensity ratio",
            "Goodman, Statistical Optics, section 5.2",
            expected,
            contrast(ratio, options),
            2e-6,
            "rounding of floats");
    contrast.check();
    if (gamma < 1) {
      contrast.assertRefuses(contrast(ratio, "reference.visibility=off"), "γ = 1");
    }
  }

  /** (Imax − Imin)/(Imax + Imin) as the reference goes round, for a field of phase −π/2. */
  private static double contrast(double ratio, String options) {
    double r = 0.25 / Math.sqrt(ratio); // |E| = 1/4 on 4×4 pixels
    try (Sensed bench =
        new Sensed(4, 4, "readout=four-step&reference.amplitude=" + r + "&" + options)) {
      bench.show(bench.point(0, 0), 1);
      double max = 0;
      double min = Double.POSITIVE_INFINITY;
      for (int k = 0; k < 360; k++) {
        double count =
            bench.read(Readout.withReference(bench.exposureForEach(1), Math.toRadians(k)))[5];
        max = Math.max(max, count);
        min = Math.min(min, count);
      }
      return (max - min) / (max + min);
    }
  }
}
