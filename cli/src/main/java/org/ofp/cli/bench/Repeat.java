// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.function.DoubleSupplier;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;

/** Works again and again, and shows how far it is. */
final class Repeat {
  /** Runs of anything, however slow it is. */
  private static final int LEAST_RUNS = 3;

  /**
   * A warm-up's limit in windows that are compared: each long enough for a step of the compiler.
   */
  private static final int WINDOWS = 8;

  /** Faster by less counts as no faster. */
  private static final double GAIN = 0.97;

  private Repeat() {}

  /**
   * Warms up, until work gets no faster: the Java machine compiles what it runs often, step by step
   * and in the background.
   *
   * @param limit seconds after which it is enough anyway
   * @param work returns the seconds it took
   * @return seconds it took
   */
  static double untilSteady(Terminal terminal, double limit, DoubleSupplier work) {
    Stopwatch watch = new Stopwatch();
    try (Progress progress = progress(terminal, "seconds of warm-up", limit)) {
      double best = Double.POSITIVE_INFINITY;
      boolean faster = true;
      while (faster && watch.seconds() < limit) {
        double fastest = Double.POSITIVE_INFINITY;
        Stopwatch window = new Stopwatch();
        do {
          fastest = Math.min(fastest, work.getAsDouble());
          progress.reach((long) watch.seconds());
        } while (window.seconds() < limit / WINDOWS);
        faster = fastest < GAIN * best;
        best = Math.min(best, fastest);
      }
    }
    return watch.seconds();
  }

  /**
   * Works until the watch shows so many seconds, but some times at least.
   *
   * @return how often
   */
  static int until(double seconds, Stopwatch watch, Progress progress, Runnable work) {
    int runs = 0;
    while (runs < LEAST_RUNS || watch.seconds() < seconds) {
      work.run();
      runs++;
      progress.reach((long) watch.seconds());
    }
    return runs;
  }

  /** Progress through a span of time. */
  static Progress progress(Terminal terminal, String label, double seconds) {
    return Progress.start(terminal, label, Math.max(1, (long) Math.ceil(seconds)));
  }
}
