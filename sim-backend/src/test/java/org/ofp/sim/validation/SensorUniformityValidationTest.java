// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.DetectorFrame;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** What differs from pixel to pixel and stays, and the photon transfer that is free of it. */
class SensorUniformityValidationTest {
  private static final String EMVA = "EMVA Standard 1288, sections 2.6 and 4";
  private static final int SIDE = Sample.count(256, 1024);

  private static Sensed sensor(String options) {
    return new Sensed(SIDE, SIDE, "readout=intensity&" + options);
  }

  private static double[] dark(Sensed bench, long id) {
    return bench.show(new float[2 * bench.pixels()], id).read(Readout.plain(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.02, 0.1})
  void photoResponse(double sigma) {
    try (Sensed bench = sensor("sensor.prnu=" + sigma);
        Sensed without = sensor("sensor.prnu=off")) {
      double[] counts = bench.even(1000, 1);
      int n = counts.length;
      new Validation(
              "PRNU: mean",
              "PRNU = " + sigma,
              "⟨response⟩ = 1",
              EMVA,
              1,
              Sample.mean(counts) / 1000,
              Sample.ofMean(sigma * sigma, n) + 1e-6,
              Sample.ORIGIN + " σ/√N, and rounding")
          .check();
      Validation spread =
          new Validation(
              "PRNU: spread",
              "PRNU = " + sigma,
              "σ(response) = PRNU",
              EMVA,
              sigma,
              Math.sqrt(Sample.variance(counts)) / 1000,
              Sample.SIGMAS * sigma / Math.sqrt(2.0 * n),
              Sample.ORIGIN + " 1/√(2N)");
      spread.check();
      spread.assertRefuses(
          Math.sqrt(Sample.variance(without.even(1000, 1))) / 1000, "a uniform sensor");
      // It multiplies: ten times the light has ten times the spread.
      assertEquals(
          10, Math.sqrt(Sample.variance(bench.even(1e4, 1)) / Sample.variance(counts)), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 20})
  void darkSignal(double sigma) {
    try (Sensed bench = sensor("sensor.dsnu=" + sigma + "&sensor.black-level=500")) {
      double[] counts = dark(bench, 1);
      int n = counts.length;
      new Validation(
              "DSNU: mean",
              "DSNU = " + sigma + " electrons",
              "⟨dark signal⟩ = 0",
              EMVA,
              0,
              Sample.mean(counts) - 500,
              Sample.ofMean(sigma * sigma, n) + 1e-5,
              Sample.ORIGIN + " σ/√N, and rounding")
          .check();
      Validation spread =
          new Validation(
              "DSNU: spread",
              "DSNU = " + sigma + " electrons",
              "σ(dark signal) = DSNU",
              EMVA,
              sigma,
              Math.sqrt(Sample.variance(counts)),
              Sample.SIGMAS * sigma / Math.sqrt(2.0 * n),
              Sample.ORIGIN + " 1/√(2N)");
      spread.check();
      // It adds: light does not change it.
      assertEquals(sigma, Math.sqrt(Sample.variance(bench.even(1000, 1))), 0.01 * sigma + 1e-3);
    }
    try (Sensed without = sensor("sensor.black-level=500")) {
      assertEquals(0, Sample.variance(dark(without, 1)), "negative control");
    }
  }

  @Test
  void thePatternsBelongToTheUnitNotToTheFrameOrTheSeed() {
    String patterns = "sensor.prnu=0.02&sensor.dsnu=5&sensor.black-level=500";
    try (Sensed bench = sensor(patterns);
        Sensed reseeded = sensor(patterns + "&seed=99");
        Sensed other = sensor(patterns + "&unit=2")) {
      double[] counts = bench.even(1000, 1);
      assertArrayEquals(counts, bench.even(1000, 2));
      assertArrayEquals(counts, reseeded.even(1000, 1));
      double[] dark = dark(bench, 1);
      assertArrayEquals(dark, dark(reseeded, 3));
      double limit = Sample.SIGMAS / SIDE;
      assertTrue(Math.abs(Sample.correlation(counts, other.even(1000, 1))) <= limit);
      assertTrue(Math.abs(Sample.correlation(dark, dark(other, 1))) <= limit);
      double[] response = Sample.difference(counts, dark);
      assertTrue(Math.abs(Sample.correlation(response, dark)) <= limit, "independent patterns");
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 12", "31, 32", "32, 31", "1, 1"})
  void windowsSeeTheMiddleOfThePattern(int rows, int cols) {
    try (Sensed bench =
            new Sensed(64, 64, "readout=intensity&sensor.dsnu=5&sensor.black-level=99");
        Sensed full = new Sensed(64, 64, "readout=intensity&sensor.dsnu=5&sensor.black-level=99")) {
      FrameShape window = new FrameShape(rows, cols);
      DetectorFrame into = DetectorFrame.allocate(window, 1);
      bench.device().load(SlmFrame.of(window, new float[2 * rows * cols], 0));
      bench.device().transform();
      bench.device().read(Readout.plain(1e-3), into);
      double[] whole = dark(full, 0);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < cols; c++) {
          assertEquals(
              whole[(32 + r - rows / 2) * 64 + 32 + c - cols / 2],
              into.counts().get(r * cols + c),
              "pixel " + r + "," + c);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.04, 30, 0.02", "0.1, 5, 0.01", "1, 2, 0.05"})
  void photonTransferGivesTheGain(double gain, double read, double prnu) {
    String options =
        "sensor.shot-noise=on&adc.bits=16&sensor.black-level=64&sensor.gain="
            + gain
            + "&sensor.read-noise="
            + read
            + "&sensor.dsnu=3&sensor.prnu="
            + prnu;
    try (Sensed bench = sensor(options)) {
      int n = bench.pixels();
      PhotonTransfer transfer = PhotonTransfer.of(bench, 64, 8, 5000);
      String at = "K = " + gain + ", σr = " + read + ", PRNU = " + prnu;
      Validation slope =
          new Validation(
              "photon transfer",
              at,
              "var of frame differences/2 = K·mean + const: slope K",
              EMVA,
              gain,
              transfer.slope(transfer.differences),
              Sample.SIGMAS * transfer.slopeError(n),
              Sample.ORIGIN + " of the fitted slope");
      slope.check();
      slope.assertRefuses(
          transfer.slope(transfer.variances), "a single frame, which PRNU bends the curve of");
      new Validation(
              "photon transfer: intercept",
              at,
              "const = K²σr² + 1/12",
              EMVA,
              gain * gain * read * read + 1 / 12.0,
              transfer.intercept(),
              // High counts are Gaussian in the simulator, which may add up to 1/12 electron².
              Sample.SIGMAS * transfer.interceptError(n) + gain * gain / 12,
              Sample.ORIGIN + " of the fit, and K²/12 for the Gaussian limit of high counts")
          .check();
    }
  }
}
