// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/**
 * Executes a block's threads: always those that stand at the first instruction of the text, so that
 * threads which went different ways meet again. Registers are columns {@code [register][thread]}.
 */
final class Block {
  private static final int DONE = Integer.MAX_VALUE;

  /** Instructions after which a block counts as endless. */
  private static final long LIMIT = 1L << 32;

  /** What went wrong in which block. */
  record Failure(int block, String message) {}

  final int threads;
  final long[][] registers;

  /** Index of each thread's next instruction. */
  final int[] next;

  final Memory memory;
  private final Kernel.Code code;
  private final Op[] ops;
  private final Region shared;
  private final Region local;
  private final boolean[] waiting;
  private final Active active;
  private final Active guarded;
  private final Active everyone;
  private int number;

  Block(Kernel kernel, int threads) {
    this.code = kernel.code;
    this.ops = code.ops().toArray(Op[]::new);
    this.threads = threads;
    shared = new Region("shared memory", AddressSpace.SHARED, code.sharedBytes());
    local = Region.local(code.localBytes(), threads);
    memory = new Memory(kernel.memory, shared, local, new Races(code.sharedBytes(), threads));
    next = new int[threads];
    waiting = new boolean[threads];
    active = new Active(threads);
    guarded = new Active(threads);
    everyone = new Active(threads);
    for (int i = 0; i < threads; i++) {
      everyone.add(i);
    }
    everyone.seal();
    registers = new long[code.columns()][threads];
    code.constants().forEach((column, value) -> Arrays.fill(registers[column], value));
  }

  /** Runs it to its end; null if nothing went wrong. */
  Failure run(int block, int blocks, long... parameters) {
    number = block;
    for (int i = 0; i < parameters.length; i++) {
      Arrays.fill(registers[code.parameters().get(i)], parameters[i]);
    }
    code.specials().forEach((name, column) -> fill(registers[column], name, block, blocks));
    shared.forget();
    local.forget();
    memory.races.blockBarrier();
    Arrays.fill(next, 0);
    Arrays.fill(waiting, false);
    Op op = null;
    long steps = 0;
    try {
      while (gather()) {
        int at = next[active.threads[0]];
        boolean alone = active.count == running();
        boolean together = true;
        while (together) {
          op = ops[at];
          if (++steps > LIMIT) {
            throw new LaneFault("the block does not end");
          }
          if (op instanceof Op.Flow) {
            op.run(this, active);
            together = alone && uniform();
            at = next[active.threads[0]];
          } else {
            step(op);
            at++;
            together = alone || !code.leaders().get(at);
            if (!together) {
              moveTo(at);
            }
          }
        }
      }
      return null;
    } catch (LaneFault fault) {
      return new Failure(block, describe(op, fault.thread(), fault.getMessage()));
    } catch (RuntimeException e) {
      return new Failure(block, describe(op, -1, "the emulator failed: " + e));
    }
  }

  private void step(Op op) {
    if (op.guard < 0) {
      op.run(this, active);
      return;
    }
    long[] predicate = registers[op.guard];
    guarded.clear();
    for (int j = 0; j < active.count; j++) {
      int thread = active.threads[j];
      if ((predicate[thread] != 0) != op.guardNegated) {
        guarded.add(thread);
      }
    }
    guarded.seal();
    if (guarded.count > 0) {
      op.run(this, guarded);
    }
  }

  /** Finds the threads that stand first; false if the block is done. */
  private boolean gather() {
    int first = DONE;
    for (int i = 0; i < threads; i++) {
      first = Math.min(first, waiting[i] ? DONE : next[i]);
    }
    if (first == DONE) {
      if (!waiting()) {
        return false;
      }
      release();
      first = next[0];
    }
    active.clear();
    for (int i = 0; i < threads; i++) {
      if (next[i] == first && !waiting[i]) {
        active.add(i);
      }
    }
    active.seal();
    return true;
  }

  private boolean waiting() {
    for (boolean waits : waiting) {
      if (waits) {
        return true;
      }
    }
    return false;
  }

  private int running() {
    int count = 0;
    for (int i = 0; i < threads; i++) {
      count += waiting[i] || next[i] == DONE ? 0 : 1;
    }
    return count;
  }

  /** Whether the active threads, which are all that run, go on together. */
  private boolean uniform() {
    int target = next[active.threads[0]];
    if (target == DONE || waiting[active.threads[0]]) {
      return false;
    }
    for (int j = 1; j < active.count; j++) {
      if (next[active.threads[j]] != target) {
        return false;
      }
    }
    return true;
  }

  private void moveTo(int at) {
    for (int j = 0; j < active.count; j++) {
      next[active.threads[j]] = at;
    }
  }

  /** Threads come to a barrier, after which they go on at an instruction. */
  void arrive(Active arriving, int at) {
    for (int j = 0; j < arriving.count; j++) {
      waiting[arriving.threads[j]] = true;
      next[arriving.threads[j]] = at;
    }
  }

  /** A thread ends. */
  void leave(int thread) {
    next[thread] = DONE;
  }

  boolean hasLeft(int thread) {
    return next[thread] == DONE;
  }

  private void release() {
    for (int i = 0; i < threads; i++) {
      if (!waiting[i] || next[i] != next[0]) {
        throw new LaneFault(
            i, "does not come to the barrier where other threads of its block wait");
      }
    }
    Arrays.fill(waiting, false);
    memory.races.blockBarrier();
  }

  private void fill(long[] column, String name, int block, int blocks) {
    switch (name) {
      case "%tid.x" -> Arrays.setAll(column, i -> i);
      case "%ntid.x" -> Arrays.fill(column, threads);
      case "%ctaid.x" -> Arrays.fill(column, block);
      case "%nctaid.x" -> Arrays.fill(column, blocks);
      case "%laneid" -> Arrays.setAll(column, i -> i & 31);
      case "%warpid" -> Arrays.setAll(column, i -> i >> 5);
      case "%tid.y", "%tid.z", "%ctaid.y", "%ctaid.z" -> Arrays.fill(column, 0);
      case "%lanemask_lt" -> Arrays.setAll(column, i -> (1L << (i & 31)) - 1);
      case "%lanemask_eq" -> Arrays.setAll(column, i -> 1L << (i & 31));
      default -> Arrays.fill(column, 1); // the extents y and z
    }
  }

  private String describe(Op op, int thread, String what) {
    return String.format(
        "kernel %s, block %d, %s%s:%d `%s`: %s",
        code.function().name(),
        number,
        thread < 0 ? "" : "thread " + thread + ", ",
        code.module().name(),
        op.line,
        code.module().line(op.line),
        what);
  }
}
