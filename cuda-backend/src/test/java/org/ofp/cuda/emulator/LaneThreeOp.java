// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** Computes a {@link Lane.Three} in registers. A template, see {@link Specialised}. */
final class LaneThreeOp extends Op {
  private final Lane.Three lane;
  private final int to;
  private final int a;
  private final int b;
  private final int c;

  LaneThreeOp(Lane lane, int[] columns) {
    this.lane = (Lane.Three) lane;
    this.to = columns[0];
    this.a = columns[1];
    this.b = columns[2];
    this.c = columns[3];
  }

  @Override
  void run(Block block, Active active) {
    Lane.Three lane = this.lane;
    long[] to = block.registers[this.to];
    long[] a = block.registers[this.a];
    long[] b = block.registers[this.b];
    long[] c = block.registers[this.c];
    if (active.all) {
      for (int i = 0; i < to.length; i++) {
        to[i] = lane.of(a[i], b[i], c[i]);
      }
    } else {
      int[] threads = active.threads;
      for (int j = 0; j < active.count; j++) {
        int i = threads[j];
        to[i] = lane.of(a[i], b[i], c[i]);
      }
    }
  }
}
