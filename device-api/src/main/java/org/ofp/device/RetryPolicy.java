// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;

/**
 * How often a job is tried when it fails with an error that is {@link DeviceException#retryable()}.
 * Every attempt runs all frames with their ids and repeats, so that the results are those of a job
 * that did not fail.
 *
 * @param attempts 1 to {@value #MAX_ATTEMPTS}, the first one included
 * @param backoff wait before the second attempt, 0 to one hour; it doubles from one to the next and
 *     stays below an hour
 */
@Stable(since = "0.1")
public record RetryPolicy(int attempts, Duration backoff) {
  /** Most attempts of a job. */
  public static final int MAX_ATTEMPTS = 100;

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO);

  public RetryPolicy {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a job cannot be tried " + attempts + " times; 1 to " + MAX_ATTEMPTS + " are possible");
    }
    if (backoff.isNegative() || backoff.compareTo(LONGEST) > 0) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a wait of " + backoff + " before the next attempt is not possible; use 0 to 1 h");
    }
  }

  /** One attempt. */
  public static RetryPolicy none() {
    return NONE;
  }

  /**
   * Whether to try again.
   *
   * @param made attempts so far, the one that failed included
   */
  public boolean retries(DeviceException failure, int made) {
    return failure.retryable() && made < attempts;
  }

  /**
   * The wait before the next attempt.
   *
   * @param made attempts so far, at least 1
   */
  public Duration backoff(int made) {
    // 2⁴² ns are more than an hour; doubling without end would overflow.
    Duration wait = backoff.multipliedBy(1L << Math.min(made - 1, 42));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
