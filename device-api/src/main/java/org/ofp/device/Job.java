// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;

/**
 * A submitted frame sequence. Safe for use by several threads.
 *
 * <p>A job ends once: with its counts in the sequence's buffer, or with a failure, cancellation and
 * a passed deadline among them. Then the sequence is the caller's again.
 */
@Stable(since = "0.1")
public interface Job {
  /** Whether the sequence is the caller's again: finished or failed. */
  boolean isDone();

  /**
   * Waits until the counts are in the sequence's buffer.
   *
   * @throws DeviceException if the job failed or the waiting thread was interrupted
   */
  void await();

  /**
   * Asks the job to end early. One that has not begun does not begin; one that runs ends after the
   * frame in progress, with {@link ErrorCode#CANCELLED}, or with its result if that comes first.
   * Does not wait.
   *
   * @return whether the job was not done yet
   */
  default boolean cancel() {
    return false;
  }

  /** How far it is; any thread may ask at any time. */
  default JobProgress progress() {
    return new JobProgress(0, 0, isDone());
  }

  /**
   * What became of one frame of the sequence.
   *
   * @param i 0 to the sequence's size − 1
   */
  default FrameStatus status(int i) {
    return isDone() ? FrameStatus.DONE : FrameStatus.WAITING;
  }

  /**
   * Where the results come from, and what it took.
   *
   * @throws DeviceException with {@link ErrorCode#ILLEGAL_STATE} while it is not done
   */
  default JobReport report() {
    if (!isDone()) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE, "the job is not done, so that there is no report; await it");
    }
    return JobReport.unknown();
  }

  /**
   * Has something done when the job is done: before any {@link #await} returns, by the thread that
   * finishes the job; at once if it is done already. For decorators, which so see the results of
   * jobs that run on without making anybody wait.
   *
   * @param action what it throws becomes the job's failure
   */
  default void whenDone(Runnable action) {
    action.run();
  }

  /**
   * A job that finished before {@code submit} returned; {@link SequenceReads#finished()} makes one
   * that knows where its results come from.
   */
  static Job completed() {
    return CompletedJob.UNKNOWN;
  }

  /**
   * How far a job is.
   *
   * @param framesDone frames whose results are there
   * @param frames frames of the sequence; 0 if that is not known
   * @param done whether the job has ended
   */
  record JobProgress(int framesDone, int frames, boolean done) {}

  /** What became of a frame. */
  enum FrameStatus {
    /** Not begun, or in progress. */
    WAITING,
    /** Its counts are there. */
    DONE,
    /** It was not shown, or its counts are not to be used. */
    FAILED
  }

  /**
   * Provenance of a job's results.
   *
   * @param device {@link DeviceDescription#id}
   * @param calibration {@link Calibration#id} that they belong to
   * @param queued from submission to the first attempt
   * @param running from the first attempt to the end
   * @param attempts how often frames were submitted to the device, 1 without a retry
   * @param clippedShare of all values read, 0 to 1; NaN if that is not known
   * @param seed of a simulated device, else empty
   */
  record JobReport(
      String device,
      String calibration,
      Duration queued,
      Duration running,
      int attempts,
      double clippedShare,
      String seed) {
    /**
     * Of a sequence whose frames have been read.
     *
     * @param description of the device that read them
     */
    public static JobReport of(
        FrameSequence sequence,
        DeviceDescription description,
        Duration queued,
        Duration running,
        int attempts) {
      return new JobReport(
          description.id(),
          description.calibration().id(),
          queued,
          running,
          attempts,
          sequence.clippedShare(),
          description.parameters().stream()
              .filter(parameter -> parameter.name().equals("seed"))
              .map(PhysicalParameter::value)
              .findFirst()
              .orElse(""));
    }

    /** Of a device that tells nothing. */
    static JobReport unknown() {
      return new JobReport("", "", Duration.ZERO, Duration.ZERO, 1, Double.NaN, "");
    }
  }
}
