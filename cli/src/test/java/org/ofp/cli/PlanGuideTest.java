// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the guide shows of {@code ofp plan} is what the command prints. */
class PlanGuideTest {
  private static final Pattern SESSION =
      Pattern.compile("```\\n\\$ ofp (plan [^\\n]*)\\n(.*?)```", Pattern.DOTALL);

  @Test
  void theGuideShowsARun() throws IOException {
    Matcher session = SESSION.matcher(Files.readString(Path.of("../docs/OPTICAL_CONVOLUTION.md")));
    assertTrue(session.find(), "the guide has a run of ofp plan");
    OfpRun run = CommandTestFolder.succeed(session.group(1).split(" "));
    String printed = run.out().lines().map(PlanGuideTest::words).collect(Collectors.joining("\n"));
    List<String> shown =
        session
            .group(2)
            .lines()
            .map(PlanGuideTest::words)
            .filter(line -> !line.isEmpty() && !line.equals("…"))
            .toList();
    assertTrue(shown.size() > 5);
    for (String line : shown) {
      assertTrue(printed.contains(line), () -> "not printed: " + line + "\n" + printed);
    }
  }

  private static String words(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }
}
