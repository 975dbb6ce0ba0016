// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when something is to be done again that is not to be done too often. Not thread-safe. */
public final class Pace {
  private final long interval;
  private final LongSupplier clock;
  private long last;

  /**
   * @param interval between two times at least
   * @param clock in nanoseconds, as {@link System#nanoTime}
   */
  public Pace(Duration interval, LongSupplier clock) {
    this.interval = interval.toNanos();
    this.clock = clock;
    last = clock.getAsLong();
  }

  /** Whether the interval is over since this was true, or since the beginning. */
  public boolean due() {
    long now = clock.getAsLong();
    if (now - last < interval) {
      return false;
    }
    last = now;
    return true;
  }
}
