// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;

/**
 * How long a job may take.
 *
 * @param longest from submission to the last result; any time if empty
 * @param frames of the job, for the message
 * @param submitted by {@link System#nanoTime()}
 */
record Deadline(Optional<Duration> longest, int frames, long submitted) {
  /** Nanoseconds that are left, at most 0 if it has passed. */
  long remaining() {
    return longest
        .map(TimeUnit.NANOSECONDS::convert) // unlike toNanos this takes any duration
        .map(nanos -> Math.max(0, nanos) - (System.nanoTime() - submitted))
        .orElse(Long.MAX_VALUE);
  }

  DeviceException passed() {
    return DriverErrors.late(longest.orElseThrow(), frames);
  }
}
