// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** Computes a {@link Lane.Four} in registers. A template, see {@link Specialised}. */
final class LaneFourOp extends Op {
  private final Lane.Four lane;
  private final int to;
  private final int a;
  private final int b;
  private final int c;
  private final int d;

  LaneFourOp(Lane lane, int[] columns) {
    this.lane = (Lane.Four) lane;
    this.to = columns[0];
    this.a = columns[1];
    this.b = columns[2];
    this.c = columns[3];
    this.d = columns[4];
  }

  @Override
  void run(Block block, Active active) {
    Lane.Four lane = this.lane;
    long[] to = block.registers[this.to];
    long[] a = block.registers[this.a];
    long[] b = block.registers[this.b];
    long[] c = block.registers[this.c];
    long[] d = block.registers[this.d];
    if (active.all) {
      for (int i = 0; i < to.length; i++) {
        to[i] = lane.of(a[i], b[i], c[i], d[i]);
      }
    } else {
      int[] threads = active.threads;
      for (int j = 0; j < active.count; j++) {
        int i = threads[j];
        to[i] = lane.of(a[i], b[i], c[i], d[i]);
      }
    }
  }
}
