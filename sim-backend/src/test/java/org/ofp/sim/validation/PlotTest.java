// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.ofp.device.Readout;

/**
 * The figures of docs/VALIDATION.md. Their points come from the simulator through the device API,
 * in every run; each is checked against the line beside it, so that a figure cannot show what is
 * not so. Pictures are written only where a report is wanted.
 */
class PlotTest {
  /** Asserts that points lie on a line. */
  private static void assertOnLine(
      double[] x, double[] y, DoubleUnaryOperator theory, double absolute, double relative) {
    for (int i = 0; i < x.length; i++) {
      double expected = theory.applyAsDouble(x[i]);
      assertEquals(expected, y[i], absolute + relative * Math.abs(expected), "at " + x[i]);
    }
  }

  private static double[] grid(int n, double step) {
    return IntStream.range(0, n).mapToDouble(i -> i * step).toArray();
  }

  private static final int DIAMETER = 64;
  private static final int OVERSAMPLING = 8;

  /** |E|² of a disc of 64 pixels on a grid of 512, over its power, at λf/8D per pixel. */
  private static double[] airyPattern() {
    int n = OVERSAMPLING * DIAMETER;
    float[] disc = Frames.amplitude(n, n, (y, x) -> Optics.coverage(y, x, DIAMETER / 2.0));
    return Light.intensity(n, n, "", disc);
  }

  private static double airy(double r) {
    double x = Math.PI * r;
    return x < 1e-9 ? 1 : Math.pow(2 * Optics.bessel(1, x) / x, 2);
  }

  @Test
  void airyPatternOnALogarithmicScale() throws IOException {
    int n = OVERSAMPLING * DIAMETER;
    double[] pattern = airyPattern();
    double[] r = grid(6 * OVERSAMPLING + 1, 1.0 / OVERSAMPLING);
    double centre = pattern[n / 2 * n + n / 2];
    double[] measured =
        IntStream.range(0, r.length)
            .mapToDouble(i -> pattern[n / 2 * n + n / 2 + i] / centre)
            .toArray();
    // The pixel's envelope and the orders that sampling repeats change the field by some 1e-4.
    assertOnLine(r, measured, PlotTest::airy, 4e-5, 0.01);
    new Plot("Airy pattern of a circular aperture, D = 64 pixels", "radius (λf/D)", "I / I(0)")
        .logarithmic()
        .xRange(0, 6)
        .yRange(1e-6, 1)
        .line(0, "[2J₁(πr)/(πr)]²", 0, 6, x -> Math.max(1e-6, airy(x)))
        .points(1, "simulator", r, measured)
        .write("airy");
  }

  @Test
  void encircledEnergyOfTheAiryPattern() throws IOException {
    int n = OVERSAMPLING * DIAMETER;
    double[] pattern = airyPattern();
    // All of the Airy pattern's power from its centre: I(0)·(4/π)·(λf/D)², in detector pixels.
    double total = pattern[n / 2 * n + n / 2] * 4 / Math.PI * OVERSAMPLING * OVERSAMPLING;
    double[] r = IntStream.rangeClosed(1, 24).mapToDouble(i -> i / 4.0).toArray();
    double[] measured =
        Arrays.stream(r)
            .map(
                radius ->
                    IntStream.range(0, n * n)
                            .mapToDouble(
                                i ->
                                    pattern[i]
                                        * Optics.coverage(
                                            i / n - n / 2, i % n - n / 2, radius * OVERSAMPLING))
                            .sum()
                        / total)
            .toArray();
    DoubleUnaryOperator theory =
        x ->
            1
                - Math.pow(Optics.bessel(0, Math.PI * x), 2)
                - Math.pow(Optics.bessel(1, Math.PI * x), 2);
    // The disc is blurred by detector pixels of λf/8D: some (1/8)²/12 of the curvature.
    assertOnLine(r, measured, theory, 0.004, 0);
    new Plot("Encircled energy of the Airy pattern", "radius (λf/D)", "share of the power")
        .legend(LegendPosition.InsideSE)
        .xRange(0, 6)
        .yRange(0, 1)
        .line(0, "1 − J₀²(πr) − J₁²(πr)", 0, 6, theory)
        .points(1, "simulator", r, measured)
        .write("encircled-energy");
  }

  /** η_m of a grating of N levels and depth α. */
  private static double order(int m, int levels, double depth) {
    double delta = m - depth;
    double sine = Math.sin(Math.PI * delta / levels);
    double comb = Math.abs(sine) < 1e-12 ? 1 : Math.sin(Math.PI * delta) / (levels * sine);
    return Math.pow(Optics.sinc((double) m / levels) * comb, 2);
  }

