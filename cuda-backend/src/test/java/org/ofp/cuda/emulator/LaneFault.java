// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** What a thread did wrong; becomes a {@link GpuFault} where kernel and line are known. */
final class LaneFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int thread;

  LaneFault(String message) {
    this(-1, message);
  }

  /**
   * A thread's fault.
   *
   * @param thread of the block; −1: not known
   */
  LaneFault(int thread, String message) {
    super(message, null, false, false);
    this.thread = thread;
  }

  int thread() {
    return thread;
  }
}
