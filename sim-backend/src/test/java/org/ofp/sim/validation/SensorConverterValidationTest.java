// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Readout;

/** Full well, gain and converter. */
class SensorConverterValidationTest {
  private static final String EMVA = "EMVA Standard 1288, section 2.4";

  /** A prime beside a power of two: one turn over each axis gives R·C different phases. */
  private static final int ROWS = Sample.count(251, 1021);

  private static final int COLS = Sample.count(256, 1024);

  /**
   * Fringes with |F|²·RC between 0 and 4, exposed so that the brightest is at a given number of
   * electrons, and what they are exactly.
   */
  private static final class Fringes {
    final double[] exact;
    final double[] counts;
    final int saturated;

    Fringes(double[] exact, double[] counts, int saturated) {
      this.exact = exact;
      this.counts = counts;
      this.saturated = saturated;
    }

    static Fringes of(String options, double brightest, double gain) {
      try (Sensed bench = new Sensed(ROWS, COLS, "readout=intensity&" + options)) {
        bench.show(bench.fringes(1, 1, 1), 1);
        Readout readout = new Readout(bench.exposureForEach(brightest / 4), gain, false, 0);
        double[] counts = bench.read(readout);
        double[] exact =
            IntStream.range(0, counts.length)
                .mapToDouble(i -> brightest / 2 * (1 + Math.cos(bench.fringePhase(i, 1, 1))))
                .toArray();
        return new Fringes(exact, counts, bench.saturated());
      }
    }

    double[] errors() {
      return Sample.difference(counts, exact);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 12, 14})
  void quantisation(int bits) {
    double brightest = 0.98 * ((1 << bits) - 1);
    Fringes fringes = Fringes.of("adc.bits=" + bits, brightest, 1);
    double[] errors = fringes.errors();
    int n = errors.length;
    double rounding = 4e-7 * brightest;
    // Fringes of B electrons dwell at their turning points with the density 1/(π√(Bx)). By the
    // Fourier series of the error and of its square, each of the two shifts the mean by at most
    // ζ(3/2)/(2π²√B) and the variance by at most ζ(5/2)/(2π³√B).
    double dwellMean = 2 * 0.1323 / Math.sqrt(brightest);
    double dwellVariance = 2 * 0.0216 / Math.sqrt(brightest);
    Validation mean =
        new Validation(
            "ADC: mean",
            bits + " bits, q = 1 DN",
            "⟨DN − exact⟩ = 0",
            EMVA,
            0,
            Sample.mean(errors),
            Sample.ofMean(1 / 12.0, n) + dwellMean + rounding,
            Sample.ORIGIN + " √(1/12N), and the turning points of the fringes");
    mean.check();
    mean.assertRefuses(
        Sample.mean(
            IntStream.range(0, n)
                .mapToDouble(i -> Math.floor(fringes.exact[i]) - fringes.exact[i])
                .toArray()),
        "truncation");
    Validation variance =
        new Validation(
            "ADC: quantisation variance",
            bits + " bits, q = 1 DN",
            "q²/12",
            EMVA,
            1 / 12.0,
            Sample.variance(errors),
            // The square of a uniform error has the variance 1/180.
            Sample.ofMean(1 / 180.0, n) + dwellVariance + rounding,
            Sample.ORIGIN + " √(1/180N), and the turning points of the fringes");
    variance.check();
    variance.assertRefuses(
        Sample.variance(Fringes.of("adc.bits=off", brightest, 1).errors()), "no converter");
    for (double count : fringes.counts) {
      assertEquals(Math.rint(count), count, "whole numbers");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 8, 10, 12, 14})
  void aFullScaleSine(int bits) {
    // One lit pixel off the axis: both quadratures are sines over the detector.
    double amplitude = (1 << (bits - 1)) - 1;
    double expected = 6.0206 * bits + 1.7609 + 20 * Math.log10(amplitude / (1 << (bits - 1)));
    Validation ratio =
        new Validation(
            "ADC: full-scale sine",
            bits + " bits, amplitude 2^(b−1) − 1",
            "6.02b + 1.76 dB, less the code that a symmetric range lacks",
            "IEEE Standard 1241, section 4.1",
            expected,
            sine(bits, amplitude),
            // A sine dwells at its crests, where the error is not uniform: a share of 2^(−b/2).
            2 * Math.pow(2, -bits / 2.0) + 0.02,
            "crests: 2·2^(−b/2) dB; statistics 0.02 dB");
    ratio.check();
    ratio.assertRefuses(sine(bits + 1, amplitude), "a bit more");
  }

  private static double sine(int bits, double amplitude) {
    try (Sensed bench = new Sensed(ROWS, COLS, "adc.bits=" + bits)) {
      double seconds = amplitude * Math.sqrt(bench.pixels()) * bench.photon();
      // A bit more at the same amplitude: half the step, in the same unit.
      double scale = ((1 << (bits - 1)) - 1) / amplitude;
      double[] counts = bench.show(bench.point(1, 1), 1).read(Readout.plain(seconds * scale));
      double noise = 0;
      int n = bench.pixels();
      for (int i = 0; i < n; i++) {
        // exp(−iψ)/i
        double psi = bench.fringePhase(i, 1, 1);
        noise += Math.pow(counts[i] / scale + amplitude * Math.sin(psi), 2);
        noise += Math.pow(counts[n + i] / scale + amplitude * Math.cos(psi), 2);
      }
      return 10 * Math.log10(amplitude * amplitude / 2 / (noise / (2 * n)));
    }
  }