  @Test
  void ordersOfABlazedGrating() throws IOException {
    // Eight levels of eight pixels each: an order is a detector pixel with the light of all pixels
    // of a level, which is the grating's of extended levels but for their pixels' envelope.
    int levels = 8;
    int perLevel = 16;
    int cols = levels * perLevel * 4;
    double[] depths = grid(31, 0.05);
    int[] orders = {0, 1, 2};
    double[][] measured = new double[orders.length][depths.length];
    for (int d = 0; d < depths.length; d++) {
      double depth = depths[d];
      float[] frame =
          Frames.phase(
              1,
              cols,
              (y, x) ->
                  2 * Math.PI * depth * Math.floorMod(Math.floorDiv(x, perLevel), levels) / levels);
      double[] intensity = Light.intensity(1, cols, "slm.fill-factor=1", frame);
      for (int o = 0; o < orders.length; o++) {
        measured[o][d] = Light.share(intensity, 1, cols, 0, 4 * orders[o]);
      }
    }
    Plot plot =
        new Plot("Orders of a blazed grating, 8 levels", "depth α (2π)", "efficiency ηₘ")
            .legend(LegendPosition.OutsideS)
            .xRange(0, 1.5)
            .yRange(0, 1);
    for (int o = 0; o < orders.length; o++) {
      int m = orders[o];
      assertOnLine(depths, measured[o], a -> order(m, levels, a), 1e-5, 0);
      plot.line(o, "η" + "₀₁₂".charAt(m) + ", theory", 0, 1.5, a -> order(m, levels, a));
      plot.points(o, "η" + "₀₁₂".charAt(m) + ", simulator", depths, measured[o]);
    }
    plot.write("blazed-grating");
  }

  @Test
  void photonTransferCurve() throws IOException {
    double gain = 0.04;
    double read = 20;
    double prnu = 0.01;
    try (Sensed bench =
        new Sensed(
            256,
            256,
            "readout=intensity&sensor.shot-noise=on&adc.bits=12&sensor.black-level=64&sensor.gain="
                + gain
                + "&sensor.read-noise="
                + read
                + "&sensor.prnu="
                + prnu)) {
      PhotonTransfer transfer = PhotonTransfer.of(bench, 64, 16, 5000);
      double slope = transfer.slope(transfer.differences);
      double intercept = transfer.intercept();
      DoubleUnaryOperator fit = mean -> slope * mean + intercept;
      DoubleUnaryOperator bent =
          mean -> gain * mean + gain * gain * read * read + 1 / 12.0 + prnu * prnu * mean * mean;
      // Variances of 65536 differences are known to 0.55 %.
      assertOnLine(transfer.means, transfer.differences, fit, 0, 0.03);
      assertOnLine(transfer.means, transfer.variances, bent, 0, 0.05);
      new Plot(
              "Photon transfer, K = 0.04 DN/electron, σ = 20 electrons, PRNU = 1 %",
              "mean above black (DN)", "variance (DN²)")
          .legend(LegendPosition.InsideNW)
          .xRange(0, 3400)
          .yRange(0, 600)
          .line(
              0,
              String.format(java.util.Locale.ROOT, "fit: slope %.5f DN/electron", slope),
              0,
              3400,
              fit)
          .points(0, "differences of frames / 2", transfer.means, transfer.differences)
          .line(1, "K·mean + const + PRNU²·mean²", 0, 2250, bent)
          .points(1, "single frames (PRNU left in)", transfer.means, transfer.variances)
          .write("photon-transfer");
    }
  }

