// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.OptionSpec;
import org.ofp.device.fault.FaultyProvider;

/** What the guide says of {@code faulty:} holds. */
class FaultsGuideTest {
  private static final Pattern RUN = Pattern.compile("(?m)^ofp (.*'faulty:.*)# status (\\d)$");
  private static final Pattern OPTION = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|.*\\|.*\\|$");
  private static String guide;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    String all = Files.readString(Path.of("../docs/WRITING_A_BACKEND.md"));
    guide = all.substring(all.indexOf("## 9. Faults on demand"));
  }

  @Test
  void theCommandsEndAsTheGuideSays() {
    Matcher runs = RUN.matcher(guide);
    int n = 0;
    while (runs.find()) {
      String[] words =
          Stream.of(runs.group(1).strip().split(" +"))
              .map(word -> word.replace("'", ""))
              .map(word -> word.equals("in.png") ? "../examples/photo.jpg" : word)
              .map(word -> word.equals("out.npy") ? folder.resolve(word).toString() : word)
              .toArray(String[]::new);
      OfpRun run = OfpRun.of(words);
      assertEquals(
          Integer.parseInt(runs.group(2)), run.status(), () -> runs.group(1) + "\n" + run.err());
      n++;
    }
    assertEquals(3, n, "commands in the guide");
  }

  @Test
  void theTableHasEveryOption() {
    List<String> names = new FaultyProvider().options("").stream().map(OptionSpec::name).toList();
    assertEquals(
        names, OPTION.matcher(guide).results().map((MatchResult row) -> row.group(1)).toList());
  }
}
