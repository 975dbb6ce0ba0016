// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * The lanes of a GPU, opened on demand and kept. A call that fails gives its lanes up; after the
 * loss of the GPU the next call opens it anew. Safe for use by several threads; those beyond the
 * bound wait.
 */
final class ProductPool implements AutoCloseable {
  /** Calls at a time, which bounds the memory: one waits for the bus while the other copies. */
  private static final int CALLS = 2;

  private static final System.Logger LOG = System.getLogger(ProductPool.class.getName());

  private final Supplier<ProductGpu> opener;
  private final Semaphore calls = new Semaphore(CALLS);
  private Opened current;

  /**
   * @param opener opens the GPU; may throw
   */
  ProductPool(Supplier<ProductGpu> opener) {
    this.opener = opener;
  }

  /** A GPU and what was opened on it. Closed when no call uses it any more. */
  private static final class Opened {
    final ProductGpu gpu;
    final Deque<LanePair> idle = new ArrayDeque<>();
    int inUse;

    Opened(ProductGpu gpu) {
      this.gpu = gpu;
    }
  }

  /** Opens the GPU and what the first product needs, unless that is done. */
  void open() {
    Opened opened = use();
    LanePair pair;
    try {
      pair = pair(opened);
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        opened.inUse--;
        if (opened.inUse == 0) {
          current = null;
          closeIfUnused(opened);
        }
      }
      throw e;
    }
    keep(opened, pair);
  }

  /** Runs a product to its end. */
  void run(Pieces pieces) {
    if (pieces.count() == 0) {
      return;
    }
    calls.acquireUninterruptibly();
    try {
      Opened opened = use();
      LanePair pair = pair(opened);
      try {
        pair.run(pieces);
      } catch (RuntimeException | Error e) {
        giveUp(opened, pair, e);
        throw e;
      }
      keep(opened, pair);
    } finally {
      calls.release();
    }
  }

  private synchronized Opened use() {
    if (current == null) {
      current = new Opened(opener.get());
    }
    current.inUse++;
    return current;
  }

  private synchronized LanePair pair(Opened opened) {
    return opened.idle.isEmpty() ? new LanePair(opened.gpu) : opened.idle.pop();
  }

  private synchronized void keep(Opened opened, LanePair pair) {
    opened.idle.push(pair);
    opened.inUse--;
    closeIfUnused(opened);
  }

  /** What fails while cleaning up after a failure must not hide it. */
  private synchronized void giveUp(Opened opened, LanePair pair, Throwable why) {
    boolean lost = why instanceof DeviceException e && e.code() == ErrorCode.DEVICE_LOST;
    if (lost && current == opened) {
      current = null;
    }
    opened.inUse--;
    try {
      pair.close();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
    try {
      closeIfUnused(opened);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** Its page-locked memory must outlive the calls that still copy. */
  private void closeIfUnused(Opened opened) {
    if (opened != current && opened.inUse == 0) {
      try (ProductGpu closing = opened.gpu) {
        closeAll(opened.idle);
      }
    }
  }

  private static void closeAll(Deque<LanePair> idle) {
    if (!idle.isEmpty()) {
      try (LanePair pair = idle.pop()) {
        closeAll(idle);
      }
    }
  }

  /** Gives the GPU up, once no call uses it any more; the next call opens it again. */
  @Override
  public synchronized void close() {
    Opened opened = current;
    current = null;
    if (opened != null) {
      closeIfUnused(opened);
    }
  }

  /** As {@link #close}, of a GPU that may be lost, which is no news then. */
  void release() {
    try {
      close();
    } catch (DeviceException e) {
      LOG.log(System.Logger.Level.DEBUG, "a GPU was closed after a failure", e);
    }
  }
}
