// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.ofp.cuda.gpu.GpuFunction;

/**
 * A kernel ready to run: its instructions with registers numbered as columns. Safe for use by
 * several threads.
 */
final class Kernel implements GpuFunction {

  /**
   * What decoding gave.
   *
   * @param leaders where threads may come together again
   * @param columns number of registers, temporaries and constants
   * @param constants columns with a value known now
   * @param specials columns of special registers, by name
   * @param parameters columns of the kernel's parameters, in order
   * @param ordered whether blocks run one after the other, see {@link AtomicOp}
   */
  record Code(
      PtxModule module,
      PtxModule.Function function,
      List<Op> ops,
      BitSet leaders,
      int columns,
      Map<Integer, Long> constants,
      Map<String, Integer> specials,
      List<Integer> parameters,
      long sharedBytes,
      long localBytes,
      boolean ordered) {}

  final Code code;
  final AddressSpace memory;
  private final Deque<Block> pool = new ArrayDeque<>();

  Kernel(Code code, AddressSpace memory) {
    this.code = code;
    this.memory = memory;
  }

  @Override
  public String name() {
    return code.function().name();
  }

  /** Executes all blocks. */
  void run(int blocks, int threads, Object... arguments) {
    if (blocks < 1 || threads < 1 || threads > 1024) {
      throw new GpuFault(
          "kernel "
              + name()
              + ": "
              + blocks
              + " blocks of "
              + threads
              + " threads; allowed are at least 1 block of 1 to 1024 threads");
    }
    long[] values = Arguments.bits(code.function(), arguments);
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Block.Failure> failure = new AtomicReference<>();
    int workers = code.ordered() ? 1 : Math.min(blocks, Runtime.getRuntime().availableProcessors());
    IntStream work = IntStream.range(0, workers);
    (workers > 1 ? work.parallel() : work)
        .forEach(
            worker -> {
              Block block = take(threads);
              int number = next.getAndIncrement();
              while (number < blocks && failure.get() == null) {
                Block.Failure found = block.run(number, blocks, values);
                if (found != null) {
                  failure.accumulateAndGet(
                      found, (a, b) -> a == null || b.block() < a.block() ? b : a);
                }
                number = next.getAndIncrement();
              }
              give(block);
            });
    if (failure.get() != null) {
      throw new GpuFault(failure.get().message());
    }
  }

  private Block take(int threads) {
    synchronized (pool) {
      for (Block block : pool) {
        if (block.threads == threads) {
          pool.remove(block);
          return block;
        }
      }
    }
    return new Block(this, threads);
  }

  private void give(Block block) {
    synchronized (pool) {
      if (pool.size() == 4) {
        pool.removeLast();
      }
      pool.addFirst(block);
    }
  }
}
