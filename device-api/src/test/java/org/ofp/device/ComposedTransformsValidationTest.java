// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transforms composed from small ones against the double-precision sum {@link NaiveDft}. */
class ComposedTransformsValidationTest {
  private static final double HALF_ULP = 0x1p-24;

  /** A stage rounds as a transform that is shown does, 8 times, and 3 times for its twiddles. */
  private static double tolerance(int stages) {
    return 11 * stages * HALF_ULP;
  }

  private static TestBench engine() {
    return TestBench.ofFrames(new FrameShape(11, 11), true, Modulation.COMPLEX);
  }

  @ParameterizedTest
  @CsvSource({
    "121, 121, 2",
    "22, 33, 2",
    "1331, 11, 3",
    "11, 1331, 3",
    "1, 121, 2",
    "121, 1, 2",
    "12, 12, 2",
    "14, 25, 2",
    "44, 10, 2",
    "64, 27, 2",
    "128, 6, 3",
    "2, 1024, 4",
    "6, 13, 0"
  })
  void composedTransformsAreTheUnitaryDft(int rows, int cols, int stages) {
    FrameShape shape = new FrameShape(rows, cols);
    TestBench bench = engine();
    FourierTransformer transformer = new FourierTransformer(bench);
    if (stages == 0) {
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME, () -> transformer.batch(shape, 1), "prime factor 13");
      return;
    }
    float[] field = NaiveDft.randomField(rows, cols, 7L * rows + cols);
    for (boolean digitalMean : new boolean[] {true, false}) {
      FourierTransformer t =
          new FourierTransformer(bench, TransformOptions.defaults().digitalMean(digitalMean));
      ComplexField input = new ComplexField(shape, field);
      int before = bench.loads;
      assertClose(NaiveDft.forward(field, rows, cols), t.forward(input), stages);
      assertEquals(t.framesPerTransform(shape), bench.loads - before);
      assertClose(NaiveDft.inverse(field, rows, cols), t.inverse(input), stages);
    }
  }

  private static void assertClose(double[] truth, ComplexField got, int stages) {
    double error = NaiveDft.relativeError(got.values(), truth);
    assertTrue(error <= tolerance(stages), () -> got.shape() + ": error " + error);
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 27, 8", "3, 2, 9, 4", "2, 2, 16, 16", "11, 11, 121, 121"})
  void framesOfOneSizeComposeToo(int frameRows, int frameCols, int rows, int cols) {
    TestBench bench =
        TestBench.ofFrames(
            new FrameShape(frameRows, frameCols),
            false,
            Modulation.COMPLEX,
            ReadoutMode.COHERENT,
            BufferKind.DIRECT);
    float[] field = NaiveDft.randomField(rows, cols, 1);
    ComplexField input = new ComplexField(new FrameShape(rows, cols), field);
    FourierTransformer transformer = new FourierTransformer(bench);
    assertClose(NaiveDft.forward(field, rows, cols), transformer.forward(input), 4);
    assertClose(NaiveDft.inverse(field, rows, cols), transformer.inverse(input), 4);
  }

  @Test
  void withoutTwiddlesItIsAnotherTransform() {
    // Negative control: rows, then columns of the 11×11 arrangement of 121 values are a
    // two-dimensional DFT, the same as the composed one but for the twiddle factors.
    float[] field = NaiveDft.randomField(1, 121, 5);
    double[] composed = NaiveDft.forward(field, 1, 121);
    double[] plain = NaiveDft.forward(field, 11, 11);
    float[] transposed = new float[242];
    for (int i = 0; i < 121; i++) {
      int j = i % 11 * 11 + i / 11;
      transposed[2 * j] = (float) plain[2 * i];
      transposed[2 * j + 1] = (float) plain[2 * i + 1];
    }
    assertTrue(NaiveDft.relativeError(transposed, composed) > 0.5);
  }

  @Test
  void everySmallFrameHasNoiseOfItsOwn() {
    FrameShape shape = new FrameShape(22, 33);
    TestBench bench = engine();
    TransformBatch batch = new FourierTransformer(bench).batch(shape, 2);
    batch.identify(0, 8, 3);
    batch.identify(1, 9, 0);
    batch.forward(2);
    assertEquals(110, bench.shownIds.size());
    assertEquals(110, new HashSet<>(bench.shownIds).size(), "no two frames share id and repeat");
    for (List<Long> shown : bench.shownIds) {
      long first = shown.get(0) == 8 ? 3 * 55 : 0;
      assertTrue(shown.get(1) >= first && shown.get(1) < first + 55, shown.toString());
    }
  }

  @Test
  void repeatsThatCannotBeNumberedAreRefused() {
    TransformBatch batch = new FourierTransformer(engine()).batch(new FrameShape(121, 121), 1);
    int last = Integer.MAX_VALUE / 242 - 1;
    batch.identify(0, 1, last);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> batch.identify(0, 1, last + 1),
        Integer.toString(last + 1),
        "242 frames",
        "up to " + last);
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> batch.identify(0, 1, Integer.MIN_VALUE));
  }

  @Test
  void fieldsOfABatchAreThoseOfOneByOne() {
    FrameShape shape = new FrameShape(33, 22);
    TransformBatch batch = new FourierTransformer(engine()).batch(shape, 5);
    float[][] alone = new float[4][];
    double[] scales = {1, 1e-30, 0, 1e20};
    for (int i = 0; i < 4; i++) {
      float[] field = NaiveDft.randomField(33, 22, i);
      for (int j = 0; j < field.length; j++) {
        field[j] *= (float) scales[i];
      }
      System.arraycopy(field, 0, batch.fields(), batch.offset(i), field.length);
      alone[i] = new FourierTransformer(engine()).inverse(new ComplexField(shape, field)).values();
    }
    Arrays.fill(batch.fields(), batch.offset(4), batch.fields().length, 5f);
    batch.inverse(4);
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(
          alone[i], Arrays.copyOfRange(batch.fields(), batch.offset(i), batch.offset(i + 1)));
    }
    assertEquals(5f, batch.fields()[batch.offset(4)], "the fifth was not asked for");
  }

  /** More fields than a group holds, more small fields than a batch does. */
  @Test
  void largeBatchesAreWorkedOnInGroups() {
    FrameShape shape = new FrameShape(4, 4);
    TestBench bench = TestBench.ofFrames(new FrameShape(2, 2), true, Modulation.COMPLEX);
    int n = (1 << 16) + 3; // groups are of 2^16 fields of 16 pixels
    TransformBatch batch = new FourierTransformer(bench).batch(shape, n);
    float[] field = NaiveDft.randomField(4, 4, 2);
    for (int i = 0; i < n; i++) {
      System.arraycopy(field, 0, batch.fields(), batch.offset(i), 32);
    }
    batch.forward(n);
    double[] truth = NaiveDft.forward(field, 4, 4);
    for (int i : new int[] {0, 1, (1 << 16) - 1, 1 << 16, n - 1}) {
      float[] got = Arrays.copyOfRange(batch.fields(), batch.offset(i), batch.offset(i) + 32);
      assertTrue(NaiveDft.relativeError(got, truth) <= tolerance(2), "field " + i);
    }
  }

  @Test
  void threadsMakeNoDifference() throws Exception {
    FrameShape shape = new FrameShape(121, 22);
    float[] field = NaiveDft.randomField(121, 22, 3);
    float[][] got = new float[3][];
    for (int threads = 1; threads <= 3; threads++) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        got[threads - 1] =
            pool.submit(
                    () ->
                        new FourierTransformer(noisyEngine())
                            .forward(new ComplexField(shape, field), 12)
                            .values())
                .get();
      } finally {
        pool.shutdown();
      }
    }
    assertArrayEquals(got[0], got[1]);
    assertArrayEquals(got[0], got[2]);
  }

  private static TestBench noisyEngine() {
    TestBench bench = engine();
    bench.noise = new DetectorNoise(0.01, 0.5);
    return bench;
  }

  @Test
  void aConstantNeverMeetsTheLight() {
    // The means of the small fields have that of the whole: 8 bits do not disturb it.
    TestBench bench =
        new TestBench(
            TestBench.capabilities(
                new FrameShape(11, 11),
                true,
                Modulation.COMPLEX,
                ReadoutMode.COHERENT,
                8,
                BufferKind.HEAP),
            TestBench.calibration(
                ReadoutMode.COHERENT, 8, 0, DetectorNoise.unknown(), Shading.none()));
    float[] real = new float[121 * 22];
    Arrays.fill(real, 0.3f);
    ComplexField spectrum =
        new FourierTransformer(bench).forward(ComplexField.ofReal(121, 22, real));
    assertEquals(0.3f * Math.sqrt(121 * 22), spectrum.re(0, 0), 1e-5);
    double rest = 0;
    for (int i = 2; i < spectrum.values().length; i++) {
      rest = Math.max(rest, Math.abs(spectrum.values()[i]));
    }
    // An ulp is left of every mean, of up to 0.3·√121 after the first stage.
    double most = rest;
    assertTrue(rest <= 2 * Math.ulp(3.3f) * Math.sqrt(121 * 22), () -> "rest " + most);
  }

  @Test
  void phaseOnlyEnginesComposeOfPairs() {
    TestBench bench = TestBench.ofFrames(new FrameShape(11, 11), true, Modulation.PHASE_ONLY);
    FourierTransformer transformer = new FourierTransformer(bench);
    FrameShape shape = new FrameShape(121, 121);
    assertEquals(484, transformer.framesPerTransform(shape));
    float[] field = NaiveDft.randomField(121, 121, 9);
    ComplexField got = transformer.forward(new ComplexField(shape, field));
    assertEquals(484, new HashSet<>(bench.shownIds).size());
    assertTrue(bench.shownIds.stream().allMatch(shown -> shown.get(1) < 484));
    double error = NaiveDft.relativeError(got.values(), NaiveDft.forward(field, 121, 121));
    assertTrue(error <= 1e-6, () -> "error " + error);
  }

  @Test
  void valuesThatAreNotFiniteAreRejected() {
    FourierTransformer transformer = new FourierTransformer(engine());
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] field = NaiveDft.randomField(22, 22, 1);
      field[77] = bad;
      ComplexField input = new ComplexField(new FrameShape(22, 22), field);
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME, () -> transformer.forward(input, 5), "frame 5", "NaN");
    }
  }
}
