// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;

/**
 * Chapter S, continued: jobs that run on after {@code submit}, and what jobs tell of themselves.
 */
public abstract class JobRules extends RuleChapter {
  /** Longest time in which a job must have noticed that it was cancelled, in seconds. */
  private static final long NOTICE = 5;

  private static final int FRAMES = 40;

  private FrameSequence simple(int frames) {
    return bench.sequence(
        Collections.nCopies(frames, bench.patterns().uniform(1, 0)), List.of(bench.plain()));
  }

  private Job submit(FrameSequence sequence) {
    return device.submit(sequence, JobOptions.defaults());
  }

  @Rule("S20")
  void s20ACancelledJobEnds() throws InterruptedException {
    Job job = submit(simple(FRAMES));
    boolean running = job.cancel();
    AtomicInteger ended = new AtomicInteger();
    RuntimeException[] thrown = new RuntimeException[1];
    Thread waiting =
        new Thread(
            () -> {
              try {
                job.await();
              } catch (RuntimeException e) {
                thrown[0] = e;
              }
              ended.incrementAndGet();
            },
            "ofp-tck job");
    waiting.setDaemon(true);
    waiting.start();
    waiting.join(1000 * NOTICE);
    Expect.that(ended.get() == 1, "a cancelled job was still running after " + NOTICE + " s");
    boolean cancelled =
        thrown[0] instanceof DeviceException failure && failure.code() == ErrorCode.CANCELLED;
    Expect.that(
        thrown[0] == null || (cancelled && running),
        "a cancelled job must end in CANCELLED or in its result, not in " + thrown[0]);
    Expect.that(!job.cancel(), "cancel() says that a job which is done was running");
    bench.run(simple(2));
  }

  @Rule("S21")
  void s21ProgressGoesOnToTheEnd() {
    Job job = submit(simple(FRAMES));
    Job.JobProgress last = job.progress();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(NOTICE);
    while (!last.done() && System.nanoTime() < end) {
      Job.JobProgress next = job.progress();
      Expect.that(
          next.framesDone() >= last.framesDone(),
          "progress went back from " + last.framesDone() + " to " + next.framesDone() + " frames");
      last = next;
    }
    job.await();
    last = job.progress();
    Expect.that(
        last.done() && last.framesDone() == last.frames(),
        "a job with its result tells of "
            + last.framesDone()
            + " frames of "
            + last.frames()
            + (last.done() ? "" : ", and that it is not done"));
    Expect.that(
        last.frames() == FRAMES || last.frames() == 0,
        "a job of " + FRAMES + " frames tells of " + last.frames());
    for (int i = 0; i < FRAMES; i++) {
      Expect.that(
          job.status(i) == Job.FrameStatus.DONE,
          "frame " + i + " of a job with its result is " + job.status(i));
    }
  }

  @Rule("S22")
  void s22TheReportSaysWhereResultsComeFrom() {
    FrameSequence sequence = simple(FRAMES);
    Job job = submit(sequence);
    if (!job.isDone()) {
      requireNoReportYet(job);
    }
    job.await();
    Job.JobReport report = job.report();
    requireKnownAs("device", report.device(), device.description().id());
    requireKnownAs("calibration", report.calibration(), bench.calibration().id());
    Expect.that(
        report.attempts() >= 1, "a job that ran reports " + report.attempts() + " attempts");
    Expect.that(
        !report.queued().isNegative() && !report.running().isNegative(),
        "a job reports a time below 0");
    double clipped = sequence.clippedShare();
    Expect.that(
        Double.isNaN(report.clippedShare()) || Math.abs(report.clippedShare() - clipped) < 1e-9,
        "a job that clipped " + clipped + " of its values reports " + report.clippedShare());
  }

  /** The job may end between the question and the answer. */
  private static void requireNoReportYet(Job job) {
    try {
      job.report();
      Expect.that(job.isDone(), "a job that is not done has a report");
    } catch (DeviceException e) {
      Expect.that(
          e.code() == ErrorCode.ILLEGAL_STATE,
          "the report of a job that is not done must end in ILLEGAL_STATE, not in " + e.code());
    }
  }

  private static void requireKnownAs(String what, String reported, String actual) {
    Expect.that(
        reported.isEmpty() || reported.equals(actual),
        "the " + what + " is '" + actual + "', a job reports '" + reported + "'");
  }

  @Rule("S23")
  void s23TheEndIsSeenBeforeAwaitReturns() {
    FrameSequence sequence = simple(FRAMES);
    Job job = submit(sequence);
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger missing = new AtomicInteger();
    job.whenDone(
        () -> {
          seen.incrementAndGet();
          for (float count : bench.counts(sequence, FRAMES - 1)) {
            missing.addAndGet(Float.isNaN(count) ? 1 : 0);
          }
        });
    job.await();
    Expect.that(
        seen.get() == 1,
        "what whenDone was given was done " + seen.get() + " times at await's end");
    Expect.that(missing.get() == 0, "the last frame was not there when whenDone's action ran");
    job.whenDone(seen::incrementAndGet);
    Expect.that(seen.get() == 2, "whenDone does nothing on a job that is done");
  }
}
