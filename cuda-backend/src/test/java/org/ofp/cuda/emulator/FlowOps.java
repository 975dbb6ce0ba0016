// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;

/** Instructions that steer threads. */
final class FlowOps {
  private FlowOps() {}

  /** Where a label stands; known once everything before it is decoded. */
  static final class Target {
    int at = -1;
  }

  /** {@code bra}, with or without guard. */
  static final class Branch extends Op.Flow {
    private final Target target;
    private final int after;

    Branch(Target target, int at) {
      this.target = target;
      this.after = at + 1;
    }

    @Override
    void run(Block block, Active active) {
      for (int j = 0; j < active.count; j++) {
        int i = active.threads[j];
        boolean taken = guard < 0 || (block.registers[guard][i] != 0) != guardNegated;
        block.next[i] = taken ? target.at : after;
      }
    }
  }

  /** {@code brx.idx}. */
  static final class IndexedBranch extends Op.Flow {
    private final List<Target> targets;
    private final int index;

    IndexedBranch(List<Target> targets, int index) {
      this.targets = targets;
      this.index = index;
    }

    @Override
    void run(Block block, Active active) {
      for (int j = 0; j < active.count; j++) {
        int i = active.threads[j];
        int choice = (int) block.registers[index][i];
        if (choice < 0 || choice >= targets.size()) {
          throw new LaneFault(i, "branch " + choice + " of " + targets.size());
        }
        block.next[i] = targets.get(choice).at;
      }
    }
  }

  /** {@code ret} of a kernel and {@code exit}, with or without guard. */
  static final class Exit extends Op.Flow {
    private final int after;

    Exit(int at) {
      this.after = at + 1;
    }

    @Override
    void run(Block block, Active active) {
      for (int j = 0; j < active.count; j++) {
        int i = active.threads[j];
        if (guard < 0 || (block.registers[guard][i] != 0) != guardNegated) {
          block.leave(i);
        } else {
          block.next[i] = after;
        }
      }
    }
  }

  /** {@code bar.sync 0}. */
  static final class Barrier extends Op.Flow {
    private final int after;

    Barrier(int at) {
      this.after = at + 1;
    }

    @Override
    void run(Block block, Active active) {
      block.arrive(active, after);
    }
  }

  /** {@code trap}. */
  static final class Trap extends Op {
    @Override
    void run(Block block, Active active) {
      throw new LaneFault(active.threads[0], "the kernel gave up (trap)");
    }
  }
}
