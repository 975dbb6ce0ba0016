// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells the user how far a long piece of work is: a bar with the time left on a terminal, an
 * occasional plain line elsewhere, nothing at all for work that is over at once. Thread-safe, and
 * cheap enough to be called once per frame: a call that draws nothing costs two atomic operations.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start(terminal, "frames", frames)) {
 *   … progress.advance(1) …
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {
  /** Ten redraws a second look smooth; a line every five seconds keeps a log readable. */
  private static final Duration REDRAW = Duration.ofMillis(100);

  private static final Duration LINE = Duration.ofSeconds(5);

  /** The first seconds say too little about the speed to promise an end. */
  private static final Duration BEFORE_ESTIMATE = Duration.ofSeconds(2);

  private static final int BAR_WIDTH = 24;

  /** Leaves room for figures on a terminal of 80 columns. */
  private static final int SHORT_BAR_WIDTH = 10;

  private static final int LABEL_WIDTH = 20;

  private final Terminal terminal;
  private final String label;
  private final long total;
  private final LongSupplier nanoTime;
  private final long start;
  private final long interval;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong nextDraw;
  private volatile String detail = "";
  private boolean closed;

  private Progress(
      Terminal terminal, String label, long total, Duration line, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.label = label.length() > LABEL_WIDTH ? label.substring(0, LABEL_WIDTH) : label;
    this.total = total;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    interval = (terminal.interactive() ? REDRAW : line).toNanos();
    nextDraw = new AtomicLong(start + interval);
  }

  /**
   * Starts counting.
   *
   * @param label what is counted, a short plural such as {@code frames}
   * @param total how many there will be; 0 where that is not known
   */
  public static Progress start(Terminal terminal, String label, long total) {
    return start(terminal, label, total, LINE);
  }

  /**
   * As {@link #start(Terminal, String, long)}, for work that takes hours.
   *
   * @param line time between two lines where there is no terminal
   */
  public static Progress start(Terminal terminal, String label, long total, Duration line) {
    return new Progress(terminal, label, total, line, System::nanoTime);
  }

  static Progress start(Terminal terminal, String label, long total, LongSupplier nanoTime) {
    return new Progress(terminal, label, total, LINE, nanoTime);
  }

  /** Counts {@code steps} more as done. */
  public void advance(long steps) {
    done.addAndGet(steps);
    draw();
  }

  /** Sets how many are done, for work that reports totals. */
  public void reach(long count) {
    done.set(count);
    draw();
  }

  /** What to say after the count from now on, such as a figure that goes with it; one line. */
  public void detail(String text) {
    detail = text;
  }

  /** Erases the bar. What was achieved is for the command to say. */
  @Override
  public synchronized void close() {
    closed = true;
    terminal.status("");
  }

  private void draw() {
    long now = nanoTime.getAsLong();
    long due = nextDraw.get();
    // One thread wins the right to draw; the others go on working.
    if (now - due >= 0 && nextDraw.compareAndSet(due, now + interval)) {
      show(now - start);
    }
  }

  private synchronized void show(long elapsedNanos) {
    if (closed) {
      return;
    }
    long count = done.get();
    String figures = detail.isEmpty() ? "" : "  " + detail;
    if (terminal.interactive()) {
      terminal.status(bar(count, elapsedNanos) + figures);
    } else {
      terminal.note(plain(count, elapsedNanos) + figures);
    }
  }

  private String bar(long count, long elapsedNanos) {
    if (total <= 0) {
      return label + "  " + count;
    }
    int width = detail.isEmpty() ? BAR_WIDTH : SHORT_BAR_WIDTH;
    int filled = (int) (width * fraction(count));
    return label
        + "  ["
        + "#".repeat(filled)
        + "-".repeat(width - filled)
        + "]"
        + String.format(Locale.ROOT, " %3d %%", percent(count))
        + timeLeft(count, elapsedNanos);
  }

  private String plain(long count, long elapsedNanos) {
    if (total <= 0) {
      return label + ": " + count;
    }
    return label
        + ": "
        + percent(count)
        + " % ("
        + count
        + " of "
        + total
        + ")"
        + timeLeft(count, elapsedNanos);
  }

  private int percent(long count) {
    return (int) (100 * fraction(count));
  }

  private double fraction(long count) {
    return Math.min(1.0, Math.max(0.0, (double) count / total));
  }

  private String timeLeft(long count, long elapsedNanos) {
    if (count <= 0 || count >= total || elapsedNanos < BEFORE_ESTIMATE.toNanos()) {
      return "";
    }
    long seconds = Math.round(elapsedNanos * 1e-9 / count * (total - count));
    return seconds < 3600
        ? String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, ", %d h %02d min left", seconds / 3600, seconds / 60 % 60);
  }
}
