// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.sim.Bench.assertWithin;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Readout;
import org.ofp.optics.BenchParameters;

/** The sensor after EMVA 1288, fed with fields directly. */
class SensorValidationTest {
  private static final int N = Bench.count(1 << 17, 1 << 21);

  /** A sensor whose exposure of {@link #unit} gives one electron for |E| = 1. */
  private static final class Fixture {
    final BenchParameters bench;
    final Sensor sensor;
    final double unit;
    int clipped;

    Fixture(String options) {
      bench = Bench.parameters("sim:ideal?" + options);
      sensor = new Sensor(bench);
      unit = 1 / bench.electronsPerSecond();
    }

    float[] read(float[] re, float[] im, Readout readout, int step) {
      boolean coherent = options().startsWith("COHERENT");
      float[] counts = new float[(coherent ? 2 : 1) * re.length];
      clipped =
          sensor.read(re, im, re.length, readout, 7, 0, step, new float[re.length], counts, 0);
      return counts;
    }

    private String options() {
      return bench.readout().name();
    }

    /** Reads uniform light of a mean number of electrons. */
    float[] uniform(double electrons, int n, int step) {
      float[] re = new float[n];
      Arrays.fill(re, 1);
      return read(re, new float[n], Readout.plain(electrons * unit), step);
    }
  }

