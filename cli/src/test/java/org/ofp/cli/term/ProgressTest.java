// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(-3 * SECOND);

  @Test
  void aTerminalGetsABarWithTheTimeLeftThatIsErasedAtTheEnd() {
    Terminal terminal = terminal(true);
    try (Progress progress = Progress.start(terminal, "frames", 100, clock::get)) {
      clock.addAndGet(10 * SECOND);
      progress.advance(25);
      assertEquals("\r\u001b[Kframes  [######------------------]  25 %, 0:30 left", shown());
    }
    assertTrue(shown().endsWith("\r\u001b[K"), shown());
  }

  @Test
  void linesGoAboveTheBar() {
    Terminal terminal = terminal(true);
    try (Progress progress = Progress.start(terminal, "frames", 100, clock::get)) {
      clock.addAndGet(SECOND);
      progress.advance(50);
      String bar = shown();
      terminal.note("warning: hot");
      assertEquals(bar + "\r\u001b[Kwarning: hot\n" + bar, shown());
    }
  }

  @Test
  void aLogGetsALineEverySecondsAndNothingForShortWork() {
    Terminal terminal = terminal(false);
    try (Progress progress = Progress.start(terminal, "frames", 100, clock::get)) {
      for (int i = 0; i < 99; i++) {
        clock.addAndGet(SECOND / 8);
        progress.advance(1);
      }
    }
    assertEquals(
        "frames: 40 % (40 of 100), 0:08 left\nframes: 80 % (80 of 100), 0:03 left\n", shown());
  }

  @Test
  void figuresFollowTheCount() {
    Terminal terminal = terminal(true);
    try (Progress progress = Progress.start(terminal, "steps", 4, clock::get)) {
      clock.addAndGet(SECOND);
      progress.detail("loss 0.5");
      progress.advance(1);
      assertTrue(shown().endsWith("]  25 %  loss 0.5"), shown());
    }
  }

  @Test
  void anUnknownTotalIsCounted() {
    Terminal terminal = terminal(false);
    try (Progress progress = Progress.start(terminal, "frames", 0, clock::get)) {
      clock.addAndGet(6 * SECOND);
      progress.reach(7);
    }
    assertEquals("frames: 7\n", shown());
  }

  @Test
  void moreThanExpectedIsAllThereIs() {
    Terminal terminal = terminal(false);
    try (Progress progress = Progress.start(terminal, "frames", 10, clock::get)) {
      clock.addAndGet(6 * SECOND);
      progress.advance(11);
    }
    assertEquals("frames: 100 % (11 of 10)\n", shown());
  }

  @Test
  void longWorkIsToldInHours() {
    Terminal terminal = terminal(false);
    try (Progress progress = Progress.start(terminal, "epochs", 100, clock::get)) {
      clock.addAndGet(3600 * SECOND);
      progress.advance(10);
    }
    assertEquals("epochs: 10 % (10 of 100), 9 h 00 min left\n", shown());
  }

  @Test
  void nothingIsDrawnAfterTheEnd() {
    Progress progress = Progress.start(terminal(false), "frames", 10, clock::get);
    progress.close();
    clock.addAndGet(60 * SECOND);
    progress.advance(1);
    assertEquals("", shown());
  }

  @Test
  void threadsLoseNoStepAndGarbleNoLine() {
    Terminal terminal = terminal(false);
    try (Progress progress = Progress.start(terminal, "frames", 40_000, clock::get)) {
      IntStream.range(0, 4)
          .parallel()
          .forEach(
              thread -> {
                for (int i = 0; i < 9_999; i++) {
                  clock.addAndGet(SECOND / 1000);
                  progress.advance(1);
                }
              });
      clock.addAndGet(6 * SECOND);
      progress.advance(4);
    }
    assertTrue(shown().endsWith("frames: 100 % (40000 of 40000)\n"), shown());
    assertFalse(shown().lines().anyMatch(line -> !line.matches("frames: \\d+ % .*")), shown());
  }

  private Terminal terminal(boolean tty) {
    return Terminal.of(OutputStream.nullOutputStream(), err, tty, Map.of());
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
