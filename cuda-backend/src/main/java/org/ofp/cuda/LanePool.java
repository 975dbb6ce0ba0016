// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ofp.cuda.gpu.Closing;

/**
 * The lanes of a device: few, so that its memory is bounded however many threads submit. Safe for
 * use by several threads.
 */
final class LanePool implements AutoCloseable {
  /** Two jobs that overlap copies with transforms, or four short ones. */
  static final int MOST = 4;

  private final Supplier<Lane> maker;
  private final Semaphore permits = new Semaphore(MOST, true);
  private final Deque<Lane> idle = new ArrayDeque<>();
  private final List<Lane> all = new ArrayList<>();

  LanePool(Supplier<Lane> maker) {
    this.maker = maker;
  }

  /** A lane for a while; closing gives it back. */
  final class Lent implements AutoCloseable {
    private final Lane lane;

    private Lent(Lane lane) {
      this.lane = lane;
    }

    Lane lane() {
      return lane;
    }

    /** Drops what is still under way on it: then its job has failed. */
    @Override
    public void close() {
      try {
        lane.drop();
      } finally {
        synchronized (LanePool.this) {
          idle.push(lane);
        }
        permits.release();
      }
    }
  }

  /** A lane; waits for one if all are in use. */
  Lent take() {
    permits.acquireUninterruptibly();
    return lend();
  }

  /** A lane, or null if all are in use. */
  Lent tryTake() {
    return permits.tryAcquire() ? lend() : null;
  }

  private Lent lend() {
    try {
      synchronized (this) {
        Lane lane = idle.poll();
        if (lane == null) {
          lane = maker.get();
          all.add(lane);
        }
        return new Lent(lane);
      }
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  /** To be called when no lane is in use. */
  @Override
  public synchronized void close() {
    List<Runnable> closings = new ArrayList<>();
    all.forEach(lane -> closings.add(lane::close));
    all.clear();
    idle.clear();
    Closing.all(closings);
  }
}