  private static double mean(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  private static double variance(float[] x) {
    double mean = mean(x);
    double sum = 0;
    for (float v : x) {
      sum += (v - mean) * (v - mean);
    }
    return sum / x.length;
  }

  @Test
  void theConverterRoundsAndDoesNotTruncate() {
    Fixture f = new Fixture("readout=intensity&adc.bits=12");
    float[] re = new float[N];
    for (int i = 0; i < N; i++) {
      re[i] = (float) Math.sqrt(4000 * ((i * 0.6180339887498949) % 1));
    }
    float[] counts = f.read(re, new float[N], Readout.plain(f.unit), 0);
    double error = 0;
    double square = 0;
    double truncated = 0;
    for (int i = 0; i < N; i++) {
      double exact = (double) re[i] * re[i];
      assertEquals(Math.rint(counts[i]), counts[i], "whole numbers");
      error += counts[i] - exact;
      square += (counts[i] - exact) * (counts[i] - exact);
      truncated += Math.floor(exact) - exact;
    }
    // A uniform error of one step: variance 1/12, of its square 1/180. Floats add 2e-4 at most.
    double se = Bench.SIGMAS / Math.sqrt(N);
    assertWithin(0, error / N, se * Math.sqrt(1 / 12.0) + 2e-5, "mean");
    assertWithin(1 / 12.0, square / N, se * Math.sqrt(1 / 180.0) + 2e-5, "variance");
    assertWithin(-0.5, truncated / N, 0.01, "negative control: truncation shifts the mean");
  }

  @Test
  void halvesGoAwayFromZeroAndNeighboursOfHalvesDoNot() {
    Fixture f = new Fixture("adc.bits=12");
    float below = Math.nextDown(0.5f);
    float[] re = {0.5f, below, -0.5f, -below, 1.5f, -2.5f, Math.nextDown(1.5f), 0, 2046.5f};
    float[] counts = f.read(re, new float[re.length], Readout.plain(f.unit), 0);
    // The unit's own rounding may shift what is asked by an ulp, so only safe cases are exact.
    float electrons = (float) (f.bench.electronsPerSecond() * f.unit);
    assertEquals(1f, electrons, "the premise: one electron exactly");
    assertArrayEquals(
        new float[] {1, 0, -1, 0, 2, -3, 1, 0, 2047}, Arrays.copyOf(counts, re.length));
    assertEquals(0, f.clipped);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24})
  void codesOfManyBitsAreExact(int bits) {
    // Where all floats are whole numbers a code is the number itself.
    Fixture f = new Fixture("readout=intensity&adc.bits=" + bits);
    float max = (1 << bits) - 1;
    float[] re = new float[4000];
    for (int i = 0; i < re.length; i++) {
      re[i] = (float) Math.sqrt(max * (0.5 + 0.4999 * i / re.length));
    }
    float[] counts = f.read(re, new float[re.length], Readout.plain(f.unit), 0);
    int odd = 0;
    for (int i = 0; i < re.length; i++) {
      float dn = re[i] * re[i];
      assertEquals(Math.floor(dn + 0.5), counts[i], "of " + dn);
      odd += counts[i] % 2 == 1 ? 1 : 0;
    }
    // The squares of 4000 floats fall on odd and even codes alike: √4000/2 = 32, 5 of it.
    assertWithin(2000, odd, 160, "odd codes");
    assertEquals(0, f.clipped);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 12})
  void aFullScaleSineHasTheTextbookSignalToNoiseRatio(int bits) {
    Fixture f = new Fixture("adc.bits=" + bits);
    double amplitude = (1 << (bits - 1)) - 1;
    float[] re = new float[N];
    for (int i = 0; i < N; i++) {
      re[i] = (float) (amplitude * Math.sin(2 * Math.PI * ((i * 0.6180339887498949) % 1)));
    }
    float[] counts = f.read(re, new float[N], Readout.plain(f.unit), 0);
    double noise = 0;
    for (int i = 0; i < N; i++) {
      noise += (counts[i] - re[i]) * (counts[i] - re[i]);
    }
    double snr = 10 * Math.log10(amplitude * amplitude / 2 / (noise / N));
    // 6.02b + 1.76 dB is for an amplitude of 2^(b−1); ours has one code less. A sine dwells at its
    // crests, where the error is not uniform: O(2^-b/2) of it, 0.15 dB at 8 bits.
    double expected = 6.0206 * bits + 1.7609 + 20 * Math.log10(amplitude / (1 << (bits - 1)));
    assertWithin(expected, snr, 0.2, bits + " bits");
  }

  @Test
  void saturationIsClippedAndCountedOnBothSidesOfACoherentReadout() {
    Fixture f = new Fixture("adc.bits=8");
    float[] re = {126, 127, 127.4f, 128, -126, -127, -127.4f, -128, 1e9f, -1e9f, 1e30f, -1e30f};
    float[] counts = f.read(re, new float[re.length], Readout.plain(f.unit), 0);
    assertArrayEquals(
        new float[] {126, 127, 127, 127, -126, -127, -127, -127, 127, -127, 127, -127},
        Arrays.copyOf(counts, re.length));
    assertEquals(6, f.clipped);
    // The quadrature counts as well.
    f.read(new float[2], new float[] {-500, 500}, Readout.plain(f.unit), 0);
    assertEquals(2, f.clipped);
  }

  @Test
  void saturationOfASquareLawSensor() {
    Fixture f = new Fixture("readout=intensity&adc.bits=8&sensor.black-level=5");
    float[] re = {
      0, (float) Math.sqrt(250), (float) Math.sqrt(250.4), (float) Math.sqrt(251), 1e9f
    };
    float[] counts = f.read(re, new float[5], Readout.plain(f.unit), 0);
    assertArrayEquals(new float[] {5, 255, 255, 255, 255}, counts);
    assertEquals(2, f.clipped);
  }

  @Test
  void theFullWellHoldsItsElectronsAtAnyGain() {
    float[] re = {30, 40}; // 900 and 1600 electrons
    for (String adc : new String[] {"off", "16"}) {
      Fixture f =
          new Fixture(
              "readout=intensity&sensor.full-well=1000&sensor.gain=2&sensor.black-level=10"
                  + "&adc.bits="
                  + adc);
      for (double gain : new double[] {0.5, 1, 4}) {
        float[] counts = f.read(re, new float[2], new Readout(f.unit, gain, false, 0), 0);
        assertArrayEquals(
            new float[] {(float) (1800 * gain + 10), (float) (2000 * gain + 10)}, counts, 0.01f);
        assertEquals(1, f.clipped, "gain " + gain + ", adc " + adc);
      }
    }
  }

  @Test
  void aFullWellBetweenTwoCodesGivesAWholeCode() {
    Fixture f =
        new Fixture("readout=intensity&sensor.full-well=1000&sensor.gain=0.0333&adc.bits=12");
    float[] counts = f.read(new float[] {100}, new float[1], Readout.plain(f.unit), 0);
    assertArrayEquals(new float[] {33}, counts);
    assertEquals(1, f.clipped);
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "1000, 0", "1000, 30", "20, 5", "50000, 30"})
  void shotAndReadNoiseHaveTheirVariance(double electrons, double readNoise) {
    Fixture f =
        new Fixture(
            "readout=intensity&sensor.shot-noise=on&sensor.read-noise="
                + (readNoise == 0 ? "off" : readNoise));
    float[] counts = f.uniform(electrons, N, 0);
    double expected = electrons + readNoise * readNoise;
    double se = Bench.SIGMAS / Math.sqrt(N);
    assertWithin(electrons, mean(counts), se * Math.sqrt(expected), "mean");
    // μ4 − σ⁴ ≈ μ + 2σ⁴; the expansion for high counts adds 1/18 to the variance.
    assertWithin(
        expected,
        variance(counts),
        se * Math.sqrt(electrons + 2 * expected * expected) + 1 / 18.0,
        "variance");
  }

  @Test
  void readNoiseAloneIsGaussianAboutZero() {
    Fixture f = new Fixture("sensor.read-noise=3");
    float[] counts = f.uniform(0.001, N, 0);
    double se = Bench.SIGMAS / Math.sqrt(2.0 * N);
    assertWithin(0.0005, mean(counts), 3 * se, "mean of both quadratures");
    assertWithin(9, variance(counts), 9 * Math.sqrt(2) * se, "variance");
    assertTrue(mean(counts) != 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 0", "3, 100, 0", "2, 10, 4"})
  void aCoherentReadoutHasTheShotNoiseOfItsOscillator(
      double reference, double electrons, double readNoise) {
    // Each quadrature: n·R·F with variance n·R² + σ², n the electrons at |F| = 1, whatever F is.
    Fixture f =
        new Fixture(
            "sensor.shot-noise=on&reference.amplitude="
                + reference
                + "&sensor.read-noise="
                + (readNoise == 0 ? "off" : readNoise));
    for (float signal : new float[] {0, 1, -0.5f}) {
      float[] re = new float[N];
      Arrays.fill(re, signal);
      float[] counts = f.read(re, new float[N], Readout.plain(electrons * f.unit), 0);
      float[] inPhase = Arrays.copyOf(counts, N);
      float[] quadrature = Arrays.copyOfRange(counts, N, 2 * N);
      double expected = electrons * reference * reference + readNoise * readNoise;
      double se = Bench.SIGMAS / Math.sqrt(N);
      assertWithin(electrons * reference * signal, mean(inPhase), se * Math.sqrt(expected), "re");
      assertWithin(0, mean(quadrature), se * Math.sqrt(expected), "im");
      assertWithin(expected, variance(inPhase), expected * Math.sqrt(2) * se, "variance of re");
      assertWithin(expected, variance(quadrature), expected * Math.sqrt(2) * se, "variance of im");
    }
  }

  @Test
  void noiseIsAFunctionOfFrameRepeatAndStep() {
    Fixture f = new Fixture("readout=intensity&sensor.shot-noise=on&sensor.read-noise=2");
    int n = 4096;
    float[] re = new float[n];
    Arrays.fill(re, 10);
    float[][] reads = new float[6][n];
    int[][] names = {{7, 0, 0}, {7, 0, 0}, {7, 0, 1}, {7, 1, 0}, {8, 0, 0}, {7, 0, 2}};
    for (int i = 0; i < names.length; i++) {
      f.sensor.read(
          re,
          new float[n],
          n,
          Readout.plain(f.unit),
          names[i][0],
          names[i][1],
          names[i][2],
          new float[n],
          reads[i],
          0);
    }
    assertArrayEquals(reads[0], reads[1], "the same read again");
    for (int i = 2; i < reads.length; i++) {
      assertFalse(Arrays.equals(reads[0], reads[i]));
      double covariance = 0;
      for (int p = 0; p < n; p++) {
        covariance += (reads[0][p] - 100) * (reads[i][p] - 100);
      }
      assertWithin(0, covariance / n / 104, Bench.SIGMAS / Math.sqrt(n), "correlation " + i);
    }
  }

  @Test
  void emvaSignalToNoiseRatio() {
    // η = 0.6, 1e4 photons, σd = 5, K = 0.1: ημ/√(σd² + 1/(12K²) + ημ) = 77.245.
    Fixture f =
        new Fixture(
            "readout=intensity&sensor.qe=0.6&sensor.shot-noise=on&sensor.read-noise=5"
                + "&sensor.gain=0.1&adc.bits=12&sensor.black-level=20");
    double exposure = 1e4 / (f.bench.photons(1) / f.bench.frame().pixels());
    float[] re = new float[N];
    Arrays.fill(re, 1);
    float[] counts = f.read(re, new float[N], Readout.plain(exposure), 0);
    double snr = (mean(counts) - 20) / Math.sqrt(variance(counts));
    // A standard deviation is known to 1/√(2N).
    assertWithin(77.245, snr, 77.245 * Bench.SIGMAS / Math.sqrt(2.0 * N) + 0.01, "SNR");
  }

  @Test
  void photonTransferGivesTheGain() {
    double gain = 0.04;
    Fixture f =
        new Fixture(
            "readout=intensity&sensor.shot-noise=on&sensor.read-noise=30&sensor.gain="
                + gain
                + "&adc.bits=12&sensor.black-level=64");
    int n = N / 4;
    double[] means = new double[8];
    double[] variances = new double[8];
    for (int i = 0; i < 8; i++) {
      double electrons = 4000 + 10000 * i;
      float[] first = f.uniform(electrons, n, 2 * i);
      float[] second = f.uniform(electrons, n, 2 * i + 1);
      float[] difference = new float[n];
      for (int p = 0; p < n; p++) {
        difference[p] = first[p] - second[p];
      }
      means[i] = (mean(first) + mean(second)) / 2 - 64;
      variances[i] = variance(difference) / 2;
    }
    double meanX = Arrays.stream(means).average().orElseThrow();
    double sxx = 0;
    double sxy = 0;
    double error = 0;
    for (int i = 0; i < 8; i++) {
      sxx += (means[i] - meanX) * (means[i] - meanX);
      sxy += (means[i] - meanX) * variances[i];
      // A variance is known to √(2/n) of itself.
      error += Math.pow((means[i] - meanX) * variances[i], 2) * 2 / n;
    }
    assertWithin(gain, sxy / sxx, Bench.SIGMAS * Math.sqrt(error) / sxx, "slope");
    double intercept = Arrays.stream(variances).average().orElseThrow() - gain * meanX;
    double meanError = 0;
    for (double v : variances) {
      meanError += (2 * v * v + gain * gain * v / 2) / n / 64;
    }
    // Read noise (30·0.04)² and rounding 1/12; the expansion of high counts adds gain²/18.
    assertWithin(1.44 + 1 / 12.0, intercept, Bench.SIGMAS * Math.sqrt(meanError) + 1e-4, "const");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 2000, 30, 0.04",
    "2, 1, 500, 5, 0.5",
    "0.7, 3, 5000, off, 0.1",
    "1, 0, 40000, 30, 0.04"
  })
  void fourStepNoise(double r, double s, double electrons, String readNoise, double gain) {
    // In electrons, R² = n·r² and S² = n·s²: variance of a quadrature of
    // Ŝ = [(I0−I2) + i(I1−I3)]/(4R) is (R² + S² + σr² + 1/12K²)/(8R²).
    Fixture f =
        new Fixture(
            "readout=four-step&sensor.shot-noise=on&sensor.read-noise="
                + readNoise
                + "&sensor.gain="
                + gain
                + "&adc.bits=16&reference.amplitude="
                + r);
    double phase = 0.6;
    float[] re = new float[N];
    float[] im = new float[N];
    Arrays.fill(re, (float) (s * Math.cos(phase)));
    Arrays.fill(im, (float) (s * Math.sin(phase)));
    float[][] steps = new float[4][];
    for (int k = 0; k < 4; k++) {
      steps[k] = f.read(re, im, Readout.withReference(electrons * f.unit, k * Math.PI / 2), k);
    }
    double root = Math.sqrt(electrons) * r; // R
    float[] inPhase = new float[N];
    float[] quadrature = new float[N];
    for (int p = 0; p < N; p++) {
      inPhase[p] = (float) ((steps[0][p] - steps[2][p]) / gain / (4 * root));
      quadrature[p] = (float) ((steps[1][p] - steps[3][p]) / gain / (4 * root));
    }
    double sigmaR = readNoise.equals("off") ? 0 : Double.parseDouble(readNoise);
    double expected =
        (root * root + electrons * s * s + sigmaR * sigmaR + 1 / (12 * gain * gain))
            / (8 * root * root);
    double se = Bench.SIGMAS / Math.sqrt(N);
    double amplitude = Math.sqrt(electrons) * s;
    assertWithin(amplitude * Math.cos(phase), mean(inPhase), se * Math.sqrt(expected), "re");
    assertWithin(amplitude * Math.sin(phase), mean(quadrature), se * Math.sqrt(expected), "im");
    assertWithin(expected, variance(inPhase), expected * Math.sqrt(2) * se, "variance of re");
    assertWithin(expected, variance(quadrature), expected * Math.sqrt(2) * se, "variance of im");
  }
}
