// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.util.ArrayDeque;
import java.util.List;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCode;

/** The jobs that wait, and the one whose turn it is. Guarded by itself. */
final class Backlog {
  private final JobQueue.Settings settings;
  private final DeviceGate gate;
  private final ArrayDeque<JobRun> waiting = new ArrayDeque<>();
  private JobRun current;
  private boolean closed;

  Backlog(JobQueue.Settings settings, DeviceGate gate) {
    this.settings = settings;
    this.gate = gate;
  }

  /** Waits for room. */
  synchronized void put(JobRun run) {
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw DriverErrors.interrupted();
      }
      gate.requireUsable();
      long left = run.deadline().remaining();
      if (left <= 0) {
        throw run.deadline().passed();
      }
      if (waiting.size() < settings.capacity()) {
        waiting.add(run);
        notifyAll();
        return;
      }
      requirePatience();
      try {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void requirePatience() {
    if (settings.refuse()) {
      throw new DeviceException(
          ErrorCode.BUSY,
          "the queue is full: "
              + waiting.size()
              + " jobs wait; await one of them, or open the queue with a larger capacity");
    }
  }

  /** The next job, now the current one; null after {@link #close}. */
  synchronized JobRun take() {
    current = null;
    while (waiting.isEmpty()) {
      if (closed) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts this thread between jobs; if somebody does, there is nothing to end.
      }
    }
    current = waiting.remove();
    notifyAll();
    return current;
  }

  synchronized JobRun current() {
    return current;
  }

  synchronized boolean remove(JobRun run) {
    boolean waited = waiting.remove(run);
    notifyAll();
    return waited;
  }

  /** Takes out all that wait, and has those look again who wait for room. */
  synchronized List<JobRun> drain() {
    List<JobRun> all = List.copyOf(waiting);
    waiting.clear();
    notifyAll();
    return all;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
