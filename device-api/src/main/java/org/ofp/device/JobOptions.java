// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job is to be run.
 *
 * @param deadline longest time from submission to the last result; none if empty
 */
@Stable(since = "0.1")
public record JobOptions(Optional<Duration> deadline) {
  /** No deadline. */
  public static JobOptions defaults() {
    return new JobOptions(Optional.empty());
  }
}
