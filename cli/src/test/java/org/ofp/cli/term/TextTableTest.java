// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAlignedAndEntriesStayOnTheirLine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TextTable("A", "B", "C")
        .row("××××", "", "one\ntwo")
        .row("1", "22", "")
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), "  ");
    assertEquals(
        "  A     B   C\n  ××××      one\\ntwo\n  1     22\n",
        out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }
}
