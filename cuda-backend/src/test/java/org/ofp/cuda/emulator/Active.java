// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** The threads of a block that execute an instruction together, in ascending order. */
final class Active {
  /** Their numbers; filled up to {@link #count}. */
  final int[] threads;

  int count;

  /** Whether they are all threads of the block, so that loops need no list. */
  boolean all;

  Active(int capacity) {
    this.threads = new int[capacity];
  }

  void clear() {
    count = 0;
  }

  void add(int thread) {
    threads[count++] = thread;
  }

  void seal() {
    all = count == threads.length;
  }
}
