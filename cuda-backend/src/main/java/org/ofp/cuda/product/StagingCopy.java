// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;
import org.ofp.device.FrameLoop;

/** Copies between the caller's buffers and page-locked memory, on all cores if it pays. */
final class StagingCopy {
  /** Floats for a core to copy: 256 KiB, some 20 µs. */
  private static final int BLOCK = 1 << 16;

  private StagingCopy() {}

  /**
   * Copies rows of a matrix, by absolute indices.
   *
   * @param fromStep floats from row to row in {@code from}
   * @param toStep floats from row to row in {@code to}
   */
  static void rows(
      int rows,
      int columns,
      FloatBuffer from,
      int fromStart,
      int fromStep,
      FloatBuffer to,
      int toStart,
      int toStep) {
    if (fromStep == columns && toStep == columns) {
      parts(
          rows * columns,
          BLOCK,
          (first, count) -> to.put(toStart + first, from, fromStart + first, count));
      return;
    }
    parts(
        rows,
        Math.max(1, BLOCK / columns),
        (first, count) -> {
          for (int row = first; row < first + count; row++) {
            to.put(toStart + row * toStep, from, fromStart + row * fromStep, columns);
          }
        });
  }

  private interface Part {
    void copy(int first, int count);
  }

  private static void parts(int count, int perPart, Part part) {
    int parts = (int) (((long) count + perPart - 1) / perPart);
    FrameLoop.each(
        parts,
        i -> {
          int first = i * perPart;
          part.copy(first, Math.min(perPart, count - first));
        });
  }
}
