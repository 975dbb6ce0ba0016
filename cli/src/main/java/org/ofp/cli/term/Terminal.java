// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.ofp.cli.error.OneLine;

/**
 * Standard output and standard error of one run. Results go to {@link #out()}; everything else,
 * progress included, to standard error through {@link #note} and {@link #status}, which keep lines
 * and the transient status line apart. Thread-safe.
 *
 * <p>Whether a stream is a terminal only the shell can tell portably ({@code System.console()}
 * knows both streams together on Java 17 and nothing on 22), so the launcher passes it in the
 * system properties {@code ofp.stdout.tty} and {@code ofp.stderr.tty}; without them neither is one.
 */
public final class Terminal {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Charset charset;
  private final DeliveryStream delivery;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final boolean colourOnOut;
  private final boolean colourOnErr;
  private String status = "";

  private Terminal(
      OutputStream out,
      OutputStream err,
      Charset charset,
      boolean outTty,
      boolean errTty,
      Map<String, String> env) {
    this.charset = charset;
    delivery = new DeliveryStream(out);
    this.out = new PrintStream(new BufferedOutputStream(delivery, 1 << 16), false, charset);
    this.err = new PrintStream(new BufferedOutputStream(err, 1 << 12), true, charset);
    boolean capable = !env.getOrDefault("TERM", "").equals("dumb");
    boolean colourWanted = env.getOrDefault("NO_COLOR", "").isEmpty();
    interactive = errTty && capable;
    colourOnOut = outTty && capable && colourWanted;
    colourOnErr = interactive && colourWanted;
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Charset.forName(System.getProperty("native.encoding")),
        Boolean.getBoolean("ofp.stdout.tty"),
        Boolean.getBoolean("ofp.stderr.tty"),
        System.getenv());
  }

  /** A terminal over given streams, UTF-8; {@code tty} says what both pretend to be. */
  public static Terminal of(
      OutputStream out, OutputStream err, boolean tty, Map<String, String> env) {
    return new Terminal(out, err, StandardCharsets.UTF_8, tty, tty, env);
  }

  /** Where results go. Buffered: call {@link #deliver} at the end. */
  public PrintStream out() {
    return out;
  }

  /** {@link #out()} as a writer, flushed by every line. */
  public PrintWriter outWriter() {
    return new PrintWriter(out, true, charset);
  }

  /** Standard error for text of many lines, such as usage help; for one line use {@link #note}. */
  public PrintWriter errWriter() {
    return new PrintWriter(err, true, charset);
  }

  /** Whether a status line can be drawn and erased on standard error. */
  public boolean interactive() {
    return interactive;
  }

  /** Whether results may be coloured. */
  public boolean colourOnOut() {
    return colourOnOut;
  }

  /** Prints one line to standard error, above the status line. */
  public synchronized void note(String line) {
    print(OneLine.of(line));
  }

  /** Prints {@code ofp: warning: message} to standard error: the work goes on. */
  public synchronized void warning(String message) {
    print("ofp: warning: " + OneLine.of(message));
  }

  /** Prints {@code ofp: message} to standard error, the prefix in red where colour is allowed. */
  public synchronized void error(String message) {
    String prefix = colourOnErr ? "\u001b[1;31mofp:\u001b[0m " : "ofp: ";
    print(prefix + OneLine.of(message));
  }

  /** Prints a stack trace to standard error. */
  public synchronized void trace(Throwable thrown) {
    eraseStatus();
    thrown.printStackTrace(err);
    err.flush();
  }

  /**
   * Replaces the status line, which must fit one row; empty erases it. No-op unless interactive.
   */
  synchronized void status(String line) {
    if (!interactive || line.equals(status)) {
      return;
    }
    status = line;
    err.print(ERASE_LINE + status);
    err.flush();
  }

  /** Writes out what is buffered and reports why results did not arrive, if they did not. */
  public Optional<IOException> deliver() {
    out.flush();
    return Optional.ofNullable(delivery.failure());
  }

  private void print(String line) {
    String redraw = status;
    eraseStatus();
    err.println(line);
    status(redraw);
    err.flush();
  }

  private void eraseStatus() {
    status("");
  }
}
