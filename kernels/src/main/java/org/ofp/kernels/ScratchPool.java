// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work buffers that are lent for the time of a call and used again: as many as calls ever ran at
 * once.
 *
 * <p>Not thread-locals, because the threads of the common fork-join pool lose theirs after every
 * task (since JDK 17), and with them the buffers: native ones would pile up until the next
 * collection.
 */
final class ScratchPool<T> {
  private final Deque<T> idle = new ConcurrentLinkedDeque<>();
  private final Supplier<T> maker;

  ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Runs some work with a buffer of its own, the one used last if there is one. */
  void lend(Consumer<T> work) {
    T scratch = idle.poll();
    if (scratch == null) {
      scratch = maker.get();
    }
    try {
      work.accept(scratch);
    } finally {
      idle.push(scratch);
    }
  }
}
