// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;

/** Delays and hangs of a device, which end when it is closed. Safe for use by several threads. */
final class FaultyWait {
  private final boolean ignoresInterrupts;
  private final CountDownLatch closed = new CountDownLatch(1);

  FaultyWait(boolean ignoresInterrupts) {
    this.ignoresInterrupts = ignoresInterrupts;
  }

  void close() {
    closed.countDown();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * Waits so long, {@link Long#MAX_VALUE} for good.
   *
   * @throws DeviceException with {@link ErrorCode#CLOSED} when the device is closed, with {@link
   *     ErrorCode#CANCELLED} when the thread is interrupted, unless that is ignored
   */
  void forNanos(long nanos) {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (closed.await(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
            throw DriverErrors.closed();
          }
          return;
        } catch (InterruptedException e) {
          if (!ignoresInterrupts) {
            throw interrupted(e);
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Keeps the thread interrupted, for those above. */
  static DeviceException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return DriverErrors.interrupted(e);
  }
}
