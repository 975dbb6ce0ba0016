// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;

/**
 * The GPU memory of one stream. What is given back is used again, while work on it may still be
 * under way: the stream does all work in order. So layers allocate without waiting for the GPU,
 * which taking and freeing would make them do. Not thread-safe.
 */
final class MemoryPool implements AutoCloseable {
  /** Blocks come in steps of an eighth of a power of two, and of at least so many bytes. */
  private static final long GRAIN = 512;

  private final Gpu gpu;
  private final TreeMap<Long, Deque<GpuMemory>> idle = new TreeMap<>();

  MemoryPool(Gpu gpu) {
    this.gpu = gpu;
  }

  /**
   * Takes a block of at least so many bytes.
   *
   * @param bytes at least 1
   */
  GpuMemory take(String purpose, long bytes) {
    long size = rounded(bytes);
    Map.Entry<Long, Deque<GpuMemory>> known = idle.ceilingEntry(size);
    // A much larger block is better kept for what needs it.
    if (known != null && known.getKey() <= 2 * size) {
      GpuMemory block = known.getValue().pop();
      if (known.getValue().isEmpty()) {
        idle.remove(known.getKey());
      }
      return block;
    }
    return gpu.allocate(purpose, size);
  }

  void giveBack(GpuMemory block) {
    idle.computeIfAbsent(block.bytes(), size -> new ArrayDeque<>()).push(block);
  }

  static long rounded(long bytes) {
    long step = Math.max(GRAIN, Long.highestOneBit(bytes) / 8);
    return (bytes + step - 1) / step * step;
  }

  /** Whether there is nothing to be freed. */
  boolean isEmpty() {
    return idle.isEmpty();
  }

  /** Frees what nobody uses. */
  @Override
  public void close() {
    List<Runnable> closings = new ArrayList<>();
    idle.values().forEach(blocks -> blocks.forEach(block -> closings.add(block::close)));
    idle.clear();
    Closing.all(closings);
  }
}
