// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames that are shown several times: how they are numbered, and that they are averaged. */
class RepeatsTest {
  private static final FrameShape SHAPE = new FrameShape(6, 5);

  private static TransformOptions repeats(int count) {
    return TransformOptions.defaults().repeats(count);
  }

  @Test
  void framesOfAFieldHaveItsIdAndConsecutiveRepeats() {
    TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
    FourierTransformer transformer = new FourierTransformer(bench, repeats(3));
    assertEquals(3, transformer.framesPerTransform(SHAPE));
    TransformBatch batch = transformer.batch(SHAPE, 2);
    batch.identify(0, 70, 0);
    batch.identify(1, 71, 4);
    batch.forward(2);
    List<List<Long>> expected = new ArrayList<>();
    for (long repeat = 0; repeat < 3; repeat++) {
      expected.add(List.of(70L, repeat));
    }
    for (long repeat = 12; repeat < 15; repeat++) {
      expected.add(List.of(71L, repeat));
    }
    assertEquals(expected, bench.shownIds);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> batch.identify(0, 1, Integer.MAX_VALUE / 3 + 1),
        "3 frames");
  }

  @Test
  void smallFieldsOfAComposedTransformAreRepeatedToo() {
    TestBench bench = TestBench.ofFrames(new FrameShape(3, 3), false, Modulation.COMPLEX);
    FourierTransformer transformer = new FourierTransformer(bench, repeats(2));
    FrameShape large = new FrameShape(9, 9);
    assertEquals(2 * 18, transformer.framesPerTransform(large));
    ComplexField field = new ComplexField(large, NaiveDft.randomField(9, 9, 2));
    float[] got = transformer.forward(field, 8).values();
    assertEquals(36, bench.loads);
    assertEquals(36, bench.shownIds.stream().distinct().count(), "each has noise of its own");
    double error = NaiveDft.relativeError(got, NaiveDft.forward(field.values(), 9, 9));
    assertTrue(error < 1e-6, "error " + error);
  }

  @ParameterizedTest
  @CsvSource({
    "COHERENT, HEAP, COMPLEX, 1",
    "COHERENT, DIRECT, COMPLEX, 1",
    "FOUR_STEP, HEAP, COMPLEX, 1",
    "FOUR_STEP, DIRECT, COMPLEX, 3",
    "COHERENT, HEAP, PHASE_ONLY, 1",
    "FOUR_STEP, DIRECT, PHASE_ONLY, 2"
  })
  void withoutNoiseRepeatsChangeNothing(
      ReadoutMode mode, BufferKind buffers, Modulation modulation, int exposures) {
    float[] field = NaiveDft.randomField(6, 5, 3);
    TestBench bench = TestBench.ofFrames(SHAPE, true, modulation, mode, buffers);
    for (boolean inverse : new boolean[] {false, true}) {
      TransformBatch once =
          new FourierTransformer(bench, repeats(1).exposures(exposures)).batch(SHAPE, 2);
      TransformBatch often =
          new FourierTransformer(bench, repeats(4).exposures(exposures)).batch(SHAPE, 2);
      for (TransformBatch batch : List.of(once, often)) {
        System.arraycopy(field, 0, batch.fields(), batch.offset(1), field.length);
        if (inverse) {
          batch.inverse(2);
        } else {
          batch.forward(2);
        }
      }
      // Sums of floats in another order; four steps subtract (|F| + R)², ten times the result.
      assertArrayEquals(once.fields(), often.fields(), 2e-5f);
    }
  }

  @Test
  void theVarianceFallsWithTheRepeats() {
    int fields = 60;
    double[] variances = new double[2];
    int[] repeats = {1, 4};
    float[] field = NaiveDft.randomField(6, 5, 4);
    double[] truth = NaiveDft.forward(field, 6, 5);
    for (int which = 0; which < 2; which++) {
      TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
      bench.noise = new DetectorNoise(0, 20);
      TransformBatch batch =
          new FourierTransformer(bench, repeats(repeats[which])).batch(SHAPE, fields);
      for (int i = 0; i < fields; i++) {
        System.arraycopy(field, 0, batch.fields(), batch.offset(i), field.length);
        batch.identify(i, i, 0);
      }
      batch.forward(fields);
      for (int i = 0; i < batch.fields().length; i++) {
        variances[which] += Math.pow(batch.fields()[i] - truth[i % field.length], 2);
      }
    }
    // Two estimates from 3600 values each: √(2/3600) apiece, five standard errors.
    assertEquals(4, variances[0] / variances[1], 4 * 5 * Math.sqrt(2 * 2.0 / 3600));
  }
}
