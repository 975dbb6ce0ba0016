// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the log of the libraries (the SDK logs through {@link System.Logger}, which lands in {@code
 * java.util.logging}) to the terminal, one line per record and clear of the progress bar: warnings
 * normally; with {@code --verbose} also what other libraries inform of and what the SDK traces.
 *
 * <p>The logging system is slow to start and most commands log nothing, so {@link #install} only
 * names a configuration class: the {@link LogManager} makes an instance when the first logger is
 * asked for. It is that indirection which needs the static fields.
 */
public final class LogToTerminal {
  private static volatile Terminal terminal;
  private static volatile boolean verbose;

  private LogToTerminal() {}

  /** Arranges for the log of this process; call before anything logs. */
  public static void install(Terminal terminal, boolean verbose) {
    LogToTerminal.terminal = terminal;
    LogToTerminal.verbose = verbose;
    System.setProperty("java.util.logging.config.class", Configuration.class.getName());
  }

  /** Made by the {@link LogManager}; see {@link #install}. */
  public static final class Configuration {
    /** Held because the {@link LogManager} forgets unreferenced loggers, and levels with them. */
    private static final Logger SDK = Logger.getLogger("org.ofp");

    /** Sets up the root logger. */
    public Configuration() {
      Logger root = Logger.getLogger("");
      root.setLevel(verbose ? Level.INFO : Level.WARNING);
      SDK.setLevel(verbose ? Level.FINE : Level.WARNING);
      root.addHandler(new TerminalHandler(terminal, verbose));
    }
  }

  /** Prints each record as one line, its stack trace only with {@code --verbose}. */
  static final class TerminalHandler extends Handler {
    private final Terminal terminal;
    private final boolean verbose;
    private final SimpleFormatter formatter = new SimpleFormatter();

    TerminalHandler(Terminal terminal, boolean verbose) {
      this.terminal = terminal;
      this.verbose = verbose;
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      String level = record.getLevel().getName().toLowerCase(Locale.ROOT);
      terminal.note(level + ": " + formatter.formatMessage(record));
      if (verbose && record.getThrown() != null) {
        terminal.trace(record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
