// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** Computes a {@link Lane.One} in registers. A template, see {@link Specialised}. */
final class LaneOneOp extends Op {
  private final Lane.One lane;
  private final int to;
  private final int a;

  LaneOneOp(Lane lane, int[] columns) {
    this.lane = (Lane.One) lane;
    this.to = columns[0];
    this.a = columns[1];
  }

  @Override
  void run(Block block, Active active) {
    Lane.One lane = this.lane;
    long[] to = block.registers[this.to];
    long[] a = block.registers[this.a];
    if (active.all) {
      for (int i = 0; i < to.length; i++) {
        to[i] = lane.of(a[i]);
      }
    } else {
      int[] threads = active.threads;
      for (int j = 0; j < active.count; j++) {
        int i = threads[j];
        to[i] = lane.of(a[i]);
      }
    }
  }
}
