// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/** {@code st}. A template, see {@link Specialised}. */
final class StoreOp extends Op {
  private final Space space;
  private final long offset;
  private final Element element;
  private final int address;
  private final int[] from;

  /** Columns: the address, then the sources. */
  StoreOp(LoadOp.Kind kind, int[] columns) {
    this.space = kind.space();
    this.offset = kind.offset();
    this.element = kind.element();
    this.address = columns[0];
    this.from = Arrays.copyOfRange(columns, 1, columns.length);
  }

  @Override
  void run(Block block, Active active) {
    Element.Put put = element.put;
    Memory memory = block.memory;
    long ones = element.ones;
    int bytes = element.bytes;
    long[] to = block.registers[address];
    int[] threads = active.threads;
    for (int j = 0; j < active.count; j++) {
      int thread = threads[j];
      int position = memory.position(space, thread, to[thread] + offset, bytes * from.length);
      Region region = memory.region();
      for (int column : from) {
        if (memory.isShared()) {
          memory.races.write(position, bytes, thread);
        }
        put.of(region.data, position, block.registers[column][thread]);
        put.of(region.written, position, ones);
        position += bytes;
      }
    }
  }
}
