// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import org.ofp.cli.bench.BatchRun;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.cli.bench.ThreadUse;

/** How long repeated transforms of a batch take, by the wall clock and on processors. */
final class TimedRuns {
  private final BatchRun run;
  private final ThreadUse processor = ThreadUse.processorNanos();
  private Samples wall = new Samples();
  private Samples processors = new Samples();

  TimedRuns(BatchRun run) {
    this.run = run;
  }

  /** Once more; wall seconds it took. */
  double round() {
    run.fill();
    processor.take();
    double took = Stopwatch.time(run::transform);
    processors.add(processor.take() * 1e-9);
    wall.add(took);
    return took;
  }

  /** Forgets the times so far. */
  void forget() {
    wall = new Samples();
    processors = new Samples();
  }

  /** Wall seconds of the batch. */
  Samples wall() {
    return wall;
  }

  /** Processor seconds of the batch, summed over threads: what others do hardly shows in them. */
  Samples processors() {
    return processors;
  }
}
