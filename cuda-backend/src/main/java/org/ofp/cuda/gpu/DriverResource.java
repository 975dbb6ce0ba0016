// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.concurrent.atomic.AtomicBoolean;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * Something on a GPU that must be given back once: by its owner, or with the GPU. Nothing is given
 * back to a GPU that was lost, which may have a new context in which the same numbers mean others'
 * things.
 */
abstract class DriverResource implements AutoCloseable {
  private final DriverGpu gpu;
  private final String name;
  private final AtomicBoolean closed = new AtomicBoolean();

  DriverResource(DriverGpu gpu, String name) {
    this.gpu = gpu;
    this.name = name;
  }

  final DriverGpu gpu() {
    return gpu;
  }

  /** Before each use: makes the GPU current, and refuses what was closed. */
  final void enter() {
    requireOpen();
    gpu.enter();
  }

  final void requireOpen() {
    if (closed.get()) {
      throw new DeviceException(ErrorCode.CLOSED, gpu.at(name) + " was closed");
    }
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      gpu.forget(this);
      if (!gpu.isLost()) {
        freeUnlessLost();
      }
    }
  }

  private void freeUnlessLost() {
    try {
      gpu.enter();
      free();
    } catch (DeviceException e) {
      // A GPU that is found lost now has nothing to be given back either; its next use says so.
      if (e.code() != ErrorCode.DEVICE_LOST) {
        throw e;
      }
    }
  }

  /** Gives it back; the GPU is current. */
  abstract void free();
}
