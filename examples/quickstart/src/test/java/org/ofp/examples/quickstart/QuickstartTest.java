// SPDX-License-Identifier: Apache-2.0
package org.ofp.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {
  private static final Path SOURCE =
      Path.of("src/main/java/org/ofp/examples/quickstart/Quickstart.java");

  @ParameterizedTest
  @ValueSource(strings = {"sim:ideal", "sim:demonstrator"})
  void runsOnEveryDeviceWithoutACodeChange(String uri) {
    String output = run(uri);
    Matcher zeroOrder = Pattern.compile("zero order: (\\d+\\.\\d+)").matcher(output);
    assertTrue(zeroOrder.find(), output);
    // 16·16 ones over √(64·64); the mean is handled digitally, so even 8 bits show it to 1 %.
    assertEquals(4, Double.parseDouble(zeroOrder.group(1)), 0.04);
    assertTrue(output.contains("[1, 8, 128, 128] from "), output);
  }

  @Test
  void isTheProgramInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    Matcher block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertTrue(block.find(), "the README has a Java block");
    String source = withoutLayout(Files.readString(SOURCE));
    for (String line : block.group(1).lines().filter(l -> !l.isBlank()).toList()) {
      assertTrue(source.contains(withoutLayout(line)), "not in Quickstart.java: " + line);
    }
  }

  private static String withoutLayout(String code) {
    return code.replaceAll("\\s+", "");
  }

  private static String run(String uri) {
    PrintStream original = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      Quickstart.main(new String[] {uri});
    } finally {
      System.setOut(original);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
