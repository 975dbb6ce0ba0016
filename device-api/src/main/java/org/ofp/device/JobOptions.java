// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job is to be run.
 *
 * @param deadline longest time from submission to the last result, over all attempts; none if empty
 * @param retry what to do about failures that may pass. {@link org.ofp.device.job.JobQueue} keeps
 *     to it; a device that is not behind one makes one attempt
 */
@Stable(since = "0.1")
public record JobOptions(Optional<Duration> deadline, RetryPolicy retry) {
  private static final JobOptions DEFAULTS = new JobOptions(Optional.empty(), RetryPolicy.none());

  /** One attempt. */
  public JobOptions(Optional<Duration> deadline) {
    this(deadline, RetryPolicy.none());
  }

  /** No deadline, one attempt. */
  public static JobOptions defaults() {
    return DEFAULTS;
  }

  /** These options with a deadline. */
  public JobOptions deadline(Duration longest) {
    return new JobOptions(Optional.of(longest), retry);
  }

  /** These options with a policy for failures that may pass. */
  public JobOptions retry(RetryPolicy policy) {
    return new JobOptions(deadline, policy);
  }
}
