// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.ofp.device.Readout;
import org.ofp.device.Telemetry;

/**
 * The time that the bench would have needed so far, which passes without waiting, and what happened
 * in it. Safe for use by several threads.
 */
public final class BenchClock {
  private final BenchParameters bench;
  private final Instant since = Instant.now();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong saturated = new AtomicLong();

  /** Picoseconds: a photonic engine's read takes one nanosecond. */
  private final AtomicLong readPicos = new AtomicLong();

  /** A clock at 0. */
  public BenchClock(BenchParameters bench) {
    this.bench = bench;
  }

  /** Counts frames that were loaded. */
  public void countFrames(int count) {
    frames.addAndGet(count);
  }

  /**
   * Counts a read.
   *
   * @param clipped values of it
   * @return the device's clock in nanoseconds after it
   */
  public long countRead(Readout readout, int clipped) {
    reads.incrementAndGet();
    saturated.addAndGet(clipped);
    readPicos.addAndGet(Math.round((bench.sensor().readPeriod() + readout.exposure()) * 1e12));
    return nanos();
  }

  /** Counts clipped values of reads that were counted before. */
  public void countClipped(int values) {
    saturated.addAndGet(values);
  }

  private long nanos() {
    return readPicos.get() / 1000 + Math.round(frames.get() * bench.slm().framePeriod() * 1e9);
  }

  /** Power of the source relative to the nominal one: its slow drift. */
  public double sourcePower() {
    BeamParameters beam = bench.beam();
    return beam.drift() == 0
        ? 1
        : 1 + beam.drift() * Math.sin(2 * Math.PI * nanos() * 1e-9 / beam.driftPeriod());
  }

  /** What was done so far. */
  public Telemetry telemetry() {
    return new Telemetry(
        frames.get(),
        reads.get(),
        saturated.get(),
        Duration.ofNanos(nanos()),
        List.of(new Telemetry.Temperature("sensor", bench.sensor().temperature())),
        OptionalDouble.of(bench.beam().power() * sourcePower()),
        0,
        0,
        Optional.of(since));
  }
}
