// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.ComplexEncoding;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.TransformOptions;

/** Chapter T: which transform the light makes, and where on the sensor it arrives. */
public abstract class TransformRules extends RuleChapter {
  private static final String NO_PHASE = "an intensity readout shows no phase";

  @Rule("T1")
  void t1TheZeroOrderIsOnTheAxis() {
    FrameShape shape = bench.requirePatterns();
    requireZeroOrder(shape);
    if (bench.capabilities().windows()) {
      FrameShape odd = fitting(15, 13);
      requireZeroOrder(odd);
    }
  }

  private void requireZeroOrder(FrameShape shape) {
    requireSpot("the zero order of a uniform frame", bench.patterns(shape).uniform(1, 0), 0, 0);
  }

  @Rule("T2")
  void t2RowsAreRowsAndColumnsAreColumns() {
    FrameShape shape = bench.requirePatterns();
    // Stripes along one axis put light on the axis pixel's row or column only.
    requireLine("stripes across the columns", bench.patterns().stripes(0, 1), shape, false);
    requireLine("stripes across the rows", bench.patterns().stripes(1, 0), shape, true);
  }

  private void requireLine(String what, TestFrame frame, FrameShape shape, boolean vertical) {
    Spectrum seen = bench.measure(frame);
    double along = 0;
    double across = 0;
    for (int m = 0; m < shape.rows(); m++) {
      if (m != shape.axisRow()) {
        along += Math.max(seen.power(m * shape.cols() + shape.axisCol()), 0);
      }
    }
    for (int m = 0; m < shape.cols(); m++) {
      if (m != shape.axisCol()) {
        across += Math.max(seen.power(shape.axisRow() * shape.cols() + m), 0);
      }
    }
    Expect.that(
        vertical ? along > across : across > along,
        String.format(
            "%s put power %.3g on the column and %.3g on the row through the axis",
            what, along, across));
  }

  @Rule("T3")
  void t3TheForwardKernelIsMinus() {
    bench.requirePatterns();
    Applicability.requires(
        !bench.shows(Modulation.AMPLITUDE_ONLY), "an amplitude modulator shows no phase ramps");
    Applicability.requires(
        bench.capabilities().phaseBits() != 1, "one bit of phase shows no ramp's direction");
    requireSpot("a ramp of +1 cycle over the columns", bench.patterns().ramp(0, 1), 0, 1);
    requireSpot("a ramp of +1 cycle over the rows", bench.patterns().ramp(1, 0), 1, 0);
  }

  private void requireSpot(String what, TestFrame frame, int rowOrder, int colOrder) {
    FrameShape shape = frame.shape();
    Spectrum seen = bench.measure(frame);
    int pixel = seen.brightest();
    int row = shape.axisRow() + rowOrder;
    int col = shape.axisCol() + colOrder;
    Expect.that(
        pixel == row * shape.cols() + col,
        String.format(
            "%s belongs in pixel [%d,%d] of %s, the brightest is [%d,%d]",
            what, row, col, shape, pixel / shape.cols(), pixel % shape.cols()));
  }

  @Rule("T4")
  void t4AnAsymmetricPatternIsSeenTheRightWayRound() {
    FrameShape shape = bench.requirePatterns();
    TestFrame frame = bench.patterns().random(4);
    Spectrum seen = bench.measure(frame);
    Spectrum right = bench.expected(frame);
    double likeness = seen.similarity(right);
    boolean square = shape.rows() == shape.cols();
    for (int mount = 1; mount < 16; mount++) {
      boolean transposed = (mount & 1) != 0;
      boolean flipRows = (mount & 2) != 0;
      boolean flipCols = (mount & 4) != 0;
      boolean conjugated = (mount & 8) != 0;
      if ((transposed && !square) || (conjugated && !bench.readsFields())) {
        continue;
      }
      Spectrum wrong = right.remounted(transposed, flipRows, flipCols, conjugated);
      boolean sameLight = wrong.similarity(right) > 0.9;
      Expect.that(
          sameLight || likeness > seen.similarity(wrong),
          String.format(
              "the picture is rather %s%s%s%s: likeness %.2f, the right way round %.2f",
              transposed ? "transposed " : "",
              flipRows ? "upside down " : "",
              flipCols ? "left for right " : "",
              conjugated ? "conjugated" : "",
              seen.similarity(wrong),
              likeness));
    }
  }

