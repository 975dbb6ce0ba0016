// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = Long.MAX_VALUE - 5; // the clock may overflow

  @Test
  void somethingIsDueOncePerInterval() {
    Pace pace = new Pace(Duration.ofNanos(10), () -> now);
    assertFalse(pace.due());
    now += 9;
    assertFalse(pace.due());
    now += 1;
    assertTrue(pace.due());
    assertFalse(pace.due());
    now += 25; // what was missed is not made up for
    assertTrue(pace.due());
    assertFalse(pace.due());
  }
}
