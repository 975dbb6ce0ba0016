// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.Readout;
import org.ofp.device.Telemetry;

/** Chapter S: jobs of many frames, their order, deadlines and interrupts. */
public abstract class SequenceRules extends RuleChapter {
  private static final int FRAMES = 12;

  /** Longest time in which a job must have noticed an interrupt, in seconds. */
  private static final double NOTICE = 5;

  @Rule("S1")
  void s1AJobGivesWhatTheVerbsGive() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(51);
    Readout readout = Readings.readout(bench, frame);
    DetectorFrame verbs = bench.show(frame, 501, 2, readout);
    FrameSequence sequence = bench.sequence(List.of(frame), List.of(readout));
    sequence.identify(0, 501, 2);
    Readings.requireAlike(
        bench, "a frame in a job", bench.counts(bench.run(sequence), 0), Readings.counts(verbs));
  }

  @Rule("S2")
  void s2EveryResultBelongsToItsFrame() {
    bench.requirePatterns();
    List<TestFrame> numbered = numbered(FRAMES);
    Readout readout = readout(numbered);
    List<float[]> alone = new ArrayList<>();
    for (TestFrame frame : numbered) {
      alone.add(bench.counts(bench.run(bench.sequence(List.of(frame), List.of(readout))), 0));
    }
    FrameSequence sequence = bench.sequence(numbered, List.of(readout));
    for (int i = 0; i < FRAMES; i++) {
      sequence.identify(i, (i * 7919L) ^ -i, i % 3); // ids say nothing about the order
    }
    bench.run(sequence);
    for (int i = 0; i < FRAMES; i++) {
      int seen = mostAlike(bench.counts(sequence, i), alone);
      Expect.that(seen == i, "the result of frame " + i + " of a job shows frame " + seen);
    }
  }

  private static int mostAlike(float[] counts, List<float[]> pictures) {
    int best = -1;
    double likeness = -1;
    for (int i = 0; i < pictures.size(); i++) {
      double candidate = Readings.likeness(counts, pictures.get(i));
      if (candidate > likeness) {
        likeness = candidate;
        best = i;
      }
    }
    return best;
  }

  private List<TestFrame> numbered(int n) {
    List<TestFrame> frames = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      frames.add(bench.patterns().random(1000 + i));
    }
    return frames;
  }

  /** A read that suits all of the frames. */
  private Readout readout(List<TestFrame> frames) {
    Readout shortest = Readings.readout(bench, frames.get(0));
    for (TestFrame frame : frames) {
      Readout readout = Readings.readout(bench, frame);
      shortest = readout.exposure() < shortest.exposure() ? readout : shortest;
    }
    return shortest;
  }

  @Rule("S3")
  void s3EveryResultBelongsToItsReadout() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(53);
    double exposure = bench.exposureFor(frame);
    double quarter = bench.capabilities().clampExposure(exposure / 4);
    Applicability.requires(quarter < 0.3 * exposure, "the exposure cannot be made a quarter");
    FrameSequence sequence =
        bench.run(
            bench.sequence(
                List.of(frame, frame), List.of(Readout.plain(quarter), Readout.plain(exposure))));
    int half = bench.counts(sequence, 0).length / 2;
    for (int i = 0; i < 2; i++) {
      float[] counts = bench.counts(sequence, i);
      float[] faint = Arrays.copyOf(counts, half);
      float[] bright = Arrays.copyOfRange(counts, half, 2 * half);
      double slope = Counts.slope(faint, bright);
      Expect.that(
          slope < 0.6,
          String.format(
              "the first readout of a frame is a quarter as long as the second and has %.2f times"
                  + " the counts",
              slope));
    }
  }

  @Rule("S4")
  void s4OnlyTheJobsFramesAreWritten() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    FrameSequence sequence = bench.sequence(Collections.nCopies(4, frame), List.of(bench.plain()));
    bench.run(sequence.size(0));
    requireUnwritten(sequence, 0);
    bench.run(sequence.size(2));
    requireUnwritten(sequence, 2);
    for (int i = 0; i < 2; i++) {
      for (float count : bench.counts(sequence, i)) {
        Expect.that(!Float.isNaN(count), "frame " + i + " of a job was not written");
      }
    }
  }

  private void requireUnwritten(FrameSequence sequence, int from) {
    for (int i = from; i < sequence.capacity(); i++) {
      for (float count : bench.counts(sequence, i)) {
        Expect.that(
            Float.isNaN(count), "a job of " + from + " frames wrote the result of frame " + i);
      }
    }
  }

  @Rule("S5")
  void s5ASequenceMayBeUsedAgain() {
    bench.requirePatterns();
    List<TestFrame> frames = numbered(2);
    Readout readout = readout(frames);
    FrameSequence sequence = bench.sequence(List.of(frames.get(0)), List.of(readout));
    bench.run(sequence);
    sequence.amplitudes().put(0, frames.get(1).amplitudes());
    sequence.identify(0, 555, 0);
    bench.run(sequence);
    Readings.requireAlike(
        bench,
        "the second job with one sequence",
        bench.counts(sequence, 0),
        Readings.counts(bench.show(frames.get(1), 555, 0, readout)));
  }

  @Rule("S6")
  void s6AutomaticExposureUsesTheRangeWithoutClipping() {
    bench.requirePatterns();
    Applicability.requires(
        bench.range() < Double.POSITIVE_INFINITY, "the readout declares no full scale");
    TestFrame frame = bench.patterns().random(56);
    double suitable = bench.exposureFor(frame);
    // The readouts themselves ask for an exposure that clips.
    double bright = bench.capabilities().clampExposure(16 * suitable);
    FrameSequence sequence =
        bench.sequence(
            List.of(frame),
            bench.readouts(bright),
            ExposureControl.auto(ExposureControl.DEFAULT_TARGET),
            BufferKind.HEAP);
    sequence.meterExposure(0, bench.capabilities().clampExposure(suitable / 8));
    bench.run(sequence);
    requireMetered(sequence);
  }

  private void requireMetered(FrameSequence sequence) {
    double exposure = sequence.exposure(0, 0);
    for (int r = 0; r < sequence.readouts().size(); r++) {
      Expect.that(
          exposure <= bench.capabilities().minExposure() || sequence.saturated(0, r) == 0,
          "a metered read clipped " + sequence.saturated(0, r) + " values");
    }
    double peak = 0;
    for (float count : bench.counts(sequence, 0)) {
      peak = Math.max(peak, Math.abs(count));
    }
    double share = (peak - bench.calibration().blackLevel()) / bench.range();
    // The brightest pixel need not have the worst reference phase, nor one quadrature all of |F|.
    Expect.that(
        share >= ExposureControl.DEFAULT_TARGET / 4
            || exposure >= 0.99 * bench.capabilities().maxExposure(),
        String.format("a metered read of %.3g s uses %.0f %% of the range", exposure, 100 * share));
  }

  @Rule("S7")
  void s7AJobIsDoneAfterWaiting() {
    Job job = device.submit(simple(2), JobOptions.defaults());
    job.await();
    Expect.that(job.isDone(), "isDone() is false after await()");
    job.await();
  }

  private FrameSequence simple(int frames) {
    return bench.sequence(
        Collections.nCopies(frames, bench.patterns().uniform(1, 0)), List.of(bench.plain()));
  }

  @Rule("S8")
  void s8APassedDeadlineEndsTheJob() {
    JobOptions late = new JobOptions(Optional.of(Duration.ofNanos(1)));
    DeviceException e =
        Expect.error(
            ErrorCode.DEADLINE_EXCEEDED,
            "a job of 64 frames with a deadline of 1 ns",
            () -> device.submit(simple(64), late).await());
    Expect.that(e.retryable(), "DEADLINE_EXCEEDED must be retryable");
  }

  @Rule("S9")
  void s9ADistantDeadlineChangesNothing() {
    JobOptions options = new JobOptions(Optional.of(Duration.ofHours(1)));
    device.submit(simple(3), options).await();
  }

  @Rule("S10")
  void s10AnInterruptedCallerGetsCancelled() {
    Thread.currentThread().interrupt();
    boolean kept;
    try {
      Expect.jobError(ErrorCode.CANCELLED, "a job of an interrupted thread", device, simple(64));
    } finally {
      kept = Thread.interrupted();
    }
    Expect.that(kept, "the thread's interrupt status was cleared");
  }

  @Rule("S11")
  void s11AnInterruptEndsARunningJob() throws InterruptedException {
    FrameSequence job = simple(longJob());
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                bench.run(job);
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            },
            "ofp-tck job");
    worker.start();
    Thread.sleep(20);
    worker.interrupt();
    worker.join((long) (1000 * NOTICE));
    Expect.that(!worker.isAlive(), "an interrupted job was still running after " + NOTICE + " s");
    RuntimeException end = thrown.get();
    boolean cancelled =
        end instanceof DeviceException failure && failure.code() == ErrorCode.CANCELLED;
    Expect.that(
        end == null || cancelled,
        "an interrupted job must end in CANCELLED or in its result, not in " + end);
  }

  /** Frames that would keep the device busy for about twice as long as it may take to notice. */
  private int longJob() {
    int probe = 8;
    long start = System.nanoTime();
    bench.run(simple(probe));
    double perFrame = (System.nanoTime() - start) / 1e9 / probe;
    int most = Math.max(1, (1 << 20) / bench.shape().pixels());
    return (int) Math.max(1, Math.min(most, 2 * NOTICE / perFrame));
  }

  @Rule("S12")
  void s12AnImpossibleJobIsRefusedBeforeItsFirstFrame() {
    FrameShape shape = bench.shape();
    int planes = bench.capabilities().readout().planes() + 1;
    FrameSequence wide =
        new FrameSequence(
            shape,
            1,
            List.of(bench.plain()),
            planes,
            ExposureControl.fixed(),
            BufferKind.HEAP.allocate(2 * shape.pixels()),
            BufferKind.HEAP.allocate(planes * shape.pixels()));
    long shown = device.telemetry().framesLoaded();
    Expect.jobError(ErrorCode.INVALID_ARGUMENT, "a job with a plane too many", device, wide);
    double tooLong = 2 * bench.capabilities().maxExposure();
    if (tooLong < Double.POSITIVE_INFINITY) {
      Expect.jobError(
          ErrorCode.INADMISSIBLE_READOUT,
          "a job with too long an exposure",
          device,
          bench.sequence(List.of(bench.patterns().uniform(1, 0)), List.of(Readout.plain(tooLong))));
    }
    Expect.that(
        device.telemetry().framesLoaded() == shown, "frames of an impossible job were shown");
  }

  @Rule("S13")
  void s13TelemetryCountsFramesAndReads() {
    Telemetry before = device.telemetry();
    Readout readout = bench.plain();
    FrameSequence sequence =
        bench.sequence(
            Collections.nCopies(5, bench.patterns().uniform(1, 0)), List.of(readout, readout));
    bench.run(sequence);
    bench.show(bench.patterns().uniform(1, 0), 1, 0, readout);
    Telemetry after = device.telemetry();
    long frames = after.framesLoaded() - before.framesLoaded();
    long reads = after.reads() - before.reads();
    Expect.that(
        frames == 6 && reads == 11,
        "6 frames and 11 reads were counted as " + frames + " and " + reads);
  }

  @Rule("S14")
  void s14TelemetryCountsClippedValues() {
    long before = device.telemetry().saturatedPixels();
    TestFrame frame = bench.patterns().uniform(1, 0);
    Readout longest = Readout.plain(Math.min(2, bench.capabilities().maxExposure()));
    FrameSequence sequence = bench.run(bench.sequence(List.of(frame), List.of(longest)));
    long clipped = device.telemetry().saturatedPixels() - before;
    Expect.that(
        clipped == sequence.saturated(0, 0),
        sequence.saturated(0, 0) + " clipped values were counted as " + clipped);
  }

  @Rule("S15")
  void s15DeviceTimeIncludesTheExposures() {
    Duration before = device.telemetry().deviceTime();
    FrameSequence sequence = simple(3);
    bench.run(sequence);
    double passed = device.telemetry().deviceTime().minus(before).toNanos() / 1e9;
    double exposed = 3 * bench.plain().exposure();
    Expect.that(
        passed >= 0.99 * exposed - 1e-8,
        "the device was busy for " + passed + " s with exposures of " + exposed + " s");
  }

  @Rule("S19")
  void s19MeteredReadsKeepTheirRatio() {
    bench.requirePatterns();
    Applicability.requires(
        bench.range() < Double.POSITIVE_INFINITY, "the readout declares no full scale");
    TestFrame frame = bench.patterns().random(57);
    double suitable = bench.exposureFor(frame);
    Applicability.requires(
        suitable / 4 > bench.capabilities().minExposure(), "the exposure cannot be made a quarter");
    List<Readout> readouts = new ArrayList<>(bench.readouts(suitable));
    readouts.addAll(bench.readouts(suitable / 2));
    FrameSequence sequence =
        bench.sequence(
            List.of(frame),
            readouts,
            ExposureControl.auto(ExposureControl.DEFAULT_TARGET),
            BufferKind.HEAP);
    sequence.meterExposure(0, bench.capabilities().clampExposure(suitable / 8));
    bench.run(sequence);
    int half = readouts.size() / 2;
    for (int r = 0; r < half; r++) {
      double share = sequence.exposure(0, half + r) / sequence.exposure(0, r);
      Expect.that(
          Math.abs(share - 0.5) < 1e-6,
          "a metered read that was asked for half of the first's exposure reports "
              + share
              + " times as much");
    }
    float[] counts = bench.counts(sequence, 0);
    double slope =
        Counts.slope(
            Arrays.copyOfRange(counts, counts.length / 2, counts.length),
            Arrays.copyOf(counts, counts.length / 2));
    Expect.that(
        slope > 0.35 && slope < 0.65,
        String.format("in half of the exposure a metered read has %.2f times the counts", slope));
  }
}
