// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device whose jobs run on after {@code submit}, with several frames between panel and sensor at
 * a time: it loads frames ahead of the one that it reads, and counts them.
 */
public final class PipeliningBench extends CountingBench {
  private final int depth;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile int mostInFlight;

  /** Something that only this device can do. */
  public interface Shutter {
    boolean isOpen();
  }

  /**
   * A bench.
   *
   * @param depth frames that fit between panel and sensor
   */
  public PipeliningBench(int depth) {
    this.depth = depth;
  }

  /** The most frames that were in flight at once. */
  public int mostInFlight() {
    return mostInFlight;
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    SequenceReads reads = new SequenceReads(sequence, options, description());
    Running job = new Running();
    Thread thread = new Thread(() -> run(sequence, reads, job), "pipelining-bench");
    thread.setDaemon(true);
    thread.start();
    return job;
  }

  private synchronized void run(FrameSequence sequence, SequenceReads reads, Running job) {
    try {
      int loaded = 0;
      for (int i = 0; i < sequence.size(); i++) {
        if (job.cancelled) {
          throw new DeviceException(ErrorCode.CANCELLED, "the bench's job was cancelled");
        }
        reads.requireTime();
        for (; loaded < Math.min(sequence.size(), i + depth); loaded++) {
          mostInFlight = Math.max(mostInFlight, inFlight.incrementAndGet());
        }
        load(
            new SlmFrame(
                sequence.shape(),
                sequence.amplitudes(),
                sequence.amplitudeOffset(i),
                sequence.id(i),
                sequence.repeat(i)));
        reads.read(i, this::read);
        inFlight.decrementAndGet();
      }
      job.end.complete(null);
    } catch (RuntimeException e) {
      inFlight.set(0);
      job.end.completeExceptionally(e);
    }
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return capability == Shutter.class
        ? Optional.of(capability.cast((Shutter) () -> true))
        : Optional.empty();
  }

  private static final class Running implements Job {
    final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile CompletableFuture<Void> last = end;
    volatile boolean cancelled;

    @Override
    public boolean isDone() {
      return last.isDone();
    }

    @Override
    public void await() {
      try {
        last.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DeviceException(ErrorCode.CANCELLED, "the wait was interrupted", e);
      } catch (ExecutionException e) {
        throw cause(e);
      }
    }

    private static RuntimeException cause(Exception e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException) {
        cause = cause.getCause();
      }
      return (RuntimeException) cause;
    }

    @Override
    public boolean cancel() {
      cancelled = true;
      return !isDone();
    }

    @Override
    public synchronized void whenDone(Runnable action) {
      last =
          last.whenComplete(
              (nothing, failure) -> {
                action.run();
              });
    }
  }
}
