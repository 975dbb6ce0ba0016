// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines of all queues. What is done when one passes gets a thread of its own. */
final class Alarms {
  private Alarms() {}

  /** Runs a task after so many nanoseconds, unless it is cancelled. */
  static Future<?> after(long nanos, Runnable task) {
    return Clock.TIMER.schedule(
        () -> daemon("ofp-job-end", task).start(), Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** A thread that keeps no program from ending. */
  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Made with the first deadline. */
  private static final class Clock {
    static final ScheduledThreadPoolExecutor TIMER =
        new ScheduledThreadPoolExecutor(1, task -> daemon("ofp-job-clock", task));

    static {
      TIMER.setRemoveOnCancelPolicy(true);
    }
  }
}
