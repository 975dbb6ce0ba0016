// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ctrl-C and SIGTERM as a wish to stop, for work that libtorch does, and work that removes its
 * files where it fails. A process that exits while libtorch computes may crash, for exiting
 * destroys what it is using; so the exit waits until the work has come to its next {@link #check}
 * and has been left.
 *
 * <pre>{@code
 * try (StopSignal stop = StopSignal.watch(terminal, "begin anew")) {
 *   … stop.check() after every step …
 * }
 * }</pre>
 */
public final class StopSignal implements AutoCloseable {
  /** Whoever asked may be waiting: longer than a step takes, unless a device is being simulated. */
  private static final int PATIENCE_SECONDS = 30;

  private final String remedy;
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean wished;

  private StopSignal(Terminal terminal, String remedy) {
    this.remedy = remedy;
    hook = new Thread(() -> await(terminal), "stop-signal");
  }

  /**
   * Begins to watch.
   *
   * @param remedy what to tell the user who stopped the work, such as how to go on with it
   */
  public static StopSignal watch(Terminal terminal, String remedy) {
    StopSignal signal = new StopSignal(terminal, remedy);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /**
   * Lets the work go on, or ends it.
   *
   * @throws CancellationException if it is to stop
   */
  public void check() {
    if (wished) {
      throw new CancellationException("stopped early");
    }
  }

  private void await(Terminal terminal) {
    wished = true;
    terminal.note("stopping after this step");
    try {
      left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    terminal.note("stopped early; " + remedy);
  }

  /** The work has been left. Does not return if it was to stop: the process ends. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      left.countDown();
      // The last word is the hook's; what this thread has to say might come too late or twice.
      while (true) {
        LockSupport.park();
      }
    }
  }
}
