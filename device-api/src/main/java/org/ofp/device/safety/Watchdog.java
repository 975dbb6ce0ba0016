// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.safety;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;

/**
 * For drivers: a dead man's switch for a bench that shows light. A driver arms it before it loads a
 * frame, feeds it before and after everything else that it does with that frame, and disarms it
 * when it has made the bench dark itself. When nothing is heard for the declared time (a job hangs,
 * its owner forgot the device) the watchdog makes the bench safe, once, reports it as a WARNING to
 * the {@link System.Logger} {@value #LOGGER}, and every feeding fails until a new frame is loaded:
 * the field is gone, and what a verb that was under way has read is not to be used.
 *
 * <p>It works as long as the virtual machine does. {@link org.ofp.device.LeakWatch} sees to devices
 * that were lost and to the end of the program; a machine that is killed or stops needs a watchdog
 * in the bench. Safe for use by several threads.
 */
@Experimental(since = "0.1")
public final class Watchdog implements AutoCloseable {
  /** Name of the logger that gets the reports. */
  public static final String LOGGER = "org.ofp.device.safety";

  private enum State {
    DISARMED,
    ARMED,
    MAKING_SAFE,
    SAFE,
    UNSAFE,
    CLOSED
  }

  private final String address;
  private final long limitNanos;
  private final Runnable makeSafe;
  private final LongSupplier clock;

  private final CountDownLatch closed = new CountDownLatch(1);
  private State state = State.DISARMED;
  private long lastHeard;

  /**
   * Starts the watch, in a thread of its own.
   *
   * @param address what is watched, such as {@code minimal:bench1}
   * @param limit longest time without a sign of life; longer than the longest verb, exposure
   *     included, and what the device declares as its physical parameter {@code watchdog}
   * @param makeSafe blanks the SLM and turns the source off, while a verb of another thread hangs;
   *     does not refer to the device, which could not be found leaked otherwise
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} for a limit that is not above 0
   */
  public Watchdog(String address, Duration limit, Runnable makeSafe) {
    this(address, limit, makeSafe, System::nanoTime);
    Thread thread = new Thread(this::watch, "ofp-watchdog-" + address);
    thread.setDaemon(true);
    thread.start();
  }

  /** Without a thread, for tests, which call {@link #check}. */
  Watchdog(String address, Duration limit, Runnable makeSafe, LongSupplier clock) {
    if (limit.isNegative() || limit.isZero()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a watchdog's limit of " + limit + " must be above 0, and longer than the longest verb");
    }
    this.address = address;
    this.limitNanos = limit.toNanos();
    this.makeSafe = makeSafe;
    this.clock = clock;
  }

  /**
   * To be called before a frame is loaded: the watch starts, or starts anew.
   *
   * @throws DeviceException with {@link ErrorCode#DEVICE_FAILURE} while the bench is being made
   *     safe, or if that failed
   */
  public synchronized void arm() {
    if (state == State.MAKING_SAFE || state == State.UNSAFE) {
      throw failure();
    }
    if (state != State.CLOSED) {
      state = State.ARMED;
      lastHeard = clock.getAsLong();
    }
  }

  /**
   * To be called before and after everything else that is done with the frame. Does nothing while
   * disarmed.
   *
   * @throws DeviceException with {@link ErrorCode#DEVICE_FAILURE} if the bench was made safe since
   *     the frame was loaded
   */
  public synchronized void feed() {
    if (state == State.ARMED) {
      lastHeard = clock.getAsLong();
    } else if (state != State.DISARMED && state != State.CLOSED) {
      throw failure();
    }
  }

  /** To be called when the bench is dark: there is nothing to watch until the next frame. */
  public synchronized void disarm() {
    if (state == State.ARMED) {
      state = State.DISARMED;
    }
  }

  /** Ends the watch for good; the bench is left as it is. */
  @Override
  public synchronized void close() {
    state = State.CLOSED;
    closed.countDown();
  }

  private DeviceException failure() {
    return new DeviceException(
        ErrorCode.DEVICE_FAILURE,
        "'"
            + address
            + "' showed no sign of life for "
            + limitNanos / 1e9
            + " s"
            + (state == State.UNSAFE
                ? " and COULD NOT BE MADE SAFE; turn it off by hand"
                : " and was made dark by its watchdog; load the frame again"));
  }

  private void watch() {
    try {
      while (!closed.await(check(), TimeUnit.NANOSECONDS)) {
        // Looks again.
      }
    } catch (InterruptedException e) {
      // This thread is nobody else's: it can only be the end of the virtual machine.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes the bench safe if it is time to.
   *
   * @return nanoseconds until it is worth looking again
   */
  long check() {
    synchronized (this) {
      long left = limitNanos - (clock.getAsLong() - lastHeard);
      if (state != State.ARMED || left > 0) {
        return state == State.ARMED ? left : limitNanos;
      }
      state = State.MAKING_SAFE;
    }
    // Not under the monitor: verbs of other threads must fail meanwhile, not wait.
    String outcome = "; the bench was made dark";
    State after = State.SAFE;
    try {
      makeSafe.run();
    } catch (RuntimeException | Error e) {
      outcome = "; MAKING THE BENCH SAFE FAILED: " + e;
      after = State.UNSAFE;
    }
    synchronized (this) {
      state = state == State.CLOSED ? State.CLOSED : after;
    }
    System.getLogger(LOGGER)
        .log(
            Level.WARNING,
            "device '"
                + address
                + "' showed no sign of life for "
                + limitNanos / 1e9
                + " s"
                + outcome);
    return limitNanos;
  }
}
