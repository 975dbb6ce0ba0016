// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogToTerminalTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRecordIsOneLine() {
    publish(false);
    assertEquals("warning: device 7 is\\nhot\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void verboseShowsWhereItCameFrom() {
    publish(true);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("\tat org.ofp."));
  }

  private void publish(boolean verbose) {
    LogRecord record = new LogRecord(Level.WARNING, "device {0} is\nhot");
    record.setParameters(new Object[] {7});
    record.setThrown(new IllegalStateException("too hot"));
    Terminal terminal = Terminal.of(OutputStream.nullOutputStream(), err, false, Map.of());
    new LogToTerminal.TerminalHandler(terminal, verbose).publish(record);
  }
}
