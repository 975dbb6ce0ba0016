// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.stream.IntStream;

/** Work on many frames by the threads of the common fork-join pool, or the pool of the caller. */
final class FrameLoop {
  /** Small frames go to the threads in runs of so many pixels: handing out work costs little. */
  private static final int RUN_PIXELS = 16384;

  private FrameLoop() {}

  /** Runs a task for each of {@code n} frames of so many pixels. */
  static void run(int n, int pixels, FrameTask task) {
    int run = Math.max(1, RUN_PIXELS / pixels);
    IntStream.range(0, (n + run - 1) / run)
        .parallel()
        .forEach(
            block -> {
              for (int i = block * run; i < Math.min(n, (block + 1) * run); i++) {
                task.run(i);
              }
            });
  }

  /** What is to be done with one frame. */
  interface FrameTask {
    void run(int frame);
  }
}
