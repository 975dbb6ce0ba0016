// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes blocks of records to a file, by a thread of its own, in the order in which they are handed
 * over. Safe for use by several threads.
 *
 * <p>The first failure ends the file: what comes later is dropped.
 */
final class RecordingWriter implements AutoCloseable {
  /** What may be on its way to the disk. */
  private static final long BUDGET = 64L << 20;

  /** The largest block: a buffer's size is an {@code int}. */
  static final long MAX_BLOCK = Integer.MAX_VALUE - (1 << 17);

  private final RecordingSink sink;
  private final BlockPool pool;

  /** Blocks to be written; nothing ends the thread. */
  private final BlockingQueue<Optional<ByteBuffer>> queue = new LinkedBlockingQueue<>();

  private final AtomicLong frames = new AtomicLong();
  private final Thread thread;
  private volatile IOException failure;
  private boolean closed;

  /** Begins a file with its header, of a multiple of the sink's alignment. */
  RecordingWriter(RecordingSink sink, byte[] header) throws IOException {
    this.sink = sink;
    pool = new BlockPool(BUDGET, sink.alignment());
    ByteBuffer block = pool.take(header.length);
    sink.write(block.put(header).flip());
    pool.give(block);
    thread = new Thread(this::run, "ofp-recording");
    thread.setDaemon(true);
    thread.start();
  }

  /** What went wrong; null if nothing did. */
  IOException failure() {
    return failure;
  }

  /** Frames handed over. */
  long frames() {
    return frames.get();
  }

  /** A block for records of so many bytes, to be handed over; waits for the disk if need be. */
  ByteBuffer take(long bytes) {
    return pool.take(bytes + RecordFormat.HEAD + sink.alignment());
  }

  /** Hands over a block that was taken and is filled up to its position. */
  void put(ByteBuffer block, int framesInIt) {
    pad(block);
    synchronized (queue) { // nothing may follow the last one
      if (!closed && failure == null) {
        frames.addAndGet(framesInIt);
        queue.add(Optional.of(block));
        return;
      }
    }
    pool.give(block);
  }

  /** Takes back a block that could not be filled. */
  void drop(ByteBuffer block) {
    pool.give(block);
  }

  private void pad(ByteBuffer block) {
    if (block.position() % sink.alignment() != 0) {
      int at = RecordFormat.begin(block);
      long end = RecordFormat.roundUp(block.position(), sink.alignment());
      while (block.position() < end) {
        block.put((byte) 0);
      }
      RecordFormat.end(block, at, RecordFormat.PADDING);
    }
    block.flip();
  }

  private void run() {
    try {
      Optional<ByteBuffer> next = queue.take();
      while (next.isPresent()) {
        write(next.get());
        pool.give(next.get());
        next = queue.take();
      }
    } catch (InterruptedException e) {
      failure = new IOException("the thread that writes was interrupted", e);
    }
  }

  private void write(ByteBuffer block) {
    if (failure == null) {
      try {
        sink.write(block);
      } catch (IOException e) {
        failure = e;
      } catch (RuntimeException
          | Error e) { // the thread has to go on, or others wait for room for ever
        failure = new IOException("unexpected: " + e, e);
      }
    }
  }

  /** Ends the file and waits until it is on the disk; closing again does nothing. */
  @Override
  public void close() {
    // Not under the monitor, which who has the room that is waited for needs to give it back.
    ByteBuffer block = take(RecordFormat.size(Long.BYTES));
    synchronized (queue) {
      if (closed) {
        pool.give(block);
        return;
      }
      closed = true;
      int at = RecordFormat.begin(block);
      block.putLong(frames());
      RecordFormat.end(block, at, RecordFormat.END);
      pad(block);
      queue.add(Optional.of(block));
      queue.add(Optional.empty());
    }
    awaitThread();
    if (failure == null && !queue.isEmpty()) {
      failure = new IOException("the thread that writes has ended early");
    }
    try (sink) {
      if (failure == null) {
        sink.force();
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  private void awaitThread() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
