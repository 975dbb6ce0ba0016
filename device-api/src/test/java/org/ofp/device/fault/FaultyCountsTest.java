// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.TestBench;

/** Faults that alter counts. */
class FaultyCountsTest {
  private static final float FULL = 4095;
  private static final float BLACK = 20;
  private static final FrameShape SHAPE = new FrameShape(64, 64);
  private static final int N = SHAPE.pixels();

  private static TestBench bench() {
    return new TestBench(ReadoutMode.FOUR_STEP, 12, BufferKind.HEAP, BLACK);
  }

  /** A read of a uniform frame, whose light is in one pixel: all others are black. */
  private static DetectorFrame read(OpticalFourierDevice device, FrameShape shape, long id) {
    float[] uniform = new float[2 * shape.pixels()];
    for (int i = 0; i < uniform.length; i += 2) {
      uniform[i] = 1f / 64;
    }
    device.load(SlmFrame.of(shape, uniform, id));
    device.transform();
    DetectorFrame frame = DetectorFrame.allocate(shape, 1);
    device.read(Readout.plain(1), frame);
    return frame;
  }

  private static float[] counts(FrameSequence sequence, int i) {
    float[] counts = new float[Faulty.SHAPE.pixels() * sequence.readouts().size()];
    sequence.counts().get(sequence.countOffset(i, 0), counts);
    return counts;
  }

  @Test
  void aStaleFrameShowsTheFrameBeforeUnderItsOwnName() {
    OpticalFourierDevice device = Faulty.device(bench(), "stale=1");
    FrameSequence healthy = Faulty.sequence(3, ExposureControl.fixed());
    bench().submit(healthy, JobOptions.defaults());
    FrameSequence stale = Faulty.sequence(3, ExposureControl.fixed());
    device.submit(stale, JobOptions.defaults());
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(counts(healthy, 0), counts(stale, i), "nothing was before frame 0");
    }
    DetectorFrame read = read(device, SHAPE, 77);
    assertEquals(77, read.frameId(), "a frame of another shape cannot stay");
    assertEquals(78, read(device, SHAPE, 78).frameId());
    assertEquals(2, device.telemetry().framesLoaded());
  }

  @Test
  void saturatedValuesAreAtFullScaleAndCounted() {
    double share = 0.1;
    OpticalFourierDevice device = Faulty.device(bench(), "saturate=" + share);
    DetectorFrame first = read(device, SHAPE, 1);
    int full = valuesOf(first, FULL);
    assertEquals(share * N, full, 5 * Math.sqrt(N * share * (1 - share)));
    assertEquals(full, first.saturated());
    assertEquals(full, device.telemetry().saturatedPixels());
    assertArrayEquals(first.counts().array(), read(device, SHAPE, 1).counts().array());
    assertNotEquals(first.counts(), read(device, SHAPE, 2).counts(), "other pixels");
  }

  private static int valuesOf(DetectorFrame frame, float value) {
    int n = 0;
    for (float count : frame.counts().array()) {
      n += count == value ? 1 : 0;
    }
    return n;
  }

  @Test
  void stuckPixelsAreThoseOfTheSensor() {
    double share = 0.05;
    OpticalFourierDevice device = Faulty.device(bench(), "stuck=" + share);
    DetectorFrame a = read(device, SHAPE, 1);
    DetectorFrame b = read(device, SHAPE, 2);
    assertArrayEquals(a.counts().array(), b.counts().array());
    int stuck = N - 1 - valuesOf(a, BLACK);
    assertEquals(share * N, stuck, 5 * Math.sqrt(N * share * (1 - share)) + 1);
    assertEquals(0, a.saturated());
    // A window's pixels are those about the axis.
    FrameShape window = new FrameShape(16, 32);
    DetectorFrame small = read(device, window, 3);
    for (int i = 0; i < window.pixels(); i++) {
      int row = i / 32 + 32 - 8;
      int col = i % 32 + 32 - 16;
      if (i != 8 * 32 + 16) { // but for the light
        assertEquals(a.counts().get(row * 64 + col), small.counts().get(i), row + ", " + col);
      }
    }
  }

  @Test
  void driftChangesTheLightAndNotTheBlackLevel() {
    OpticalFourierDevice device = Faulty.device(bench(), "drift=-0.01");
    int axis = 32 * 64 + 32;
    float first = read(device, SHAPE, 1).counts().get(axis);
    for (int n = 1; n < 30; n++) {
      DetectorFrame frame = read(device, SHAPE, 1);
      assertEquals(BLACK + (first - BLACK) * (1 - 0.01 * n), frame.counts().get(axis), 0.5);
      assertEquals(BLACK, frame.counts().get(0));
    }
  }

  @Test
  void whatGrowsBeyondFullScaleClips() {
    FaultyCounts counts = new FaultyCounts(Faulty.plan("drift=0.01"), bench().description());
    DetectorFrame frame =
        new DetectorFrame(
            new FrameShape(1, 4), 1, FloatBuffer.wrap(new float[] {9, 20, 3000, 4000, FULL}), 1);
    assertEquals(1, counts.spoil(frame, 10, 0), "4095 was at full scale before");
    assertEquals(
        FloatBuffer.wrap(new float[] {9, 20, 20 + 2980 * 1.1f, FULL, FULL}), frame.counts());
  }

  @Test
  void bothQuadraturesAreSpoiltWithTheirSign() {
    OpticalFourierDevice device =
        Faulty.device(new TestBench(ReadoutMode.COHERENT, 12, BufferKind.HEAP, 0), "saturate=1");
    device.load(Faulty.frame(Faulty.sequence(1, ExposureControl.fixed()), 0));
    device.transform();
    DetectorFrame frame = DetectorFrame.allocate(Faulty.SHAPE, 2);
    device.read(Readout.plain(1e-3), frame);
    assertEquals(2 * Faulty.SHAPE.pixels(), frame.saturated());
    assertTrue(valuesOf(frame, 2047) > 0 && valuesOf(frame, -2047) > 0);
    assertEquals(frame.saturated(), valuesOf(frame, 2047) + valuesOf(frame, -2047));
  }

  @Test
  void aSensorWithoutFullScaleCannotSaturate() {
    for (String options : List.of("saturate=0.1", "stuck=0.1")) {
      assertFails(
          ErrorCode.UNSUPPORTED,
          () -> Faulty.device(TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP), options),
          "full scale",
          "adc.bits");
    }
    Faulty.device(TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP), "drift=0.01");
  }
}
