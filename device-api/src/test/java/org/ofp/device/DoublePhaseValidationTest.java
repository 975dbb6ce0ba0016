// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Complex fields on a phase-only modulator: two frames, exact where the readout is. */
class DoublePhaseValidationTest {
  private static TestBench bench(ReadoutMode mode, BufferKind buffers) {
    return TestBench.ofFrames(new FrameShape(64, 64), true, Modulation.PHASE_ONLY, mode, buffers);
  }

  @ParameterizedTest
  @CsvSource({
    "COHERENT, HEAP, 16, 16",
    "COHERENT, DIRECT, 13, 8",
    "FOUR_STEP, HEAP, 16, 16",
    "FOUR_STEP, DIRECT, 5, 31",
    "COHERENT, HEAP, 1, 1",
    "COHERENT, HEAP, 40, 40"
  })
  void aPhaseOnlyDeviceTransformsComplexFields(
      ReadoutMode mode, BufferKind buffers, int rows, int cols) {
    float[] field = NaiveDft.randomField(rows, cols, 3);
    ComplexField input = new ComplexField(new FrameShape(rows, cols), field);
    for (boolean digitalMean : new boolean[] {true, false}) {
      TestBench bench = bench(mode, buffers);
      FourierTransformer transformer =
          new FourierTransformer(bench, TransformOptions.defaults().digitalMean(digitalMean));
      assertEquals(2, transformer.framesPerTransform(input.shape()));
      // The two frames carry all the light there is, √pixels in one bin at most, of which floats
      // keep 2^-24 of each count; four steps subtract two counts of up to (|F| + R)².
      double tolerance = mode == ReadoutMode.COHERENT ? 2e-6 : 2e-5;
      double[] forward = NaiveDft.forward(field, rows, cols);
      double[] inverse = NaiveDft.inverse(field, rows, cols);
      assertClose(forward, transformer.forward(input, 4), tolerance);
      assertClose(inverse, transformer.inverse(input, 4), tolerance);
      assertEquals(4, bench.loads);
    }
  }

  private static void assertClose(double[] truth, ComplexField got, double tolerance) {
    double error = NaiveDft.relativeError(got.values(), truth);
    assertTrue(error <= tolerance, () -> got.shape() + ": error " + error);
  }

  @Test
  void framesAreOnTheUnitCircleAndTheirMeanIsTheField() {
    float[] field = NaiveDft.randomField(9, 8, 1);
    float scale = (float) Math.sqrt(2); // keeps |a| ≤ 1
    for (int i = 0; i < field.length; i++) {
      field[i] /= scale;
    }
    // The centre, an almost dark pixel, the circle, and beyond it by a rounding.
    float[] special = {0, 0, 1e-30f, -1e-40f, 1, 0, 0.6f, 0.8f, 1 + 0x1p-23f, 0, 0, -1};
    System.arraycopy(special, 0, field, 0, special.length);
    FloatBuffer frames = FloatBuffer.allocate(3 + 4 * 72);
    DoublePhase.split(field, 0, 72, frames, 3);
    for (int i = 0; i < 144; i += 2) {
      for (int frame = 0; frame < 2; frame++) {
        double re = frames.get(3 + 144 * frame + i);
        double im = frames.get(3 + 144 * frame + i + 1);
        assertEquals(1, Math.hypot(re, im), 3e-7, "pixel " + i / 2);
      }
      for (int part = i; part < i + 2; part++) {
        double mean = 0.5 * ((double) frames.get(3 + part) + frames.get(147 + part));
        // Each of the two is rounded by up to half an ulp of 1.
        assertEquals(field[part], mean, 0x1p-24, "value " + part);
      }
    }
  }

  @Test
  void oneOfTheTwoFramesAloneIsFarOff() {
    // Negative control: the frame's other half, ±i(a/A)√(1−A²), is as bright as the field.
    float[] field = NaiveDft.randomField(16, 16, 3);
    float[] a = new float[field.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = field[i] / 1.5f;
    }
    FloatBuffer frames = FloatBuffer.allocate(2 * a.length);
    DoublePhase.split(a, 0, 256, frames, 0);
    float[] first = new float[a.length];
    frames.get(0, first);
    double error = NaiveDft.relativeError(first, NaiveDft.toDouble(a));
    assertTrue(error > 0.8, () -> "error " + error);
  }

  @Test
  void theFramesOfAFieldHaveConsecutiveRepeats() {
    TestBench bench = bench(ReadoutMode.COHERENT, BufferKind.HEAP);
    TransformBatch batch = new FourierTransformer(bench).batch(new FrameShape(4, 4), 2);
    batch.identify(0, 70, 0);
    batch.identify(1, 71, 5);
    batch.forward(2);
    assertEquals(
        List.of(List.of(70L, 0L), List.of(70L, 1L), List.of(71L, 10L), List.of(71L, 11L)),
        bench.shownIds);
    batch.identify(0, 1, Integer.MAX_VALUE / 2 - 1);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> batch.identify(0, 1, Integer.MAX_VALUE / 2 + 1),
        "2 frames");
  }

  @Test
  void darknessIsExactlyZero() {
    for (ReadoutMode mode : new ReadoutMode[] {ReadoutMode.COHERENT, ReadoutMode.FOUR_STEP}) {
      FourierTransformer transformer = new FourierTransformer(bench(mode, BufferKind.HEAP));
      assertArrayEquals(new float[40], transformer.forward(ComplexField.zeros(4, 5)).values(), 0f);
    }
  }

  @Test
  void modulatorsWithoutAnEncodingAreRefused() {
    TestBench bench = TestBench.ofFrames(new FrameShape(4, 4), true, Modulation.AMPLITUDE_ONLY);
    assertFails(
        ErrorCode.UNSUPPORTED, () -> new FourierTransformer(bench), "AMPLITUDE_ONLY", "encoding");
  }
}
