// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.ofp.device.Failures.assertFails;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameChecksTest {
  private static final FrameShape SHAPE = new FrameShape(3, 4);

  /** Heap, direct, a heap slice with an array offset, read-only, foreign byte order. */
  private static List<FloatBuffer> buffers(int offset, float[] values) {
    int room = offset + values.length;
    List<FloatBuffer> buffers =
        List.of(
            FloatBuffer.allocate(room),
            BufferKind.DIRECT.allocate(room),
            FloatBuffer.allocate(room + 5).position(5).slice(),
            ByteBuffer.allocateDirect(4 * room).order(ByteOrder.BIG_ENDIAN).asFloatBuffer());
    for (FloatBuffer buffer : buffers) {
      buffer.put(offset, values);
    }
    return List.of(
        buffers.get(0),
        buffers.get(1),
        buffers.get(2),
        buffers.get(3),
        buffers.get(0).asReadOnlyBuffer(),
        FloatBuffer.wrap(buffers.get(0).array()).limit(1));
  }

  private static float[] frame(Modulation modulation) {
    float[] a = new float[2 * SHAPE.pixels()];
    for (int i = 0; i < SHAPE.pixels(); i++) {
      a[2 * i] = 1;
    }
    if (modulation != Modulation.PHASE_ONLY) {
      a[6] = 0.25f;
    }
    return a;
  }

  private static void check(float[] frame, Modulation modulation) {
    for (FloatBuffer buffer : buffers(3, frame)) {
      FrameChecks.requireAdmissible(new SlmFrame(SHAPE, buffer, 3, 42, 0), with(modulation));
    }
  }

  private static void assertRejected(int row, int col, float re, float im, Modulation modulation) {
    float[] frame = frame(modulation);
    int i = 2 * (row * SHAPE.cols() + col);
    frame[i] = re;
    frame[i + 1] = im;
    for (FloatBuffer buffer : buffers(3, frame)) {
      SlmFrame slm = new SlmFrame(SHAPE, buffer, 3, 42, 0);
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME,
          () -> FrameChecks.requireAdmissible(slm, with(modulation)),
          "frame 42",
          "[" + row + "," + col + "]",
          Float.toString(re));
    }
  }

  private static Capabilities with(Modulation modulation) {
    return new Capabilities(
        new FrameShape(8, 8),
        true,
        modulation,
        0,
        0,
        ReadoutMode.COHERENT,
        0,
        1e-6,
        1,
        1,
        0,
        0,
        Determinism.NOISELESS,
        BufferKind.HEAP,
        1);
  }

  @ParameterizedTest
  @EnumSource(Modulation.class)
  void everyModulatorRejectsWhatNoneCanShow(Modulation modulation) {
    check(frame(modulation), modulation);
    assertRejected(0, 0, Float.NaN, 0, modulation);
    assertRejected(1, 2, 0.5f, Float.NaN, modulation);
    assertRejected(2, 3, Float.POSITIVE_INFINITY, 0, modulation);
    assertRejected(2, 0, 0, Float.NEGATIVE_INFINITY, modulation);
    assertRejected(1, 1, 1.01f, 0, modulation);
    assertRejected(1, 1, 3e38f, 3e38f, modulation);
    assertRejected(0, 3, -1.01f, 0, modulation);
  }

  @Test
  void namesTheFirstBadPixel() {
    float[] frame = frame(Modulation.COMPLEX);
    frame[2 * 5] = 7;
    frame[2 * 9] = 8;
    SlmFrame slm = SlmFrame.of(SHAPE, frame, 1);
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> FrameChecks.requireAdmissible(slm, with(Modulation.COMPLEX)),
        "7.0",
        "[1,1]");
  }

  @Test
  void amplitudesMayExceedOneByRounding() {
    float[] frame = frame(Modulation.COMPLEX);
    // The tolerance is 1e-6; a float near 1 lies within 6e-8 of what was meant, its square within
    // 2e-7: 9e-7 passes and 1.2e-6 does not, whatever the rounding.
    frame[0] = 1 + 9e-7f;
    frame[2] = 0;
    frame[3] = -(1 + 9e-7f);
    double diagonal = (1 + 8e-7) / Math.sqrt(2);
    frame[4] = (float) diagonal;
    frame[5] = (float) diagonal;
    check(frame, Modulation.COMPLEX);
    assertRejected(1, 0, 1 + 1.2e-6f, 0, Modulation.COMPLEX);
    float beyond = (float) ((1 + 1.3e-6) / Math.sqrt(2));
    assertRejected(1, 0, beyond, beyond, Modulation.COMPLEX);
  }

  @Test
  void phaseOnlyTakesTheUnitCircle() {
    float[] frame = frame(Modulation.PHASE_ONLY);
    frame[0] = 0.9991f;
    frame[2] = 1.0009f;
    frame[4] = -0.6f;
    frame[5] = 0.8f;
    check(frame, Modulation.PHASE_ONLY);
    assertRejected(0, 1, 0.9989f, 0, Modulation.PHASE_ONLY);
    assertRejected(0, 1, 1.0011f, 0, Modulation.PHASE_ONLY);
    assertRejected(2, 1, 0, 0, Modulation.PHASE_ONLY);
  }

  @Test
  void amplitudeOnlyTakesRealValues() {
    float[] frame = frame(Modulation.AMPLITUDE_ONLY);
    frame[0] = 0;
    frame[2] = -9e-7f;
    frame[3] = 9e-7f;
    frame[4] = 1;
    check(frame, Modulation.AMPLITUDE_ONLY);
    assertRejected(0, 1, -1e-3f, 0, Modulation.AMPLITUDE_ONLY);
    assertRejected(0, 1, 0.5f, 1e-3f, Modulation.AMPLITUDE_ONLY);
    assertRejected(0, 1, 0.5f, -1e-3f, Modulation.AMPLITUDE_ONLY);
  }

  @Test
  void valuesOutsideTheFrameDoNotMatter() {
    float[] three = new float[3 * 2 * SHAPE.pixels()];
    java.util.Arrays.fill(three, Float.NaN);
    java.util.Arrays.fill(three, 2 * SHAPE.pixels(), 4 * SHAPE.pixels(), 0.5f);
    for (FloatBuffer buffer : buffers(0, three)) {
      FrameChecks.requireAmplitudes(
          buffer.duplicate().clear(), 2 * SHAPE.pixels(), SHAPE, 1, Modulation.COMPLEX);
    }
  }

  @Test
  void shapesAreChecked() {
    Capabilities windows = with(Modulation.COMPLEX);
    FrameChecks.requireShape(new FrameShape(8, 8), windows);
    FrameChecks.requireShape(new FrameShape(1, 8), windows);
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> FrameChecks.requireShape(new FrameShape(9, 1), windows),
        "9×1",
        "8×8");
    Capabilities fixed =
        new Capabilities(
            new FrameShape(8, 8),
            false,
            Modulation.COMPLEX,
            0,
            0,
            ReadoutMode.COHERENT,
            0,
            1e-6,
            1,
            1,
            0,
            0,
            Determinism.NONE,
            BufferKind.HEAP,
            1);
    FrameChecks.requireShape(new FrameShape(8, 8), fixed);
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> FrameChecks.requireShape(new FrameShape(4, 4), fixed),
        "only",
        "8×8");
  }
}
