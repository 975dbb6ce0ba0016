// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Direct buffers for what is on its way to the disk. Whoever wants one waits while too much is: a
 * device that is faster than the disk is slowed down to it. Safe for use by several threads.
 */
final class BlockPool {
  private final long budget;
  private final int alignment;
  private final Deque<ByteBuffer> idle = new ArrayDeque<>();
  private long allocated;

  /**
   * @param budget bytes of all buffers; a larger single one is possible alone
   * @param alignment of sizes and addresses
   */
  BlockPool(long budget, int alignment) {
    this.budget = budget;
    this.alignment = alignment;
  }

  /** An empty little-endian buffer of at least so many bytes; waits, whatever interrupts. */
  synchronized ByteBuffer take(long bytes) {
    int size = Math.toIntExact(RecordFormat.roundUp(bytes, alignment));
    boolean interrupted = false;
    try {
      while (true) {
        ByteBuffer block = fitting(size);
        if (block != null) {
          return block.clear().order(ByteOrder.LITTLE_ENDIAN);
        }
        while (allocated + size > budget && !idle.isEmpty()) {
          allocated -= idle.removeFirst().capacity();
        }
        if (allocated + size <= budget || allocated == 0) {
          ByteBuffer made =
              ByteBuffer.allocateDirect(size + alignment)
                  .alignedSlice(alignment)
                  .slice(0, size)
                  .order(ByteOrder.LITTLE_ENDIAN);
          allocated += size; // only what there was memory for
          return made;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An idle one that is not much too large. */
  private ByteBuffer fitting(int size) {
    // By place: buffers are equal by what they hold.
    for (Iterator<ByteBuffer> blocks = idle.iterator(); blocks.hasNext(); ) {
      ByteBuffer block = blocks.next();
      if (block.capacity() >= size && block.capacity() / 2 <= size) {
        blocks.remove();
        return block;
      }
    }
    return null;
  }

  /** Takes one back. */
  synchronized void give(ByteBuffer block) {
    idle.addLast(block);
    notifyAll();
  }
}
