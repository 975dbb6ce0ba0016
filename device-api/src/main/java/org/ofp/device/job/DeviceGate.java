// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCategory;
import org.ofp.device.ErrorCode;
import org.ofp.device.Telemetry;

/**
 * Who may use a device: one thread at a time, nobody while it hangs or after it was closed. Counts
 * what goes wrong there.
 */
final class DeviceGate {
  /** How often one who waits looks whether the device hangs now. */
  private static final long LOOK_MILLIS = 10;

  private final String id;
  private final ReentrantLock use = new ReentrantLock(true);
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private volatile Instant hungSince;
  private volatile boolean closed;

  DeviceGate(String id) {
    this.id = id;
  }

  void requireOpen() {
    if (closed) {
      throw closedFailure();
    }
  }

  void requireUsable() {
    requireOpen();
    if (hungSince != null) {
      throw hungFailure();
    }
  }

  DeviceException closedFailure() {
    return DriverErrors.closed();
  }

  DeviceException hungFailure() {
    return new DeviceException(
        ErrorCode.DEVICE_FAILURE,
        "device '"
            + id
            + "' hangs: since "
            + hungSince
            + " it has not returned from a job that was to end; close it and open it again");
  }

  /** Waits for the device's turn and calls it. */
  void use(Runnable call) {
    enter();
    try {
      call.run();
    } finally {
      use.unlock();
    }
  }

  /** As {@link #use}, for calls whose failures no job counts. */
  void useCounted(Runnable call) {
    use(
        () -> {
          try {
            call.run();
          } catch (DeviceException e) {
            count(e);
            throw e;
          }
        });
  }

  private void enter() {
    try {
      do {
        requireUsable();
      } while (!use.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException(
          ErrorCode.CANCELLED, "the thread was interrupted while another job had the device", e);
    }
    // It may have been closed while this thread waited.
    try {
      requireUsable();
    } catch (DeviceException e) {
      use.unlock();
      throw e;
    }
  }

  /** For closing: the device's turn, or false if it does not come in so many nanoseconds. */
  boolean takeTurn(long nanos) {
    boolean interrupted = Thread.interrupted();
    try {
      return use.tryLock(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The end of {@link #takeTurn}. */
  void endTurn() {
    use.unlock();
  }

  /** False if it was closed before. */
  synchronized boolean close() {
    boolean was = closed;
    closed = true;
    return !was;
  }

  void hang() {
    errors.incrementAndGet();
    hungSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  void cameBack() {
    hungSince = null;
  }

  boolean hangs() {
    return hungSince != null;
  }

  void count(DeviceException failure) {
    if (failure.category() != ErrorCategory.USER) {
      errors.incrementAndGet();
    }
  }

  void countRetry() {
    retries.incrementAndGet();
  }

  /** A driver that counts its failures itself has seen those that were seen here. */
  Telemetry failures(Telemetry inner) {
    return inner.failures(Math.max(inner.errors(), errors.get()), inner.retries() + retries.get());
  }
}
