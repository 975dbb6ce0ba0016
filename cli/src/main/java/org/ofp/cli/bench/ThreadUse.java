// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What all Java threads together used between two looks: processor time or memory. Threads of the
 * compiler, the collector and native libraries are not seen, nor what a thread used that ended in
 * between.
 */
public final class ThreadUse {
  private final Function<long[], long[]> counters;
  private Map<Long, Long> last = Map.of();

  private ThreadUse(Function<long[], long[]> counters) {
    this.counters = counters;
    take();
  }

  /** Nanoseconds on a processor, from now on. */
  public static ThreadUse processorNanos() {
    ThreadMXBean threads = threads();
    return new ThreadUse(threads::getThreadCpuTime);
  }

  /** Bytes allocated on the heap, from now on. */
  public static ThreadUse allocatedBytes() {
    ThreadMXBean threads = threads();
    return new ThreadUse(threads::getThreadAllocatedBytes);
  }

  private static ThreadMXBean threads() {
    return (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }

  /** What was used since the last call. */
  public long take() {
    long[] ids = threads().getAllThreadIds();
    long[] now = counters.apply(ids);
    Map<Long, Long> before = last;
    last = new HashMap<>();
    long used = 0;
    for (int i = 0; i < ids.length; i++) {
      if (now[i] >= 0) { // −1 for a thread that has just ended
        used += now[i] - before.getOrDefault(ids[i], 0L);
        last.put(ids[i], now[i]);
      }
    }
    return used;
  }
}
