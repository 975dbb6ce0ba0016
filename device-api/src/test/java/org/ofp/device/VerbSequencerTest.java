// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the default {@code submit} makes of a sequence, on a device that writes down its verbs. */
class VerbSequencerTest {
  private static final FrameShape SHAPE = new FrameShape(2, 3);

  private static final class Recorder implements OpticalFourierDevice {
    final List<String> verbs = new ArrayList<>();
    final DeviceDescription description =
        TestBench.analogue(ReadoutMode.FOUR_STEP, BufferKind.HEAP).description();
    Runnable afterLoad = () -> {};
    private long id;
    private float next;

    @Override
    public DeviceDescription description() {
      return description;
    }

    @Override
    public void load(SlmFrame frame) {
      id = frame.id();
      verbs.add(
          "load "
              + frame.id()
              + "/"
              + frame.repeat()
              + " "
              + frame.amplitudes().get(frame.offset()));
      afterLoad.run();
    }

    @Override
    public void transform() {
      verbs.add("transform");
    }

    @Override
    public void read(Readout readout, DetectorFrame into) {
      verbs.add(
          "read " + (readout.referenceOn() ? readout.referencePhase() : "-") + readout.exposure());
      for (int i = 0; i < into.shape().pixels(); i++) {
        into.counts().put(into.offset() + i, next++);
      }
      into.describe(id, 0, readout.exposure(), readout.gain(), verbs.size(), "c", 0);
    }

    @Override
    public Telemetry telemetry() {
      return new Telemetry(0, 0, 0, Duration.ZERO);
    }

    @Override
    public void close() {}
  }

  private static FrameSequence sequence() {
    FrameSequence sequence =
        new FrameSequence(
            SHAPE,
            3,
            List.of(Readout.plain(0.5), Readout.withReference(2, 1)),
            1,
            ExposureControl.fixed(),
            FloatBuffer.allocate(36),
            FloatBuffer.allocate(36));
    for (int i = 0; i < 3; i++) {
      sequence.amplitudes().put(sequence.amplitudeOffset(i), i + 1f);
      sequence.identify(i, 100 + i, 7 * i);
    }
    return sequence;
  }

  @Test
  void runsTheVerbsFrameAfterFrame() {
    Recorder device = new Recorder();
    FrameSequence sequence = sequence().size(2);
    Job job = device.submit(sequence, JobOptions.defaults());
    assertTrue(job.isDone());
    job.await();
    assertEquals(
        List.of(
            "load 100/0 1.0",
            "transform",
            "read -0.5",
            "read 1.02.0",
            "load 101/7 2.0",
            "transform",
            "read -0.5",
            "read 1.02.0"),
        device.verbs);
    for (int i = 0; i < 24; i++) {
      assertEquals(i, sequence.counts().get(i), "counts lie in the order of the reads");
    }
    assertEquals(0, sequence.counts().get(24), "the third frame was not asked for");
    assertEquals(0.5, sequence.exposure(0, 0));
    assertEquals(2, sequence.exposure(0, 1));
    assertEquals(3, sequence.saturated(0, 0), "as the device said at its third verb");
    assertEquals(8, sequence.saturated(1, 1));
  }

  @Test
  void anEmptyJobTouchesNothing() {
    Recorder device = new Recorder();
    device.submit(sequence().size(0), JobOptions.defaults()).await();
    assertEquals(List.of(), device.verbs);
  }

  @Test
  void aPassedDeadlineStopsTheJob() {
    Recorder device = new Recorder();
    // A deadline in the past needs no clock to have passed.
    JobOptions late = new JobOptions(Optional.of(Duration.ofNanos(-1)));
    DeviceException e =
        assertFails(
            ErrorCode.DEADLINE_EXCEEDED, () -> device.submit(sequence(), late), "3 frames", "ms");
    assertTrue(e.retryable());
    assertEquals(List.of(), device.verbs);
    for (Duration ample : List.of(Duration.ofDays(1), ChronoUnit.FOREVER.getDuration())) {
      device.submit(sequence(), new JobOptions(Optional.of(ample)));
    }
  }

  @Test
  void anInterruptStopsTheJobBeforeTheNextFrame() {
    Recorder device = new Recorder();
    device.afterLoad =
        () -> {
          if (device.verbs.size() > 4) {
            Thread.currentThread().interrupt();
          }
        };
    assertFails(
        ErrorCode.CANCELLED, () -> device.submit(sequence(), JobOptions.defaults()), "interrupted");
    assertTrue(Thread.interrupted(), "the flag stays set for the caller");
    assertEquals(8, device.verbs.size(), "the second frame was finished, the third not begun");
  }

  @Test
  void anInadmissibleJobIsRefusedWhole() {
    Recorder device = new Recorder();
    FrameSequence large =
        new FrameSequence(
            new FrameShape(65, 1),
            1,
            List.of(Readout.plain(1)),
            1,
            ExposureControl.fixed(),
            FloatBuffer.allocate(130),
            FloatBuffer.allocate(65));
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME, () -> device.submit(large, JobOptions.defaults()), "65×1");
    assertEquals(List.of(), device.verbs);
  }

  @Test
  void meteringComesBeforeTheReadsAndSetsTheirExposure() {
    TestBench bench = new TestBench(ReadoutMode.FOUR_STEP, 12, BufferKind.HEAP, 0);
    FrameSequence sequence =
        new FrameSequence(
            SHAPE,
            1,
            FourierTransformer.readouts(ReadoutMode.FOUR_STEP, 1),
            1,
            ExposureControl.auto(0.8),
            FloatBuffer.wrap(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
            FloatBuffer.allocate(24));
    sequence.meterExposure(0, 1e-3);
    bench.submit(sequence, JobOptions.defaults()).await();
    int reads = bench.exposures.size();
    assertTrue(reads > 4, "metered");
    assertEquals(1e-3, bench.exposures.get(0), "metering starts where the caller said");
    for (double exposure : bench.exposures.subList(reads - 4, reads)) {
      assertEquals(sequence.exposure(0, 0), exposure);
    }
    assertEquals(1, bench.loads, "metering costs no loads");
  }

  @Test
  void meteredReadsKeepTheRatioOfTheReadouts() {
    TestBench bench = new TestBench(ReadoutMode.COHERENT, 12, BufferKind.HEAP, 0);
    FrameSequence sequence =
        new FrameSequence(
            SHAPE,
            2,
            List.of(Readout.plain(10), Readout.plain(30), Readout.plain(5)),
            2,
            ExposureControl.auto(0.8),
            FloatBuffer.allocate(24).put(0, 1f).put(12, 0.1f),
            FloatBuffer.allocate(72));
    sequence.meterExposure(0, 1);
    sequence.meterExposure(1, 10);
    bench.submit(sequence, JobOptions.defaults()).await();
    for (int i = 0; i < 2; i++) {
      double metered = sequence.exposure(i, 0);
      assertEquals(3 * metered, sequence.exposure(i, 1), 1e-12 * metered);
      assertEquals(metered / 2, sequence.exposure(i, 2), 1e-12 * metered);
      assertEquals(0, sequence.saturated(i, 0));
      assertTrue(sequence.saturated(i, 1) > 0, "three times what fills the range");
    }
    assertEquals(10, sequence.exposure(1, 0) / sequence.exposure(0, 0), 0.3, "each frame its own");
  }

  @Test
  void theFinishedJobIsOne() {
    assertSame(Job.completed(), Job.completed());
  }
}
