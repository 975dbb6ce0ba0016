// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For drivers: notices devices and jobs whose owner lost them, and leaves the bench safe.
 *
 * <p>A driver watches each device when it opens it and calls {@link #closed()} when it is closed. A
 * watched object that becomes unreachable before is made safe and reported once, as a WARNING to
 * the {@link System.Logger} {@value #LOGGER}, with the thread that opened it; {@code
 * -Dofp.leaks.trace=true} adds the stack trace of the opening, which costs some microseconds each.
 * What is still open when the virtual machine shuts down is made safe too, without a report: a
 * program that was stopped did not leak. Nothing helps against a machine that is killed; against
 * that the bench needs a watchdog of its own.
 *
 * <p>Safe for use by several threads.
 */
@Experimental(since = "0.1")
public final class LeakWatch {
  /** Name of the logger that gets the reports. */
  public static final String LOGGER = "org.ofp.device.leaks";

  /** The system property that asks for stack traces. */
  public static final String TRACE_PROPERTY = "ofp.leaks.trace";

  private static final AtomicLong REPORTED = new AtomicLong();

  private final State state;
  private final Cleaner.Cleanable cleanable;

  private LeakWatch(Object watched, State state) {
    this.state = state;
    cleanable = Background.CLEANER.register(watched, state);
  }

  /**
   * Watches a device from its opening on.
   *
   * @param device to be kept reachable by whoever uses it: a method that works on what {@code
   *     makeSafe} closes is synchronized on the device, or ends with {@link
   *     java.lang.ref.Reference#reachabilityFence}
   * @param address what was opened, such as {@code sim:ideal}
   * @param makeSafe blanks the SLM and turns the source off, from any thread and within a second;
   *     must not refer to the device, which would never become unreachable
   */
  public static LeakWatch device(OpticalFourierDevice device, String address, Runnable makeSafe) {
    State state = new State("device '" + address + "' was not closed", makeSafe);
    Background.OPEN.add(state);
    return new LeakWatch(device, state);
  }

  /** As {@link #device(OpticalFourierDevice, String, Runnable)}, with nothing to make safe. */
  public static LeakWatch device(OpticalFourierDevice device, String address) {
    return new LeakWatch(device, new State("device '" + address + "' was not closed", () -> {}));
  }

  /**
   * Watches a job that runs on after {@code submit}; {@link #closed()} is for its end, seen by
   * {@link Job#await}.
   *
   * @param address the device that runs it
   */
  public static LeakWatch job(Job job, String address) {
    return new LeakWatch(job, new State("a job on '" + address + "' was not awaited", () -> {}));
  }

  /** The watched object was closed as it should be. Calling this again does nothing. */
  public void closed() {
    state.closed = true;
    cleanable.clean();
  }

  /** Leaks reported since the virtual machine started. */
  public static long reported() {
    return REPORTED.get();
  }

  /** What outlives the watched object, and therefore must not refer to it. */
  private static final class State implements Runnable {
    private final String what;
    private final Runnable makeSafe;
    private final String thread = Thread.currentThread().getName();
    private final Throwable opening =
        Boolean.getBoolean(TRACE_PROPERTY) ? new Throwable("opened here") : null;
    volatile boolean closed;

    State(String what, Runnable makeSafe) {
      this.what = what;
      this.makeSafe = makeSafe;
    }

    /** Runs once: from {@link #closed()}, or when the watched object is gone. */
    @Override
    public void run() {
      Background.OPEN.remove(this);
      if (closed) {
        return;
      }
      REPORTED.incrementAndGet();
      String outcome = makeSafe();
      System.getLogger(LOGGER)
          .log(
              Level.WARNING,
              what
                  + " and is no longer reachable; it came from thread '"
                  + thread
                  + "'"
                  + outcome
                  + (opening == null ? "; -D" + TRACE_PROPERTY + "=true shows where" : ""),
              opening);
    }

    /** A failure here must neither end the cleaner's thread nor keep others from being safe. */
    private String makeSafe() {
      try {
        makeSafe.run();
        return "";
      } catch (RuntimeException | Error e) {
        return "; MAKING THE BENCH SAFE FAILED: " + e;
      }
    }
  }

  /** Made with the first device: a thread and a hook are nothing for a static initialiser. */
  private static final class Background {
    static final Cleaner CLEANER = Cleaner.create();
    static final Set<State> OPEN = ConcurrentHashMap.newKeySet();

    static {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(Background::makeAllSafe, "ofp-make-safe"));
      } catch (IllegalStateException e) {
        // The machine shuts down already: its hooks are running, and this one is not wanted.
        System.getLogger(LOGGER).log(Level.DEBUG, "opened during the shutdown", e);
      }
    }

    private static void makeAllSafe() {
      // Side by side: one that takes its time, such as a recording's file, keeps no bench lit.
      List<Thread> threads = OPEN.stream().map(Background::making).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static Thread making(State state) {
      Thread thread =
          new Thread(
              () -> {
                String failure = state.makeSafe();
                if (!failure.isEmpty()) {
                  System.getLogger(LOGGER)
                      .log(Level.WARNING, state.what + " at the shutdown" + failure);
                }
              },
              "ofp-make-safe");
      thread.setDaemon(true);
      return thread;
    }
  }
}
