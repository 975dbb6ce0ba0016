// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Devices;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** The GPU's benches against the simulator's: the same frames, seeds and reads, count by count. */
abstract class DifferentialContract {
  /** Small panels: the settling one is worked on as a whole. Frames are windows of it, or all. */
  private static final String PANEL = "rows=24&cols=20&seed=11";

  private static final List<FrameShape> SHAPES =
      List.of(
          new FrameShape(24, 20),
          new FrameShape(16, 16),
          new FrameShape(15, 20),
          new FrameShape(7, 13),
          new FrameShape(1, 11),
          new FrameShape(9, 1));

  private static final int FRAMES = 3;

  /**
   * Share of counts that a rounding may tip: transforms of up to 20 000 pixels differ by some 5e-7
   * of the RMS field, four-step counts by as much of some 3000 digital numbers, 0.002, so that 1 in
   * 300 lies close enough to the middle between two numbers; three times that is allowed.
   */
  private static final double TIPPED = 0.01;

  /** Without a converter the counts differ by the transforms' rounding, of the largest count. */
  private static final double RELATIVE = 3e-6;

  /** A bench on the GPU under test, or its emulation. */
  abstract OpticalFourierDevice open(Benches.Case bench, String options);

  /** Whether the transforms are those of the simulator, bit for bit. */
  abstract boolean sameTransforms();

  @ParameterizedTest
  @MethodSource("org.ofp.cuda.Benches#all")
  void countsAreTheSimulators(Benches.Case bench) {
    long compared = 0;
    long tipped = 0;
    try (OpticalFourierDevice gpu = open(bench, PANEL);
        OpticalFourierDevice sim = Devices.open(bench.simulator(PANEL))) {
      assertEquals(sim.description().capabilities(), gpu.description().capabilities());
      assertEquals(sim.description().calibration(), gpu.description().calibration());
      for (FrameShape shape : SHAPES) {
        if (!sim.description().capabilities().accepts(shape)) {
          continue;
        }
        float[] frames = Benches.frames(bench, FRAMES * shape.pixels(), shape.pixels());
        FrameSequence expected = submit(sim, shape, frames);
        FrameSequence actual = submit(gpu, shape, frames);
        tipped += compare(bench, expected, actual);
        compared += expected.counts().capacity();
      }
      Benches.assertSameCounts(sim.telemetry(), gpu.telemetry());
    }
    System.out.printf("%s: %d counts, %d tipped%n", bench, compared, tipped);
    assertTrue(tipped <= TIPPED * compared, tipped + " of " + compared + " counts differ");
  }

  private static FrameSequence submit(
      OpticalFourierDevice device, FrameShape shape, float[] frames) {
    Capabilities capabilities = device.description().capabilities();
    List<Readout> readouts =
        FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure());
    int planes = capabilities.readout().planes();
    boolean metered = device.description().calibration().fullScale() < Double.POSITIVE_INFINITY;
    FrameSequence sequence =
        new FrameSequence(
            shape,
            FRAMES,
            readouts,
            planes,
            metered ? ExposureControl.auto(0.8) : ExposureControl.fixed(),
            FloatBuffer.wrap(frames.clone()),
            FloatBuffer.allocate(FRAMES * readouts.size() * planes * shape.pixels()));
    for (int i = 0; i < FRAMES; i++) {
      sequence.identify(i, 1000 + i, i);
      sequence.meterExposure(i, capabilities.defaultExposure() / 7);
    }
    device.submit(sequence, JobOptions.defaults()).await();
    return sequence;
  }

  private long compare(Benches.Case bench, FrameSequence expected, FrameSequence actual) {
    String label = bench + ", frames of " + expected.shape();
    float[] e = expected.counts().array();
    float[] a = actual.counts().array();
    if (sameTransforms() && bench.modulator() == Benches.Modulator.EXACT) {
      assertArrayEquals(e, a, label);
      for (int i = 0; i < FRAMES; i++) {
        for (int r = 0; r < expected.readouts().size(); r++) {
          assertEquals(expected.exposure(i, r), actual.exposure(i, r), label);
          assertEquals(expected.saturated(i, r), actual.saturated(i, r), label);
        }
      }
      return 0;
    }
    return compareRounded(label, e, a);
  }

  private static long compareRounded(String label, float[] e, float[] a) {
    boolean whole = true;
    float greatest = 0;
    for (float count : e) {
      whole &= count == Math.rint(count);
      greatest = Math.max(greatest, Math.abs(count));
    }
    double allowed = whole ? 1 : RELATIVE * greatest;
    long tipped = 0;
    for (int i = 0; i < e.length; i++) {
      if (e[i] != a[i]) {
        assertEquals(e[i], a[i], allowed, label + ", count " + i);
        tipped += whole ? 1 : 0;
      }
    }
    return tipped;
  }

  /** A negative control: another seed gives other counts, so the comparison above can fail. */
  @Test
  void anotherSeedGivesOtherCounts() {
    Benches.Case bench =
        new Benches.Case("demonstrator", "rows=16&cols=16", Benches.Modulator.EXACT);
    FrameShape shape = new FrameShape(16, 16);
    float[] frames = Benches.frames(bench, FRAMES * shape.pixels(), 1);
    try (OpticalFourierDevice gpu = open(bench, "seed=1");
        OpticalFourierDevice sim = Devices.open(bench.simulator("seed=2"))) {
      float[] a = submit(gpu, shape, frames).counts().array();
      float[] e = submit(sim, shape, frames).counts().array();
      int differing = 0;
      for (int i = 0; i < e.length; i++) {
        differing += e[i] == a[i] ? 0 : 1;
      }
      assertTrue(differing > e.length / 2, differing + " of " + e.length);
    }
  }

  /** The verbs, one frame after the other, give what the job gives; reads may be repeated. */
  @Test
  void verbsGiveTheSameCounts() {
    Benches.Case bench = new Benches.Case("demonstrator", "", Benches.Modulator.EXACT);
    FrameShape shape = new FrameShape(15, 12);
    float[] frame = Benches.frames(bench, shape.pixels(), 5);
    try (OpticalFourierDevice gpu = open(bench, PANEL);
        OpticalFourierDevice sim = Devices.open(bench.simulator(PANEL))) {
      for (int round = 0; round < 2; round++) {
        for (OpticalFourierDevice device : List.of(gpu, sim)) {
          device.load(SlmFrame.of(shape, frame, 77));
          device.transform();
        }
        for (Readout readout :
            FourierTransformer.readouts(sim.description().capabilities().readout(), 2e-4)) {
          DetectorFrame e = DetectorFrame.allocate(shape, 1);
          DetectorFrame a = DetectorFrame.allocate(shape, 1);
          sim.read(readout, e);
          gpu.read(readout, a);
          if (sameTransforms()) {
            assertArrayEquals(e.counts().array(), a.counts().array());
          } else {
            compareRounded("verbs", e.counts().array(), a.counts().array());
          }
          assertEquals(e.timestampNanos(), a.timestampNanos());
          assertEquals(e.calibrationId(), a.calibrationId());
        }
      }
    }
  }
}
