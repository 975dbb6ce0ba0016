// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Map;
import java.util.Set;

/**
 * {@code atom} and {@code red}, thread after thread. Kernels with these on global memory run their
 * blocks one after the other, so that sums of floats do not depend on chance; unless no order can
 * show in the results.
 */
final class AtomicOp extends Op {
  private final Space space;
  private final Element element;
  private final Lane.Three update;
  private final int to;
  private final int address;
  private final long offset;
  private final int b;
  private final int c;

  /**
   * An atomic update.
   *
   * @param update the new value from the old one and the operands
   * @param to −1: the old value is not wanted
   */
  AtomicOp(LoadOp.Kind kind, Lane.Three update, int to, int address, int b, int c) {
    this.space = kind.space();
    this.element = kind.element();
    this.offset = kind.offset();
    this.update = update;
    this.to = to;
    this.address = address;
    this.b = b;
    this.c = c;
  }

  /** The update of that name; null if there is none such. */
  static Lane.Three update(String operation, String type, Map<String, Lane> lanes) {
    return switch (operation) {
      case "exch" -> (old, b, c) -> b;
      case "cas" -> (old, b, c) -> PtxType.extend(type, old) == PtxType.extend(type, b) ? c : old;
      default -> {
        Lane lane = lanes.get(operation + "." + type);
        yield lane instanceof Lane.Two two ? (old, b, c) -> two.of(old, b) : null;
      }
    };
  }

  /**
   * Whether updates give the same in whatever order they come.
   *
   * @param wanted whether the old value is used
   */
  static boolean commutes(String operation, String type, boolean wanted) {
    return !wanted
        && !PtxType.isFloat(type)
        && Set.of("add", "min", "max", "and", "or", "xor").contains(operation);
  }

  @Override
  void run(Block block, Active active) {
    Memory memory = block.memory;
    int bytes = element.bytes;
    for (int j = 0; j < active.count; j++) {
      int thread = active.threads[j];
      long at = block.registers[address][thread] + offset;
      int position = memory.position(space, thread, at, bytes);
      Region region = memory.region();
      if (element.get.of(region.written, position) != element.ones) {
        throw memory.neverWritten(thread, at);
      }
      if (memory.isShared()) {
        memory.races.atomic(position, bytes, thread);
      }
      long operand = block.registers[b][thread];
      long other = block.registers[c][thread];
      synchronized (region) { // blocks may run in parallel
        long old = element.get.of(region.data, position);
        element.put.of(region.data, position, update.of(old, operand, other));
        if (to >= 0) {
          block.registers[to][thread] = old;
        }
      }
    }
  }
}
