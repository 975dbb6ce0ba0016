// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/** {@code ld}. A template, see {@link Specialised}. */
final class LoadOp extends Op {
  /**
   * What is loaded.
   *
   * @param offset bytes after the address in the register
   */
  record Kind(Space space, Element element, long offset) {}

  private final Space space;
  private final long offset;
  private final Element element;
  private final int address;
  private final int[] to;

  /** Columns: the address, then the destinations; −1: not wanted. */
  LoadOp(Kind kind, int[] columns) {
    this.space = kind.space();
    this.offset = kind.offset();
    this.element = kind.element();
    this.address = columns[0];
    this.to = Arrays.copyOfRange(columns, 1, columns.length);
  }

  @Override
  void run(Block block, Active active) {
    Element.Get get = element.get;
    Memory memory = block.memory;
    long ones = element.ones;
    int bytes = element.bytes;
    long[] from = block.registers[address];
    int[] threads = active.threads;
    for (int j = 0; j < active.count; j++) {
      int thread = threads[j];
      long at = from[thread] + offset;
      int position = memory.position(space, thread, at, bytes * to.length);
      Region region = memory.region();
      for (int k = 0; k < to.length; k++) {
        if (to[k] >= 0) {
          if (get.of(region.written, position) != ones) {
            throw memory.neverWritten(thread, at + (long) k * bytes);
          }
          if (memory.isShared()) {
            memory.races.read(position, bytes, thread);
          }
          block.registers[to[k]][thread] = get.of(region.data, position);
        }
        position += bytes;
      }
    }
  }
}
