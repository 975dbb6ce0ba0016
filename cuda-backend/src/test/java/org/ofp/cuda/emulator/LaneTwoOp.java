// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** Computes a {@link Lane.Two} in registers. A template, see {@link Specialised}. */
final class LaneTwoOp extends Op {
  private final Lane.Two lane;
  private final int to;
  private final int a;
  private final int b;

  LaneTwoOp(Lane lane, int[] columns) {
    this.lane = (Lane.Two) lane;
    this.to = columns[0];
    this.a = columns[1];
    this.b = columns[2];
  }

  @Override
  void run(Block block, Active active) {
    Lane.Two lane = this.lane;
    long[] to = block.registers[this.to];
    long[] a = block.registers[this.a];
    long[] b = block.registers[this.b];
    if (active.all) {
      for (int i = 0; i < to.length; i++) {
        to[i] = lane.of(a[i], b[i]);
      }
    } else {
      int[] threads = active.threads;
      for (int j = 0; j < active.count; j++) {
        int i = threads[j];
        to[i] = lane.of(a[i], b[i]);
      }
    }
  }
}
