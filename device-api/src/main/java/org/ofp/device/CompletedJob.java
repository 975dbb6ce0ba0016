// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The job of a device that works within {@code submit}.
 *
 * @param frames how many it had; 0 if that is not known
 */
record CompletedJob(int frames, JobReport report) implements Job {
  static final Job UNKNOWN = new CompletedJob(0, JobReport.unknown());

  @Override
  public boolean isDone() {
    return true;
  }

  @Override
  public void await() {
    // Nothing is left to wait for.
  }

  @Override
  public JobProgress progress() {
    return new JobProgress(frames, frames, true);
  }
}
