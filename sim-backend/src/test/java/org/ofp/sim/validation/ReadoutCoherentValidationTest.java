// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Readout;

/** The I/Q receiver: imbalance of its quadratures, errors and noise of its local oscillator. */
class ReadoutCoherentValidationTest {
  private static final String RAZAVI =
      "Razavi, RF Microelectronics, section 4.2.4 (image rejection); derivation in"
          + " docs/PHYSICS.md";
  private static final int ROWS = 48;
  private static final int COLS = 40;
  private static final double ROUNDING = 2e-6;

  private static Ghost ghost(String options) {
    try (Sensed bench = new Sensed(ROWS, COLS, options)) {
      float[] frame = Ghost.frame(ROWS, COLS);
      double[] planes = bench.show(frame, 1).read(Readout.plain(bench.photon()));
      double[] field = new double[planes.length];
      for (int i = 0; i < bench.pixels(); i++) {
        field[2 * i] = planes[i];
        field[2 * i + 1] = planes[bench.pixels() + i];
      }
      return Ghost.fit(field, new Diffraction(frame, ROWS, COLS).field());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0", "-0.2, 0", "0, 0.05", "0, -0.3", "0.1, 0.2", "1, 1"})
  void imbalance(double gain, double phase) {
    Ghost measured =
        ghost(
            "iq.gain-error="
                + (gain == 0 ? "off" : gain)
                + "&iq.phase-error="
                + (phase == 0 ? "off" : phase));
    Ghost without = ghost("iq.gain-error=off");
    // Q = (1+g)·Re(E·e^{−i(π/2+ε)}): Ê = ½[1 + (1+g)e^{−iε}]E + ½[1 − (1+g)e^{iε}]E*.
    double re = (1 + gain) * Math.cos(phase);
    double im = (1 + gain) * Math.sin(phase);
    String at = "g = " + gain + ", ε = " + phase + " rad";
    Ghost.check(
        measured,
        without,
        "I/Q imbalance: field",
        at,
        "½[1 + (1+g)e^(−iε)]",
        RAZAVI,
        new double[] {(1 + re) / 2, -im / 2},
        true,
        ROUNDING);
    Ghost.check(
        measured,
        without,
        "I/Q imbalance: ghost",
        at,
        "½[1 − (1+g)e^(iε)]",
        RAZAVI,
        new double[] {(1 - re) / 2, -im / 2},
        false,
        ROUNDING);
    Validation rejection =
        new Validation(
            "I/Q imbalance: image rejection",
            at,
            "20·lg |1 − (1+g)e^(iε)|/|1 + (1+g)e^(−iε)| in dB",
            RAZAVI,
            20 * Math.log10(Math.hypot(1 - re, im) / Math.hypot(1 + re, im)),
            measured.decibels(),
            0.001,
            "rounding 2e-6 beside a ghost of at least 0.02");
    rejection.check();
    rejection.assertRefuses(without.decibels(), "balanced quadratures");
  }

  @ParameterizedTest
  @CsvSource({"0.3, 0, 0.8, 0", "-0.5, 0, 1, 0.4", "0, 0.7, 0.5, 0", "0.2, -1.1, 0.9, 1"})
  void errorsOfTheOscillator(double gain, double phase, double visibility, double flicker) {
    double modulus = (1 + gain) * visibility * Optics.bessel(0, flicker);
    Ghost.check(
        ghost(
            "reference.gain-error="
                + gain
                + "&reference.phase-error="
                + phase
                + "&reference.visibility="
                + visibility
                + "&slm.flicker="
                + (flicker == 0 ? "off" : flicker)),
        ghost("reference.gain-error=off"),
        "coherent readout: oscillator",
        "g = " + gain + ", ε = " + phase + " rad, γ = " + visibility + ", flicker " + flicker,
        "(1+g)·γ·J0(flicker)·e^(−iε)",
        RAZAVI,
        new double[] {modulus * Math.cos(phase), -modulus * Math.sin(phase)},
        true,
        ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, -250})
  void driftOfTheOscillator(double rate) {
    // Half of the read after the load: period 1 ms, exposure far below.
    double phase = rate * 1e-3 / 2;
    Ghost.check(
        ghost("reference.drift=" + rate + "&sensor.read-period=1e-3"),
        ghost("sensor.read-period=1e-3"),
        "coherent readout: drift",
        "ω = " + rate + " rad/s, T = 1 ms",
        "e^(−iωT/2)",
        RAZAVI,
        new double[] {Math.cos(phase), -Math.sin(phase)},
        true,
        ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 100, off",
    "3, 1, 100, off",
    "10, 1, 40, off",
    "2, 0.5, 10, 4",
    "1, 0, 1000, 30"
  })
  void shotNoise(double r, double s, double electrons, String readNoise) {
    int side = Sample.count(256, 1024);
    double sigma = readNoise.equals("off") ? 0 : Double.parseDouble(readNoise);
    double expected = electrons * (r * r + s * s) / 2 + sigma * sigma;
    String options = "reference.amplitude=" + r / side + "&sensor.read-noise=" + readNoise;
    double[][] noisy = quadratures(side, options + "&sensor.shot-noise=on", s, electrons);
    double[][] quiet = quadratures(side, options, s, electrons);
    int n = side * side;
    // 1/i turns a displayed phase of 0 into −π/2: all of the signal is in Q.
    double[] means = {0, -electrons * r * s};
    for (int q = 0; q < 2; q++) {
      String at =
          "n = "
              + electrons
              + ", R = "
              + r
              + ", |E| = "
              + s
              + ", σr = "
              + readNoise
              + (q == 0 ? ", I" : ", Q");
      new Validation(
              "coherent readout: mean",
              at,
              "I = n·R·Re E, Q = n·R·Im E",
              "docs/PHYSICS.md",
              means[q],
              Sample.mean(noisy[q]),
              Sample.ofMean(expected, n) + 1e-6 * electrons * r * s,
              Sample.ORIGIN)
          .check();
      Validation variance =
          new Validation(
              "coherent readout: noise",
              at,
              "n(R² + |E|²)/2 + σr² per quadrature",
              "docs/PHYSICS.md",
              expected,
              Sample.variance(noisy[q]),
              Sample.ofVariance(expected, n),
              Sample.ORIGIN + " √(2/N)");
      variance.check();
      variance.assertRefuses(Sample.variance(quiet[q]), "no shot noise");
      if (s > 0.3 * r) {
        variance.assertRefuses(expected - electrons * s * s / 2, "the oscillator's noise alone");
      }
    }
    assertEquals(
        0, Sample.correlation(noisy[0], noisy[1]), Sample.SIGMAS / side, "independent quadratures");
  }

  private static double[][] quadratures(int side, String options, double s, double electrons) {
    try (Sensed bench = new Sensed(side, side, options)) {
      float[] frame = new float[2 * bench.pixels()];
      frame[2 * (side / 2 * side + side / 2)] = (float) s;
      bench.show(frame, 1);
      Readout readout = Readout.plain(bench.exposureForEach(electrons));
      // In the units of this test |F| = 1/side is 1, and so is R/side: counts are n·(R/side)·….
      return new double[][] {bench.read(readout, 0), bench.read(readout, 1)};
    }
  }
}
