// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** A submitted frame sequence. Safe for use by several threads. */
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

  /** A job that finished before {@code submit} returned. */
  static Job completed() {
    return CompletedJob.INSTANCE;
  }
}