  @Test
  void theConverterIsMidTread() {
    try (Sensed bench = new Sensed(8, 8, "readout=intensity&adc.bits=12")) {
      for (int code = 0; code < 40; code++) {
        assertEquals(code, bench.even(code + 0.499, 1)[0]);
        assertEquals(code + 1, bench.even(code + 0.501, 1)[0]);
      }
    }
    try (Sensed bench = new Sensed(8, 8, "adc.bits=12")) {
      for (double field : new double[] {0.499, 0.501, 1.499, 7.501}) {
        // Re E = 0, Im E = −field for the point on the axis: 1/i.
        Readout readout = Readout.plain(field * 8 * bench.photon());
        double[] counts = bench.show(bench.point(0, 0), 1).read(readout);
        assertEquals(-Math.rint(field), counts[64], 0.0);
        assertEquals(0, counts[0], "nothing is nothing");
        float[] opposite = bench.point(0, 0);
        opposite[2 * (4 * 8 + 4)] = -1;
        assertEquals(Math.rint(field), bench.show(opposite, 1).read(readout)[64]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24})
  void codesOfManyBitsAreExact(int bits) {
    // Where all floats are whole numbers, halves must not be rounded twice. A gain of 1024 makes
    // the light last for so many codes.
    double max = (1L << bits) - 1;
    Fringes fringes = Fringes.of("sensor.gain=1024&adc.bits=" + bits, 0.999 * max / 1024, 1);
    int odd = 0;
    int bright = 0;
    for (int i = 0; i < fringes.counts.length; i++) {
      assertEquals(Math.rint(fringes.counts[i]), fringes.counts[i]);
      assertEquals(1024 * fringes.exact[i], fringes.counts[i], 1e-6 * max);
      if (fringes.counts[i] > max / 2) {
        bright++;
        odd += fringes.counts[i] % 2 == 1 ? 1 : 0;
      }
    }
    assertEquals(0.5, (double) odd / bright, Sample.ofMean(0.25, bright), "odd codes");
    assertEquals(0, fringes.saturated);
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "10, 0", "8, 5", "12, 64"})
  void theConverterClipsAndCounts(int bits, double black) {
    double max = (1 << bits) - 1;
    Fringes fringes = Fringes.of("adc.bits=" + bits + "&sensor.black-level=" + black, 1.6 * max, 1);
    assertClipped(
        fringes, max - black, black, 1, "ADC: saturation", bits + " bits, black " + black);
  }

  @ParameterizedTest
  @CsvSource({"1000, 2, 1, off", "1000, 2, 4, off", "1000, 0.5, 0.5, 16", "300, 1, 2, 16"})
  void theFullWellHoldsItsElectronsAtAnyGain(double well, double k, double gain, String adc) {
    Fringes fringes =
        Fringes.of(
            "sensor.black-level=10&sensor.full-well="
                + well
                + "&sensor.gain="
                + k
                + "&adc.bits="
                + adc,
            2.5 * well,
            gain);
    double[] electrons =
        java.util.Arrays.stream(fringes.counts).map(dn -> (dn - 10) / (k * gain)).toArray();
    assertClipped(
        new Fringes(fringes.exact, electrons, fringes.saturated),
        well,
        0,
        adc.equals("off") ? 0 : 1 / (k * gain),
        "full well",
        well + " electrons, K = " + k + " at gain " + gain + ", converter " + adc);
  }

  /**
   * Every value is what it would be, or the limit where it would be more.
   *
   * @param code electrons or counts per code of the converter, 0 without one: what rounds to the
   *     last code is not clipped
   */
  private static void assertClipped(
      Fringes fringes, double limit, double black, double code, String effect, String parameters) {
    int beyond = 0;
    int near = 0;
    double rounding = 1e-6 * limit;
    for (int i = 0; i < fringes.exact.length; i++) {
      double expected = Math.min(fringes.exact[i], limit) + black;
      assertEquals(expected, fringes.counts[i], code / 2 + rounding, "pixel " + i);
      beyond += fringes.exact[i] > limit + code / 2 ? 1 : 0;
      near += Math.abs(fringes.exact[i] - limit - code / 2) <= rounding ? 1 : 0;
    }
    assertTrue(beyond > 1000 && near < 10, "the premise");
    new Validation(
            effect,
            parameters,
            "clipped values = pixels beyond the limit",
            EMVA,
            beyond,
            fringes.saturated,
            near,
            "pixels within 1e-6 of the limit, which rounding decides")
        .check();
  }

  @Test
  void aCoherentReceiverClipsOnBothSides() {
    try (Sensed bench = new Sensed(ROWS, COLS, "adc.bits=8")) {
      double amplitude = 200;
      double seconds = amplitude * Math.sqrt(bench.pixels()) * bench.photon();
      double[] counts = bench.show(bench.point(1, 1), 1).read(Readout.plain(seconds));
      int beyond = 0;
      for (int i = 0; i < bench.pixels(); i++) {
        double psi = bench.fringePhase(i, 1, 1);
        double[] exact = {-amplitude * Math.sin(psi), -amplitude * Math.cos(psi)};
        for (int plane = 0; plane < 2; plane++) {
          double count = counts[plane * bench.pixels() + i];
          assertEquals(Math.max(-127, Math.min(127, exact[plane])), count, 0.501);
          beyond += Math.abs(exact[plane]) > 127.5 ? 1 : 0;
        }
      }
      assertEquals(beyond, bench.saturated(), 5, "rounding decides at the limit");
      assertEquals(bench.saturated(), bench.device().telemetry().saturatedPixels());
    }
  }
}