  @Test
  void accuracyAgainstBits() throws IOException {
    double[] bits = {4, 5, 6, 7, 8, 9, 10, 11, 12};
    Displayed shown = Displayed.random(64, 7);
    double power = shown.meanPower();
    DoubleUnaryOperator direct =
        b -> {
          double s = Optics.sinc(Math.pow(2, -b));
          return Math.sqrt(2 * (1 - s) + 1 / (12 * Math.pow(Math.pow(2, b) - 1, 2) * power));
        };
    DoubleUnaryOperator twoPhases =
        b -> {
          double s = Optics.sinc(Math.pow(2, -b));
          return Math.sqrt((1 - s) * (1 - s) + (1 - s * s) / 2 / power);
        };
    double[] modulator = errors(bits, shown, PresetAccuracyValidationTest::modulator);
    double[] doublePhase = errors(bits, shown, PresetAccuracyValidationTest::doublePhase);
    double[] converter = errors(bits, shown, PresetAccuracyValidationTest::converter);
    // Metering makes the largest quadrature the last code, to 2 % and half a count.
    DoubleUnaryOperator codes =
        b -> shown.largestQuadrature() * Math.sqrt(1 / 6.0 / power) / (Math.pow(2, b - 1) - 1);
    // See PresetAccuracyValidationTest for the tolerance.
    assertOnLine(bits, modulator, direct, 0, 2.5 / 64 + 0.1);
    assertOnLine(bits, doublePhase, twoPhases, 0, 2.5 / 64 + 0.1);
    assertOnLine(bits, converter, codes, 0, 2.5 / 64 + 0.1);
    new Plot(
            "Accuracy against bits, random complex fields of 64×64",
            "bits",
            "relative error ‖F̂ − F‖ / ‖F‖")
        .logarithmic()
        .xRange(3.5, 12.5)
        .yRange(1e-4, 1)
        .line(0, "amplitude and phase drive, theory", 4, 12, direct)
        .points(0, "amplitude and phase drive", bits, modulator)
        .line(1, "double phase, theory", 4, 12, twoPhases)
        .points(1, "double phase (lcos-phase)", bits, doublePhase)
        .line(2, "I/Q converter, theory", 4, 12, codes)
        .points(2, "I/Q converter", bits, converter)
        .write("accuracy-bits");
  }

  private static double[] errors(double[] bits, Displayed shown, IntFunction<String> uri) {
    return Arrays.stream(bits)
        .map(b -> PresetAccuracyValidationTest.error(uri.apply((int) b), shown))
        .toArray();
  }

  @Test
  void ghostAgainstStepError() throws IOException {
    double[] degrees = {0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] measured =
        Arrays.stream(degrees)
            .map(
                d ->
                    ReadoutFourStepValidationTest.ghost("reference.step-error=" + Math.toRadians(d))
                        .decibels())
            .toArray();
    DoubleUnaryOperator theory = d -> 20 * Math.log10(Math.tan(Math.toRadians(d) / 2));
    assertOnLine(degrees, measured, theory, 0.02, 0);
    new Plot(
            "Conjugate ghost of a four-step readout whose steps are π/2 + δ",
            "step error δ (degrees)",
            "ghost amplitude over field (dB)")
        .legend(LegendPosition.InsideSE)
        .xRange(0, 10)
        .yRange(-50, -20)
        .line(0, "20·lg tan(δ/2)", 0.36, 10, theory)
        .points(1, "simulator", degrees, measured)
        .write("four-step-ghost");
  }

  @Test
  void pixelIntegration() throws IOException {
    int n = 64;
    double[] bins = grid(7, 1);
    double[] sampled = tone(n, bins, "sensor.fill-factor=off");
    double[] integrated = tone(n, bins, "sensor.fill-factor=1");
    double[] weights = new double[2 * n];
    for (int i = 0; i < n; i++) {
      weights[2 * i] = Optics.sinc((double) (i - n / 2) / n);
    }
    Diffraction pattern = new Diffraction(weights, 1, n);
    double[] theory =
        Arrays.stream(bins)
            .map(b -> Math.hypot(pattern.at(0, b)[0], pattern.at(0, b)[1]) / Math.sqrt(n))
            .toArray();
    for (int i = 0; i < bins.length; i++) {
      assertEquals(theory[i], integrated[i], 1e-6, "bin " + i);
      assertEquals(i == 0 ? 1 : 0, sampled[i], 1e-6, "bin " + i);
    }
    new Plot(
            "A tone on a bin, read coherently with pixels of full fill factor, N = 64",
            "detector pixels from the tone",
            "amplitude over that of point sampling")
        .logarithmic()
        .xRange(-0.25, 6.25)
        .yRange(1e-3, 1)
        .line(
            0,
            "DFT of sinc(n/N), between the pixels",
            0,
            6,
            x ->
                Math.max(1e-3, Math.hypot(pattern.at(0, x)[0], pattern.at(0, x)[1]) / Math.sqrt(n)))
        .points(1, "simulator, nominal calibration", bins, integrated)
        .write("pixel-integration");
  }

  private static double[] tone(int n, double[] bins, String options) {
    try (Sensed bench = new Sensed(1, n, options)) {
      bench.show(Frames.uniform(1, n, 1, 0), 1);
      double[] planes = bench.read(Readout.plain(bench.photon()));
      return Arrays.stream(bins)
          .map(b -> Math.hypot(planes[n / 2 + (int) b], planes[n + n / 2 + (int) b]) / Math.sqrt(n))
          .toArray();
    }
  }
}
