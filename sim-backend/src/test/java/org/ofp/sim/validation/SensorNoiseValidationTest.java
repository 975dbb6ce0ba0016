// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Readout;

/** Shot noise, read noise and the signal-to-noise ratio after EMVA 1288. */
class SensorNoiseValidationTest {
  private static final String EMVA = "EMVA Standard 1288, section 2";
  private static final int SIDE = Sample.count(256, 1024);

  private static Sensed sensor(String options) {
    return new Sensed(SIDE, SIDE, "readout=intensity&" + options);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 10, 1000, 1e5})
  void lightComesInPhotons(double photons) {
    try (Sensed noisy = sensor("sensor.shot-noise=on");
        Sensed quiet = sensor("sensor.read-noise=off")) {
      double[] counts = noisy.even(photons, 1);
      int n = counts.length;
      String at = "qe = 1, μ = " + photons + " photons per pixel";
      new Validation(
              "Monte-Carlo noise: mean",
              at,
              "⟨n⟩ = μ",
              EMVA,
              photons,
              Sample.mean(counts),
              Sample.ofMean(photons, n),
              Sample.ORIGIN + " √(μ/N), N = " + n)
          .check();
      // Where the simulator takes a Gaussian for Poisson's law its rounding may add up to 1/12.
      Validation variance =
          new Validation(
              "Monte-Carlo noise: variance",
              at,
              "σ² = μ",
              EMVA,
              photons,
              Sample.variance(counts),
              Sample.ofVariance(photons, photons, n) + (photons > 100 ? 1 / 12.0 : 0),
              Sample.ORIGIN
                  + " √((2μ²+μ)/N)"
                  + (photons > 100 ? ", and 1/12 for the Gaussian limit of high counts" : ""));
      variance.check();
      variance.assertRefuses(Sample.variance(quiet.even(photons, 1)), "light without shot noise");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 4})
  void fewPhotonsFollowPoissonsLaw(double mean) {
    try (Sensed noisy = sensor("sensor.shot-noise=on")) {
      double[] counts = noisy.even(mean, 2);
      double probability = Math.exp(-mean);
      for (int k = 0; k < 5; k++) {
        int seen = 0;
        for (double count : counts) {
          assertEquals(Math.rint(count), count, "photons are whole");
          seen += count == k ? 1 : 0;
        }
        new Validation(
                "Monte-Carlo noise: distribution",
                "μ = " + mean + ", k = " + k,
                "P(k) = e^(−μ)·μ^k/k!",
                EMVA,
                probability,
                (double) seen / counts.length,
                Sample.ofMean(probability * (1 - probability), counts.length),
                Sample.ORIGIN + " √(P(1−P)/N)")
            .check();
        probability *= mean / (k + 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 10000, 5, 0.1",
    "0.6, 100, 5, 0.1",
    "0.9, 1000, 20, 0.04",
    "0.3, 40000, 2, 0.25",
    "1, 50, 1, 2"
  })
  void signalToNoiseRatio(double eta, double mu, double dark, double gain) {
    String options =
        "sensor.qe=" + eta + "&sensor.gain=" + gain + "&adc.bits=16&sensor.black-level=64";
    double signal = eta * mu;
    double expected = signal / Math.sqrt(dark * dark + 1 / (12 * gain * gain) + signal);
    Validation snr =
        new Validation(
            "EMVA SNR",
            "η = " + eta + ", μ = " + mu + ", σd = " + dark + ", K = " + gain,
            "ημ/√(σd² + 1/(12K²) + ημ)",
            EMVA,
            expected,
            snr(options + "&sensor.shot-noise=on&sensor.read-noise=" + dark, mu),
            // σ is known to 1/√(2N), the mean to far less of itself.
            expected * Sample.SIGMAS * Math.sqrt((0.5 + 1 / signal) / SIDE / SIDE),
            Sample.ORIGIN + " of σ, 1/√(2N)");
    snr.check();
    snr.assertRefuses(snr(options + "&sensor.read-noise=" + dark, mu), "no shot noise");
    if (dark * dark > 0.1 * signal) { // elsewhere read noise is drowned by the light's
      snr.assertRefuses(snr(options + "&sensor.shot-noise=on", mu), "no read noise");
    }
  }

  private static double snr(String options, double photons) {
    try (Sensed bench = sensor(options)) {
      double[] counts = bench.even(photons, 3);
      return (Sample.mean(counts) - 64) / Math.sqrt(Sample.variance(counts));
    }
  }

  @Test
  void thePublishedSignalToNoiseRatio() {
    // 6000/√(25 + 100/12 + 6000), to the digits of the table in physics.md.
    assertEquals(77.245, 6000 / Math.sqrt(25 + 100 / 12.0 + 6000), 5e-4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 30})
  void readNoiseIsGaussianAboutZero(double sigma) {
    try (Sensed bench = new Sensed(SIDE, SIDE, "sensor.read-noise=" + sigma)) {
      double[] noise = bench.show(new float[2 * bench.pixels()], 4).read(Readout.plain(1e-3));
      int n = noise.length; // both quadratures
      double fourth = 0;
      for (double v : noise) {
        fourth += Math.pow(v, 4) / n;
      }
      assertEquals(0, Sample.mean(noise), Sample.ofMean(sigma * sigma, n));
      new Validation(
              "read noise",
              "σr = " + sigma + " electrons, coherent",
              "σ² = σr²",
              EMVA,
              sigma * sigma,
              Sample.variance(noise),
              Sample.ofVariance(sigma * sigma, n),
              Sample.ORIGIN + " √(2/N)")
          .check();
      // The fourth moment of a Gaussian is 3σ⁴, known to √(96/N)σ⁴.
      assertEquals(3, fourth / Math.pow(sigma, 4), Sample.SIGMAS * Math.sqrt(96.0 / n));
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 293.15, 8", "20, 301.15, 8", "20, 313.15, 8", "100, 273.15, 6", "50, 299.15, 6"})
  void darkCurrentDoublesWithWarming(double reference, double temperature, double doubling) {
    double seconds = 3;
    double expected = seconds * reference * Math.pow(2, (temperature - 293.15) / doubling);
    String dark = "sensor.shot-noise=on&sensor.dark-current=" + reference;
    Validation mean =
        new Validation(
            "dark current",
            "I = "
                + reference
                + " e/s at 293.15 K, T = "
                + temperature
                + " K, doubling "
                + doubling
                + " K, t = 3 s",
            "I·2^((T−T_ref)/T_d)·t",
            "EMVA Standard 1288, section 2.5",
            expected,
            Sample.mean(
                dark(
                    dark
                        + "&sensor.temperature="
                        + temperature
                        + "&sensor.dark-doubling="
                        + doubling,
                    seconds)),
            Sample.ofMean(expected, SIDE * SIDE),
            Sample.ORIGIN + " √(μ/N)");
    mean.check();
    if (temperature != 293.15) {
      mean.assertRefuses(Sample.mean(dark(dark, seconds)), "a sensor at the reference temperature");
    }
    // Dark electrons are as random as light.
    double variance =
        Sample.variance(
            dark(
                dark + "&sensor.temperature=" + temperature + "&sensor.dark-doubling=" + doubling,
                seconds));
    assertEquals(expected, variance, Sample.ofVariance(expected, expected, SIDE * SIDE) + 1 / 12.0);
  }

  private static double[] dark(String options, double seconds) {
    try (Sensed bench = sensor(options)) {
      return bench.show(new float[2 * bench.pixels()], 5).read(Readout.plain(seconds));
    }
  }

  @Test
  void noiseIsAFunctionOfFrameRepeatAndRead() {
    try (Sensed bench = sensor("sensor.shot-noise=on&sensor.read-noise=2");
        Sensed other = sensor("sensor.shot-noise=on&sensor.read-noise=2&seed=2")) {
      Readout readout = Readout.plain(bench.exposureForEach(100));
      float[] frame = bench.point(0, 0);
      double[] first = bench.show(frame, 7, 0).read(readout);
      double[][] others = {
        bench.read(readout),
        bench.show(frame, 7, 1).read(readout),
        bench.show(frame, 8, 0).read(readout),
        other.show(frame, 7, 0).read(readout)
      };
      assertArrayEquals(first, bench.show(frame, 7, 0).read(readout), "the same read again");
      for (int i = 0; i < others.length; i++) {
        double correlation = Sample.correlation(first, others[i]);
        assertTrue(Math.abs(correlation) <= Sample.SIGMAS / SIDE, "read " + i + ": " + correlation);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-6, 1e-3", "1e-8, 1e-5", "4e-9, 1e-6"})
  void relativeIntensityNoise(double rin, double exposure) {
    int frames = Sample.count(4000, 40_000);
    double expected = rin / (2 * exposure);
    double[] totals = totals("source.rin=" + rin, exposure, frames);
    double mean = Sample.mean(totals);
    Validation variance =
        new Validation(
            "relative intensity noise",
            "RIN = " + rin + " /Hz, t = " + exposure + " s",
            "var(P)/P² = RIN/(2t)",
            "Coldren, Corzine and Mašanović, Diode Lasers, section 5.5: bandwidth 1/(2t)",
            expected,
            Sample.variance(totals) / (mean * mean),
            Sample.ofVariance(expected, frames) * (1 + 4 * expected),
            Sample.ORIGIN + " √(2/N), N = " + frames + " frames");
    variance.check();
    variance.assertRefuses(Sample.variance(totals("source.rin=off", exposure, 9)), "no noise");
    variance.assertRefuses(rin / exposure, "a bandwidth of 1/t");
  }

  /** Counts of frame after frame; all pixels of a read share the source's noise. */
  private static double[] totals(String options, double exposure, int frames) {
    try (Sensed bench = new Sensed(2, 2, "readout=intensity&" + options)) {
      double[] totals = new double[frames];
      float[] frame = bench.point(0, 0);
      for (int i = 0; i < frames; i++) {
        double[] counts = bench.show(frame, i).read(Readout.plain(exposure));
        assertEquals(counts[0], counts[3], 1e-6 * counts[0]);
        totals[i] = counts[0];
      }
      return totals;
    }
  }
}
