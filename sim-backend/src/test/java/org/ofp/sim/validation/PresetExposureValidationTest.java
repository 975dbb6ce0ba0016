// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.FourierTransformer;
import org.ofp.device.TransformOptions;

/**
 * Exposures on the demonstrator: metering, and several merged by the inverse of their variances.
 */
class PresetExposureValidationTest {
  /** Of the preset: see demonstrator.yaml. */
  private static final double GAIN = 0.04;

  private static final double READ_NOISE = 20;
  private static final double FULL_WELL = 1e5;
  private static final double DARK = 20;
  private static final double ELECTRONS_PER_SECOND = 0.6 * 1e-6 * 633e-9 / Light.HC / (512.0 * 512);
  private static final String BENCH = "sim:demonstrator?source.rin=off";

  /**
   * Noise of a field with so many exposures, in units of the frame.
   *
   * @param measured from the differences of transforms
   * @param predicted from the weights
   * @param error standard error of what is measured
   */
  private record Noise(double measured, double predicted, double error) {
    static Noise of(Displayed shown, int exposures) {
      try (ExposureWitness device = new ExposureWitness(BENCH)) {
        FourierTransformer transformer =
            new FourierTransformer(
                device, TransformOptions.defaults().digitalMean(false).exposures(exposures));
        int pairs = Sample.count(10, 100);
        double measured = 0;
        for (int i = 0; i < pairs; i++) {
          measured += shown.noisePower(transformer, 2L * i, 2L * i + 1) / pairs;
        }
        double predicted = 0;
        double square = 0;
        List<double[]> all = device.takeExposures();
        for (double[] seconds : all) {
          for (int bin = 0; bin < shown.pixels(); bin++) {
            double variance = variance(shown, bin, seconds, exposures);
            predicted += 2 * variance / shown.pixels() / all.size();
            square += 4 * variance * variance / all.size();
          }
        }
        // The power of a difference's half has the variance 2v² per quadrature.
        return new Noise(measured, predicted, Math.sqrt(square / pairs) / shown.pixels());
      }
    }

    /** The merged variance of a quadrature of a pixel. */
    private static double variance(Displayed shown, int bin, double[] seconds, int exposures) {
      double weight = 0;
      double s = Math.sqrt(shown.power(bin));
      // The largest of the four counts: |cos| or |sin| of the phase at the sensor.
      double turn =
          Math.max(Math.abs(Math.cos(shown.phase(bin))), Math.abs(Math.sin(shown.phase(bin))));
      for (int e = 0; e < exposures; e++) {
        double t = seconds[e * seconds.length / exposures];
        double n = ELECTRONS_PER_SECOND * t;
        boolean saturated = n * (1 + s * s + 2 * s * turn) + DARK * t >= FULL_WELL;
        if (!saturated) {
          double inner =
              n * (1 + s * s) + DARK * t + READ_NOISE * READ_NOISE + 1 / (12 * GAIN * GAIN);
          weight += 8 * n * n / inner;
        }
      }
      return 1 / weight;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void mergedExposuresHaveTheNoiseOfTheirWeights(int exposures) {
    Displayed shown = Displayed.smooth(64);
    Noise noise = Noise.of(shown, exposures);
    Validation merged =
        new Validation(
            "multi-exposure merge",
            exposures + " exposures in the ratio 4, demonstrator, smooth image 64×64",
            "⟨2/Σ(1/v_j)⟩, v_j = (n_j(R²+S²) + I_d·t_j + σr² + 1/12K²)/(8R²n_j²), unsaturated j",
            "Robertson, Borman and Stevenson, J. Electronic Imaging 12(2), 2003",
            noise.predicted,
            noise.measured,
            Sample.SIGMAS * noise.error + 0.005 * noise.predicted,
            Sample.ORIGIN + ", and 0.5 % for what the 8-bit modulator adds to S²");
    merged.check();
    if (exposures > 1) {
      Noise single = Noise.of(shown, 1);
      merged.assertRefuses(single.measured, "a single exposure");
      assertTrue(noise.measured < single.measured / 4, "more than 6 dB gained");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.5})
  void meteringReachesItsTarget(double target) {
    double sum = 0;
    int frames = 20;
    for (int i = 0; i < frames; i++) {
      try (ExposureWitness device = new ExposureWitness(BENCH)) {
        new FourierTransformer(device, new TransformOptions(false, target, 1, 4))
            .forward(Displayed.random(32, i).field(), i);
        double black = device.description().calibration().blackLevel();
        double full = device.description().calibration().fullScale();
        sum += (device.brightest() - black) / (full - black) / frames;
      }
    }
    new Validation(
            "auto-exposure",
            "demonstrator, random fields 32×32, target " + target,
            "mean brightest count over black = target·(full scale − black)",
            "physics.md, radiometry; docs/SPEC.md, S6",
            target,
            sum,
            0.1 * target,
            "metering 2 % and its read noise; the brightest of four steps is up to |F|+R, seldom"
                + " all of it; noise of the brightest count")
        .check();
  }
}
