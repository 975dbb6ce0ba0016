// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Reads batches ahead of the training that takes them, on daemon threads of its own. Every thread
 * makes whole batches; they come out in order, and are the same whatever the number of threads. No
 * more than a few are ever ready or in the making, so memory is bounded.
 *
 * <p>{@link #next} is for one thread at a time. No thread is interrupted to stop it: that would
 * close a scratch file under the others.
 */
public final class BatchLoader implements AutoCloseable {
  /** Two keep ahead of any training on a few cores; more would take its cores away. */
  private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  private static final double NANOSECONDS = 1e-9;

  private final Samples samples;
  private final int[] order;
  private final int batchSize;
  private final int batches;
  private final Augmentation augmentation;
  private final List<Thread> threads = new ArrayList<>();

  // The following are guarded by this.
  /** Batches, or what kept them from being made: batch i at i modulo the length. */
  private final Object[] ready;

  private int claimed;
  private int delivered;
  private boolean closed;
  private long waitedNanos;

  private BatchLoader(
      Samples samples,
      int[] order,
      int batchSize,
      int firstBatch,
      Augmentation augmentation,
      int threadCount) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size = " + batchSize + " must be at least 1");
    }
    Batch.requireRoom(Math.min(batchSize, order.length), samples.side());
    batches = (int) (((long) order.length + batchSize - 1) / batchSize);
    if (firstBatch < 0 || firstBatch > batches) {
      throw new IllegalArgumentException(
          "first batch = " + firstBatch + " must be from 0 to " + batches);
    }
    this.samples = samples;
    this.order = order.clone();
    this.batchSize = batchSize;
    this.augmentation = augmentation;
    ready = new Object[threadCount + 1];
    claimed = firstBatch;
    delivered = firstBatch;
    for (int i = 0; i < threadCount; i++) {
      Thread thread = new Thread(this::run, "ofp-loader-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  /**
   * Starts to read.
   *
   * @param order indices of samples, of which a batch takes the next {@code batchSize}; the last
   *     one may be smaller
   * @param batchSize at least 1
   * @param firstBatch how many batches to leave out at the beginning; all: there is none to come
   * @throws IllegalArgumentException if a number is out of range, or a batch has no room for as
   *     many samples ({@link Batch#requireRoom})
   */
  public static BatchLoader start(
      Samples samples, int[] order, int batchSize, int firstBatch, Augmentation augmentation) {
    return start(samples, order, batchSize, firstBatch, augmentation, THREADS);
  }

  /** The same with another number of threads. */
  static BatchLoader start(
      Samples samples,
      int[] order,
      int batchSize,
      int firstBatch,
      Augmentation augmentation,
      int threads) {
    BatchLoader loader =
        new BatchLoader(samples, order, batchSize, firstBatch, augmentation, threads);
    loader.threads.forEach(Thread::start);
    return loader;
  }

  /**
   * The next batch; waits for it if need be. It belongs to the caller.
   *
   * @return null after the last
   * @throws RuntimeException what {@link Samples#read} threw for one of its samples
   * @throws IllegalStateException if the loader is closed
   * @throws CancellationException if the thread is interrupted while it waits
   */
  public synchronized Batch next() {
    if (delivered == batches && !closed) {
      return null;
    }
    int slot = delivered % ready.length;
    if (!closed && ready[slot] == null) {
      await(slot);
    }
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    if (ready[slot] instanceof RuntimeException failure) {
      throw failure;
    }
    if (ready[slot] instanceof Error failure) {
      throw failure;
    }
    Batch batch = (Batch) ready[slot];
    ready[slot] = null;
    delivered++;
    notifyAll();
    return batch;
  }

  /** How long {@link #next} has waited so far, in all calls. */
  public synchronized double waitSeconds() {
    return waitedNanos * NANOSECONDS;
  }

  /** Ends the threads, after the sample that each is reading, and waits for them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a batch, or the end, and counts the time. */
  private synchronized void await(int slot) {
    long from = System.nanoTime();
    try {
      while (!closed && ready[slot] == null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    } finally {
      waitedNanos += System.nanoTime() - from;
    }
  }

  private void run() {
    BatchReader reader = null;
    for (int batch = claim(); batch >= 0; batch = claim()) {
      try {
        reader = reader == null ? new BatchReader(samples, augmentation) : reader;
        int from = batch * batchSize;
        int to = (int) Math.min(order.length, (long) from + batchSize);
        put(batch, reader.read(order, from, to, this::isClosed));
      } catch (RuntimeException | Error e) {
        put(batch, e); // for the thread that asks for this batch
      }
    }
  }

  /** The next batch to make as soon as there is room for it; −1 if there is no more. */
  private synchronized int claim() {
    try {
      while (!closed && claimed < batches && claimed - delivered == ready.length) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody knows these threads to interrupt them", e);
    }
    return closed || claimed == batches ? -1 : claimed++;
  }

  private synchronized void put(int batch, Object result) {
    ready[batch % ready.length] = result;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
