// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ofp.device.StageTimes;

/**
 * Processor time per stage, summed over threads; wall time where the Java machine cannot tell.
 * Asking takes less than a microsecond, three times per run of frames. Safe for use by several
 * threads.
 */
final class StageClock implements StageTimes {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean CPU_TIME = THREADS.isCurrentThreadCpuTimeSupported();

  private final LongAdder modulator = new LongAdder();
  private final LongAdder lens = new LongAdder();
  private final LongAdder sensor = new LongAdder();

  /** The time now, in nanoseconds of this thread. */
  static long now() {
    return CPU_TIME ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }

  /** Ends work of the modulator; the time now. */
  long modulator(long start) {
    return end(modulator, start);
  }

  /** Ends work of illumination and lens; the time now. */
  long lens(long start) {
    return end(lens, start);
  }

  /** Ends reads, metering included; the time now. */
  long sensor(long start) {
    return end(sensor, start);
  }

  private static long end(LongAdder stage, long start) {
    long now = now();
    stage.add(now - start);
    return now;
  }

  @Override
  public Map<String, Double> stageSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("modulator", modulator.sum() * 1e-9);
    seconds.put("lens", lens.sum() * 1e-9);
    seconds.put("sensor", sensor.sum() * 1e-9);
    return seconds;
  }
}
