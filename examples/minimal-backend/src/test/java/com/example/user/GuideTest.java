// SPDX-License-Identifier: Apache-2.0
package com.example.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of code in the guide is a part of one of this example's files. */
class GuideTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

  @Test
  void theGuideShowsTheseFiles() throws IOException {
    String guide = Files.readString(Path.of("../../docs/WRITING_A_BACKEND.md"));
    List<MatchResult> blocks = BLOCK.matcher(guide).results().toList();
    List<String> files = files();
    int checked = 0;
    for (MatchResult block : blocks) {
      if (!block.group(1).equals("sh")) {
        String wanted = withoutLayout(block.group(2));
        assertTrue(
            files.stream().anyMatch(file -> file.contains(wanted)),
            () -> "in no file of the example:\n" + block.group(2));
        checked++;
      }
    }
    assertTrue(checked >= 15, "blocks of code in the guide: " + checked);
  }

  @Test
  void theStandalonePomTakesThisVersionOfTheSdk() throws IOException {
    String parent = Files.readString(Path.of("../../pom.xml"));
    String standalone = Files.readString(Path.of("standalone-pom.xml"));
    String bom = standalone.substring(standalone.indexOf("<artifactId>bom<"));
    assertEquals(firstVersion(parent), firstVersion(bom));
  }

  private static String firstVersion(String pom) {
    Matcher version = VERSION.matcher(pom);
    assertTrue(version.find());
    return version.group(1);
  }

  /** What a reader of the guide copies: the standalone build file, sources and resources. */
  private static List<String> files() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      return Stream.concat(Stream.of(Path.of("standalone-pom.xml")), sources)
          .filter(Files::isRegularFile)
          .map(GuideTest::read)
          .map(GuideTest::withoutLayout)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutLayout(String code) {
    return code.replaceAll("\\s+", "");
  }
}
