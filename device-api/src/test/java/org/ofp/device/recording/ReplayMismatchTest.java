// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.ofp.device.recording.Recordings.assertFails;
import static org.ofp.device.recording.Recordings.assertSame;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.DetectorFrame;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** A request that was not recorded is refused, with the first frame that differs and how. */
class ReplayMismatchTest {
  private static final FrameShape SHAPE = new FrameShape(6, 5);

  @TempDir Path folder;
  private FrameSequence recorded;

  @BeforeEach
  void record() {
    recorded = StubBench.sequence(new Random(3), SHAPE, 4, 2);
    for (int i = 0; i < 4; i++) {
      recorded.identify(i, 100 + i, 0);
    }
    try (OpticalFourierDevice device =
        Recordings.record(new StubBench(3, 32), folder.resolve("run.ofpr"), false)) {
      device.submit(recorded, JobOptions.defaults()).await();
    }
  }

  private void assertRefused(FrameSequence job, String... parts) {
    try (OpticalFourierDevice replay = Recordings.replay(folder.resolve("run.ofpr"), false)) {
      assertFails(
          ErrorCode.REPLAY_MISMATCH,
          () -> replay.submit(job, JobOptions.defaults()).await(),
          parts);
      // It goes on working.
      FrameSequence right = StubBench.copy(recorded);
      replay.submit(right, JobOptions.defaults()).await();
      assertSame(recorded, right);
    }
  }

  @Test
  void unknownIdAndRepeat() {
    FrameSequence job = StubBench.copy(recorded);
    job.identify(2, 999, 0);
    assertRefused(job, "frame 2 of the job (id 999, repeat 0)", "no frame of this id");
    job.identify(1, 101, 5);
    assertRefused(job, "frame 1 of the job", "repeat 5 is asked for, 0 was recorded");
  }

  @Test
  void theFirstOtherPixelIsNamed() {
    FrameSequence job = StubBench.copy(recorded);
    int offset = job.amplitudeOffset(3);
    float before = job.amplitudes().get(offset + 2 * (4 * 5 + 3) + 1);
    job.amplitudes().put(offset + 2 * (4 * 5 + 3) + 1, 0.125f);
    job.amplitudes().put(offset + 2 * (5 * 5 + 1), 0.25f);
    assertRefused(
        job, "frame 3 of the job (id 103", "pixel [4,3] asks for", "0.125)", before + ")");
    job = StubBench.copy(recorded);
    job.amplitudes().put(0, Math.nextUp(job.amplitudes().get(0)));
    assertRefused(job, "frame 0 of the job", "pixel [0,0]");
  }

  @Test
  void otherReadoutsAndControl() {
    List<Readout> readouts = recorded.readouts();
    assertRefused(
        like(SHAPE, List.of(readouts.get(0)), recorded.exposureControl()),
        "frame 0",
        "1 reads are asked for, 2 were recorded");
    assertRefused(
        like(
            SHAPE,
            List.of(readouts.get(0), readouts.get(1).exposure(0.125)),
            recorded.exposureControl()),
        "read 1 is to be Readout[exposure=0.125",
        "recorded was Readout[exposure=0.2");
    assertRefused(like(SHAPE, readouts, ExposureControl.auto(0.5)), "target=0.5", "target=0.");
    assertRefused(
        like(new FrameShape(5, 6), readouts, recorded.exposureControl()),
        "it has 5×6 pixels, 6×5 were recorded");
  }

  private FrameSequence like(FrameShape shape, List<Readout> readouts, ExposureControl control) {
    FrameSequence other =
        new FrameSequence(
            shape, 4, readouts, 2, control, recorded.amplitudes(), recorded.counts().duplicate());
    FrameSequence job = StubBench.copy(other);
    for (int i = 0; i < 4; i++) {
      job.identify(i, recorded.id(i), recorded.repeat(i));
      job.meterExposure(i, recorded.meterExposure(i));
    }
    return job;
  }

  @Test
  void strictOrderIsKept() {
    try (OpticalFourierDevice replay = Recordings.replay(folder.resolve("run.ofpr"), true)) {
      FrameSequence swapped = StubBench.copy(recorded);
      swapped.identify(1, 102, 0);
      assertFails(
          ErrorCode.REPLAY_MISMATCH,
          () -> replay.submit(swapped, JobOptions.defaults()).await(),
          "frame 1 of the job",
          "turn of recorded frame 1",
          "id 102 is asked for, id 101 was recorded");
    }
    try (OpticalFourierDevice replay = Recordings.replay(folder.resolve("run.ofpr"), true)) {
      replay.submit(StubBench.copy(recorded), JobOptions.defaults()).await();
      assertFails(
          ErrorCode.REPLAY_MISMATCH,
          () -> replay.submit(StubBench.copy(recorded), JobOptions.defaults()).await(),
          "all 4 recorded frames have been served");
    }
  }

  @Test
  void verbsAreRefusedToo() {
    try (OpticalFourierDevice replay = Recordings.replay(folder.resolve("run.ofpr"), false)) {
      assertFails(ErrorCode.ILLEGAL_STATE, replay::transform, "load");
      replay.load(new SlmFrame(SHAPE, recorded.amplitudes(), 0, 1, 0));
      DetectorFrame into = DetectorFrame.allocate(SHAPE, 2);
      assertFails(ErrorCode.ILLEGAL_STATE, () -> replay.read(Readout.plain(1), into), "transform");
      replay.transform();
      assertFails(
          ErrorCode.REPLAY_MISMATCH,
          () -> replay.read(Readout.plain(1), into),
          "the frame that is loaded (id 1, repeat 0)");
      assertFails(ErrorCode.INADMISSIBLE_FRAME, () -> replay.load(nan()), "scale the frame");
    }
  }

  private static SlmFrame nan() {
    float[] amplitudes = new float[2 * SHAPE.pixels()];
    amplitudes[7] = Float.NaN;
    return SlmFrame.of(SHAPE, amplitudes, 1);
  }
}