  @Rule("T5")
  void t5PowerIsKept() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(5);
    Spectrum seen = bench.measure(frame);
    // |‖F‖² − Σ|a|²| ≤ tol·(2‖a‖ + tol) for a field; a sum of N intensities is off by ≤ √N·tol.
    double tolerance =
        seen.isField()
            ? seen.tolerance() * (2 * Math.sqrt(frame.energy()) + seen.tolerance())
            : seen.tolerance() * Math.sqrt(frame.shape().pixels());
    Applicability.requires(
        tolerance <= 0.5 * frame.energy(), "bits and noise leave too much uncertainty to tell");
    Expect.that(
        Math.abs(seen.energy() - frame.energy()) <= tolerance,
        String.format(
            "the sensor sees Σ|F|² = %.5g of Σ|a|² = %.5g, bits and noise explain ±%.2g",
            seen.energy(), frame.energy(), tolerance));
  }

  @Rule("T6")
  void t6TheTransformIsLinear() {
    bench.requirePatterns();
    Applicability.requires(
        !bench.shows(Modulation.PHASE_ONLY), "a phase modulator shows no sums of frames");
    TestFrame a = bench.patterns().random(6).scaled(0.5f);
    TestFrame b = bench.patterns().random(7).scaled(0.5f);
    if (bench.readsFields()) {
      Expect.agree(
          "F(a+b) against F(a) + F(b)",
          bench.measure(a.plus(1, b)),
          bench.measure(a).plus(bench.measure(b)));
      return;
    }
    Applicability.requires(
        bench.shows(Modulation.COMPLEX), "intensities of amplitudes above 0 show no sums");
    // Intensities of a linear transform keep the parallelogram law.
    Expect.agree(
        "|F(a+b)|² + |F(a−b)|² against 2|F(a)|² + 2|F(b)|²",
        bench.measure(a.plus(1, b)).plus(bench.measure(a.plus(-1, b))),
        bench.measure(a).plus(bench.measure(b)).scaled(2));
  }

  @Rule("T7")
  void t7HalfTheAmplitudeGivesHalfTheField() {
    bench.requirePatterns();
    Applicability.requires(
        !bench.shows(Modulation.PHASE_ONLY), "a phase modulator shows no smaller amplitudes");
    TestFrame frame = bench.patterns().random(8);
    Expect.agree(
        "half of the amplitude against half of the field",
        bench.measure(frame.scaled(0.5f)),
        bench.measure(frame).scaled(bench.readsFields() ? 0.5 : 0.25));
  }

  @Rule("T8")
  void t8AShiftOnlyTurnsPhases() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(9);
    Spectrum shifted = bench.measure(frame.shifted(1, 2));
    Spectrum still = bench.measure(frame);
    Expect.agree(
        "the spectrum of a shifted frame",
        shifted,
        bench.readsFields() ? turned(still, 1, 2) : still);
  }

  /** A field with the phases {@code exp(−2πi(k·rows/R + l·cols/C))} of a shift. */
  private static Spectrum turned(Spectrum spectrum, int rows, int cols) {
    FrameShape shape = spectrum.shape();
    double[] turned = new double[spectrum.values().length];
    for (int i = 0; i < shape.pixels(); i++) {
      int k = i / shape.cols() - shape.axisRow();
      int l = i % shape.cols() - shape.axisCol();
      double phase =
          -2 * Math.PI * ((double) k * rows / shape.rows() + (double) l * cols / shape.cols());
      double re = spectrum.values()[2 * i];
      double im = spectrum.values()[2 * i + 1];
      turned[2 * i] = re * Math.cos(phase) - im * Math.sin(phase);
      turned[2 * i + 1] = re * Math.sin(phase) + im * Math.cos(phase);
    }
    return new Spectrum(shape, turned, spectrum.tolerance());
  }

  @Rule("T9")
  void t9RealFramesHaveSymmetricSpectra() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().randomReal(10);
    Spectrum seen = bench.measure(frame);
    // Up to a phase: the lens's factor, which is another rule's, is common to all pixels.
    Expect.agreeUpToPhase(
        "the spectrum of a real frame and its mirror image",
        seen,
        seen.remounted(false, true, true, seen.isField()));
  }

  @Rule("T10")
  void t10TheLensTurnsThePhaseByMinusAQuarter() {
    Applicability.requires(bench.readsFields(), NO_PHASE);
    requirePhase("the zero order of a uniform frame", bench.patterns().uniform(1, 0), -Math.PI / 2);
  }

  @Rule("T11")
  void t11ThePhaseAdvancesWithTheModulator() {
    Applicability.requires(bench.readsFields(), NO_PHASE);
    Applicability.requires(
        !bench.shows(Modulation.AMPLITUDE_ONLY), "an amplitude modulator shows no phases");
    int zeroOrder = axis(bench.shape());
    double reference = bench.measure(bench.patterns().uniform(1, 0)).phase(zeroOrder);
    requirePhase(
        "the zero order of a uniform frame whose phase advanced by π/2",
        bench.patterns().uniform(0, 1),
        reference + Math.PI / 2);
  }

  private void requirePhase(String what, TestFrame frame, double expected) {
    Spectrum seen = bench.measure(frame);
    int zeroOrder = axis(frame.shape());
    double tolerance = Math.asin(Math.min(1, seen.tolerance() / Math.sqrt(frame.energy())));
    Applicability.requires(
        tolerance < Math.PI / 4, "bits and noise leave too much uncertainty about phases");
    double off = Math.IEEEremainder(seen.phase(zeroOrder) - expected, 2 * Math.PI);
    // Twice: the expected phase may have been measured too.
    Expect.that(
        Math.abs(off) <= 2 * tolerance,
        String.format(
            "%s has phase %.3f rad, not %.3f; bits and noise explain ±%.3f",
            what, seen.phase(zeroOrder), Math.IEEEremainder(expected, 2 * Math.PI), 2 * tolerance));
  }

  private static int axis(FrameShape shape) {
    return shape.axisRow() * shape.cols() + shape.axisCol();
  }

  @Rule("T12")
  void t12TheModulatorsOriginIsOnTheAxis() {
    FrameShape shape = bench.requirePatterns();
    Applicability.requires(bench.readsFields(), NO_PHASE);
    Applicability.requires(
        !bench.shows(Modulation.PHASE_ONLY), "a phase modulator shows no single pixel");
    TestFrame point = bench.patterns().uniform(0, 0).with(axis(shape), 1, 0);
    double[] flat = new double[2 * shape.pixels()];
    for (int i = 0; i < flat.length; i += 2) {
      flat[i] = 1 / Math.sqrt(shape.pixels());
    }
    Spectrum seen = bench.measure(point);
    Expect.agreeUpToPhase(
        "the field of the axis pixel alone, which has one phase everywhere",
        seen.scaled(1 / seen.norm()), // the scale is another rule's
        new Spectrum(shape, flat, 0));
  }

  @Rule("T13")
  void t13TheFieldIsTheUnitaryDft() {
    bench.requirePatterns();
    requireDft(bench.shape());
  }

  @Rule("T14")
  void t14NonSquareFramesAreTransformedAlike() {
    requireWindows();
    requireDft(fitting(8, 20));
    requireDft(fitting(18, 6));
  }

  @Rule("T15")
  void t15OddAndPrimeSizesAreTransformedAlike() {
    requireWindows();
    requireDft(fitting(15, 9));
    requireDft(fitting(7, 13));
  }

  private void requireWindows() {
    bench.requirePatterns();
    FrameShape max = bench.capabilities().maxFrame();
    Applicability.requires(
        bench.capabilities().windows() && max.rows() >= 8 && max.cols() >= 8,
        "the device takes no windows of other shapes within " + max);
  }

  private FrameShape fitting(int rows, int cols) {
    FrameShape max = bench.capabilities().maxFrame();
    return new FrameShape(Math.min(rows, max.rows()), Math.min(cols, max.cols()));
  }

  private void requireDft(FrameShape shape) {
    TestFrame frame = bench.patterns(shape).random(13);
    Expect.agree(
        "the field of a random frame of " + shape + " against the unitary DFT",
        bench.measure(frame),
        bench.expected(frame));
  }

  @Rule("T16")
  void t16ForwardAndInverseGiveTheFieldBack() {
    FrameShape shape = bench.requirePatterns();
    Applicability.requires(bench.readsFields(), NO_PHASE);
    Applicability.requires(
        bench.capabilities().complexEncoding() != ComplexEncoding.NONE,
        "the device declares no encoding of complex fields");
    TestFrame frame = bench.patterns().random(16);
    // The mean stays in the light, so that what is shown is known.
    FourierTransformer transformer =
        new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
    ComplexField field = new ComplexField(shape, unequal(frame.amplitudes()));
    ComplexField there = transformer.forward(field, bench.newId());
    ComplexField back = transformer.inverse(there, bench.newId());
    Expect.agree(
        "a field that was transformed forward and back",
        new Spectrum(shape, doubles(back.values()), bothPasses(frame)),
        new Spectrum(shape, doubles(field.values()), 0));
  }

  /** Halves every third pixel, so that a phase-only frame becomes a field that needs encoding. */
  private static float[] unequal(float[] amplitudes) {
    float[] field = amplitudes.clone();
    for (int i = 0; i + 1 < field.length; i += 6) {
      field[i] /= 2;
      field[i + 1] /= 2;
    }
    return field;
  }

  /** How far off one forward and one inverse pass may be: each is as noisy as one read. */
  private double bothPasses(TestFrame frame) {
    double peak = Bench.peak(frame);
    if (!bench.shows(Modulation.COMPLEX)) {
      // Both passes show pairs of frames like this one, and take their mean.
      return (1 + peak) * onePass(frame);
    }
    double[] field = Diffraction.field(frame);
    float[] amplitudes = new float[field.length];
    for (int i = 0; i < field.length; i++) {
      amplitudes[i] = (float) (field[i] / peak);
    }
    TestFrame second = new TestFrame(frame.shape(), amplitudes).scaled(1 - 1e-6f);
    return onePass(frame) + peak * onePass(second);
  }

  private double onePass(TestFrame frame) {
    Measurement measurement = new Measurement(bench, frame, bench.exposureFor(frame));
    measurement.take();
    return measurement.toleranceOfOne();
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
