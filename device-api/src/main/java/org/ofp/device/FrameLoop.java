// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Work on many frames by the threads of the common fork-join pool, or the pool of the caller. */
@Experimental(since = "0.1")
public final class FrameLoop {
  /** Small frames go to the threads in runs of so many pixels: handing out work costs little. */
  private static final int RUN_PIXELS = 16384;

  private FrameLoop() {}

  /** Runs a task for each of {@code n} frames of so many pixels, as {@link #each} does. */
  public static void run(int n, int pixels, IntConsumer task) {
    int run = Math.max(1, RUN_PIXELS / pixels);
    each(
        (n + run - 1) / run,
        block -> {
          for (int i = block * run; i < Math.min(n, (block + 1) * run); i++) {
            task.accept(i);
          }
        });
  }

  /**
   * Runs a task for each number from 0 to {@code n}−1. If one fails, those that have not begun are
   * left out, and its failure is thrown once no other runs any more: nobody writes to the caller's
   * buffers after that.
   */
  public static void each(int n, IntConsumer task) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    IntStream.range(0, n)
        .parallel()
        .filter(i -> failure.get() == null)
        .forEach(
            i -> {
              try {
                task.accept(i);
              } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              }
            });
    if (failure.get() instanceof Error error) {
      throw error;
    } else if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
