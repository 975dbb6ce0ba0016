// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

/** Wall-clock seconds since it was made. */
public final class Stopwatch {
  private final long start = System.nanoTime();

  /** Seconds since it was made. */
  public double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** How long some work takes. */
  public static double time(Runnable work) {
    Stopwatch watch = new Stopwatch();
    work.run();
    return watch.seconds();
  }
}
