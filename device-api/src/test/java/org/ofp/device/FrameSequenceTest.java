// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.ofp.device.Failures.assertFails;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameSequenceTest {
  private static final FrameShape SHAPE = new FrameShape(3, 5);
  private static final List<Readout> THREE =
      List.of(Readout.plain(1), Readout.plain(2), Readout.plain(3));

  private static FrameSequence sequence(int capacity, int planes, FloatBuffer in, FloatBuffer out) {
    return new FrameSequence(SHAPE, capacity, THREE, planes, ExposureControl.fixed(), in, out);
  }

  @Test
  void offsetsTileTheBuffers() {
    int capacity = 4;
    int planes = 2;
    FrameSequence sequence =
        sequence(
            capacity,
            planes,
            FloatBuffer.allocate(capacity * 30),
            FloatBuffer.allocate(capacity * 3 * planes * 15));
    Set<Integer> values = new HashSet<>();
    for (int i = 0; i < capacity; i++) {
      assertEquals(30 * i, sequence.amplitudeOffset(i));
      for (int r = 0; r < 3; r++) {
        for (int p = 0; p < planes * 15; p++) {
          values.add(sequence.countOffset(i, r) + p);
        }
      }
    }
    assertEquals(capacity * 3 * planes * 15, values.size());
    assertEquals(0, values.stream().mapToInt(v -> v).min().orElseThrow());
    assertEquals(values.size() - 1, values.stream().mapToInt(v -> v).max().orElseThrow());
  }

  @Test
  void keepsWhatIsSaidAboutEveryFrame() {
    FrameSequence sequence =
        sequence(3, 1, FloatBuffer.allocate(90), FloatBuffer.allocate(3 * 3 * 15));
    for (int i = 0; i < 3; i++) {
      sequence.identify(i, -7L * i, i + 1);
      sequence.meterExposure(i, i + 0.5);
      for (int r = 0; r < 3; r++) {
        sequence.exposure(i, r, i + 0.25 * r);
        sequence.saturated(i, r, 10 * i + r);
      }
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(-7L * i, sequence.id(i));
      assertEquals(i + 1, sequence.repeat(i));
      assertEquals(i + 0.5, sequence.meterExposure(i));
      for (int r = 0; r < 3; r++) {
        assertEquals(i + 0.25 * r, sequence.exposure(i, r));
        assertEquals(10 * i + r, sequence.saturated(i, r));
      }
    }
  }

  @Test
  void checksItsBuffers() {
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(2, 1, FloatBuffer.allocate(59), FloatBuffer.allocate(90)),
        "60",
        "59");
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(2, 1, FloatBuffer.allocate(60), FloatBuffer.allocate(89)),
        "90",
        "89");
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(0, 1, FloatBuffer.allocate(60), FloatBuffer.allocate(90)));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(2, 0, FloatBuffer.allocate(60), FloatBuffer.allocate(90)));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(2, 1, FloatBuffer.allocate(60), FloatBuffer.allocate(90).asReadOnlyBuffer()),
        "read-only");
    // Values beyond an int must not wrap around.
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> sequence(1 << 30, 1, FloatBuffer.allocate(60), FloatBuffer.allocate(90)));
  }

  @Test
  void theSizeOfAJobIsBounded() {
    FrameSequence sequence = sequence(2, 1, FloatBuffer.allocate(60), FloatBuffer.allocate(90));
    assertEquals(2, sequence.size());
    assertEquals(0, sequence.size(0).size());
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> sequence.size(3), "3", "2");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> sequence.size(-1));
  }

  @Test
  void positionAndLimitPlayNoPart() {
    FloatBuffer in = FloatBuffer.allocate(60);
    FloatBuffer out = BufferKind.DIRECT.allocate(90);
    in.put(59, 0.5f);
    in.position(7).limit(10);
    out.position(7).limit(10);
    FrameSequence sequence = sequence(2, 1, in, out);
    assertEquals(0.5f, sequence.amplitudes().get(59));
    sequence.counts().put(89, 3f);
    assertEquals(3f, out.duplicate().clear().get(89), "the caller's own memory");
    assertEquals(7, in.position());
    assertEquals(10, in.limit());
    DetectorFrame read = new DetectorFrame(SHAPE, 1, out, 75);
    assertEquals(3f, read.peak());
    SlmFrame frame = new SlmFrame(SHAPE, in, 30, 0, 0);
    assertEquals(0.5f, frame.amplitudes().get(59));
  }

  @Test
  void framesCheckTheirRoom() {
    FloatBuffer small = FloatBuffer.allocate(29);
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new SlmFrame(SHAPE, small, 0, 0, 0), "30", "29");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new SlmFrame(SHAPE, small, -1, 0, 0));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new DetectorFrame(SHAPE, 2, small, 0));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> new DetectorFrame(SHAPE, 1, small, Integer.MAX_VALUE),
        "15");
  }

  @Test
  void aPeakIsTheLargestMagnitudeOfTheFrameAlone() {
    FloatBuffer counts = FloatBuffer.allocate(50);
    counts.put(9, 1000f).put(10, -3f).put(24, 2f).put(25, 2000f);
    assertEquals(3f, new DetectorFrame(SHAPE, 1, counts, 10).peak());
  }

  @Test
  void admissibilityIsCheckedBeforeTheFirstFrame() {
    Capabilities device =
        TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP).description().capabilities();
    FrameSequence onePlane = sequence(1, 1, FloatBuffer.allocate(30), FloatBuffer.allocate(45));
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> onePlane.requireAdmissible(device), "2 plane", "1");
    FrameSequence tooLong =
        new FrameSequence(
            SHAPE,
            1,
            List.of(Readout.plain(1e10)),
            2,
            ExposureControl.fixed(),
            FloatBuffer.allocate(30),
            FloatBuffer.allocate(30));
    assertFails(
        ErrorCode.INADMISSIBLE_READOUT, () -> tooLong.requireAdmissible(device), "1.0E10 s");
  }

  @Test
  void readoutsAreChecked() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFails(ErrorCode.INADMISSIBLE_READOUT, () -> Readout.plain(bad));
      assertFails(ErrorCode.INADMISSIBLE_READOUT, () -> new Readout(1, bad, false, 0));
    }
    assertFails(ErrorCode.INADMISSIBLE_READOUT, () -> Readout.withReference(1, Double.NaN));
    Capabilities intensity =
        TestBench.analogue(ReadoutMode.INTENSITY, BufferKind.HEAP).description().capabilities();
    Readout.plain(1).requireWithin(intensity);
    assertFails(
        ErrorCode.INADMISSIBLE_READOUT,
        () -> Readout.withReference(1, 0).requireWithin(intensity),
        "reference");
  }

  @Test
  void calibrationsAndTargetsAreChecked() {
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("", 1, 1, 1, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", 0, 1, 1, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", Double.NaN, 1, 1, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", 1, -1, 1, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", 1, 1, 0, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", 1, 1, 1.1, 0, 1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Calibration("a", 1, 1, 1, 5, 5));
    for (double bad : new double[] {0, -0.1, 1.01, Double.NaN}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> ExposureControl.auto(bad));
    }
  }

  @Test
  void fieldsAreChecked() {
    ComplexField field = ComplexField.ofReal(1, 2, new float[] {3, 4});
    assertEquals(4, field.re(0, 1));
    assertEquals(0, field.im(0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> field.re(0, 2));
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> new ComplexField(SHAPE, new float[29]), "30", "29");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> ComplexField.ofReal(1, 2, new float[3]), "2");
  }
}
