// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ofp.models.training.EpochRecord;

class EpochClockTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(-5 * SECOND);
  private final EpochClock clock = new EpochClock(10, now::get);

  @Test
  void nothingIsForetoldBeforeTheFirstStep() {
    clock.started(1, 0, 4);
    assertTrue(clock.secondsLeft().isEmpty());
  }

  @Test
  void stepsForetellTheFirstEpochAndEpochsTheRest() {
    clock.started(1, 0, 4);
    step(1, 0, 2);
    // 10 epochs of 4 steps of 2 s, one of them done
    assertEquals(39 * 2, clock.secondsLeft().getAsDouble(), 1e-9);
    step(1, 1, 2);
    step(1, 2, 2);
    step(1, 3, 2);
    pass(4); // validation
    finish(1);
    assertEquals(9 * 12, clock.secondsLeft().getAsDouble(), 1e-9);
    step(2, 0, 2);
    assertEquals(8.75 * 12, clock.secondsLeft().getAsDouble(), 1e-9);
  }

  @Test
  void anEpochThatBeganEarlierIsNoMeasure() {
    clock.started(9, 3, 4);
    step(9, 3, 2);
    finish(9);
    // one epoch is left, and a step of this session took 2 s
    assertEquals(8, clock.secondsLeft().getAsDouble(), 1e-9);
    for (int i = 0; i < 4; i++) {
      step(10, i, 3);
    }
    finish(10);
    assertEquals(0, clock.secondsLeft().getAsDouble());
  }

  private void step(int epoch, int step, long seconds) {
    pass(seconds);
    clock.stepped(epoch, step, 1, 0.5);
  }

  private void finish(int epoch) {
    clock.finished(new EpochRecord(epoch, 1, 1, 1, 1, 1, 1, 1, 1, 0), 1, false);
  }

  private void pass(long seconds) {
    now.addAndGet(seconds * SECOND);
  }
}
