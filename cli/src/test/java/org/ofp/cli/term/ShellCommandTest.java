// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
  @Test
  void theShellReadsTheWordsBack() throws Exception {
    List<String> words =
        List.of(
            "printf",
            "%s\\0",
            "",
            "plain",
            "a b",
            "it's",
            "$HOME `id` \\",
            "*",
            "~",
            "a\nb",
            "\"",
            "sim:x?a=1&b=2",
            "'",
            "''",
            "--size=3",
            "ü☂",
            "!",
            "#",
            "{a,b}",
            "a'; exit 1; '");
    Process shell = new ProcessBuilder("sh", "-c", ShellCommand.of(words)).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor());
    assertEquals(String.join("\0", words.subList(2, words.size())) + "\0", read);
  }
}
