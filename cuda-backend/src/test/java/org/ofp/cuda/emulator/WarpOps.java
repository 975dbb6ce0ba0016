// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/**
 * Instructions by which the threads of a warp exchange values. All threads that the mask names must
 * come to them together.
 */
final class WarpOps {
  private WarpOps() {}

  /** Has the active threads of each warp. */
  abstract static class WarpOp extends Op {
    private final int mask;

    /**
     * An exchange.
     *
     * @param mask column of the threads of the warp that take part; −1: those that are here
     */
    WarpOp(int mask) {
      this.mask = mask;
    }

    @Override
    final void run(Block block, Active active) {
      int start = 0;
      while (start < active.count) {
        int warp = active.threads[start] >> 5;
        int end = start;
        int here = 0;
        while (end < active.count && active.threads[end] >> 5 == warp) {
          here |= 1 << (active.threads[end++] & 31);
        }
        for (int j = start; mask >= 0 && j < end; j++) {
          check(block, active.threads[j], here);
        }
        exchange(block, warp, here);
        start = end;
      }
    }

    private void check(Block block, int thread, int here) {
      int wanted = (int) block.registers[mask][thread];
      for (int lane = 0; lane < 32; lane++) {
        int other = (thread & ~31) + lane;
        boolean named = (wanted & 1 << lane) != 0;
        boolean missing = named && (here & 1 << lane) == 0;
        if (missing && other < block.threads && !block.hasLeft(other)) {
          throw new LaneFault(thread, "thread " + other + " is not here, as the mask says");
        } else if (other == thread && !named) {
          throw new LaneFault(thread, "is not in the mask itself");
        }
      }
    }

    /** For one warp. */
    abstract void exchange(Block block, int warp, int here);
  }

  /** {@code shfl.sync}: PTX ISA 6.3, section 9.7.8.6. */
  static final class Shuffle extends WarpOp {
    private final String mode;
    private final int[] columns;

    /** Columns: the value's destination, the predicate's or −1, a, b, c and mask. */
    Shuffle(String mode, int... columns) {
      super(columns[5]);
      this.mode = mode;
      this.columns = columns;
    }

    @Override
    void exchange(Block block, int warp, int here) {
      long[] results = new long[32];
      for (int lane = 0; lane < 32; lane++) {
        if ((here & 1 << lane) == 0) {
          continue;
        }
        int thread = warp * 32 + lane;
        int b = (int) block.registers[columns[3]][thread] & 31;
        int c = (int) block.registers[columns[4]][thread];
        int segment = c >> 8 & 31;
        int most = (lane & segment) | (c & 31 & ~segment);
        int from =
            switch (mode) {
              case "up" -> lane - b;
              case "down" -> lane + b;
              case "bfly" -> lane ^ b;
              default -> (lane & segment) | (b & ~segment);
            };
        boolean within = mode.equals("up") ? from >= most : from <= most;
        from = within ? from : lane;
        if ((here & 1 << from) == 0) {
          throw new LaneFault(thread, "takes a value from lane " + from + ", which is not here");
        }
        results[lane] = block.registers[columns[2]][warp * 32 + from];
        if (columns[1] >= 0) {
          block.registers[columns[1]][thread] = within ? 1 : 0;
        }
      }
      store(block, columns[0], warp, here, results);
    }
  }

  /** {@code vote.sync} and {@code activemask}. */
  static final class Vote extends WarpOp {
    private final String mode;
    private final int to;
    private final int predicate;

    Vote(String mode, int to, int predicate, int mask) {
      super(mask);
      this.mode = mode;
      this.to = to;
      this.predicate = predicate;
    }

    @Override
    void exchange(Block block, int warp, int here) {
      int yes = 0;
      for (int lane = 0; lane < 32; lane++) {
        boolean votes = (here & 1 << lane) != 0;
        yes |= votes && block.registers[predicate][warp * 32 + lane] != 0 ? 1 << lane : 0;
      }
      long result =
          switch (mode) {
            case "all" -> FloatLanes.truth(yes == here);
            case "any" -> FloatLanes.truth(yes != 0);
            case "uni" -> FloatLanes.truth(yes == here || yes == 0);
            default -> yes;
          };
      long[] results = new long[32];
      Arrays.fill(results, result);
      store(block, to, warp, here, results);
    }
  }

  /** {@code bar.warp.sync}. */
  static final class WarpBarrier extends WarpOp {
    WarpBarrier(int mask) {
      super(mask);
    }

    @Override
    void exchange(Block block, int warp, int here) {
      block.memory.races.warpBarrier(warp);
    }
  }

  private static void store(Block block, int column, int warp, int here, long... results) {
    for (int lane = 0; lane < 32; lane++) {
      if ((here & 1 << lane) != 0) {
        block.registers[column][warp * 32 + lane] = results[lane];
      }
    }
  }
}
