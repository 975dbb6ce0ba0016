// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compiled kernels in the tree are those of the sources beside them. */
class KernelSourcesTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path COMPILED = Path.of("src/main/resources/org/ofp/cuda");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.*)\"");

  @Test
  void compiledKernelsBelongToTheirSources() throws IOException {
    List<Path> sources = sources();
    for (Path source : sources) {
      String name = source.getFileName().toString();
      Path compiled = COMPILED.resolve(name.replace(".cu", ".ptx"));
      assertTrue(Files.exists(compiled), compiled + " is missing; run src/main/cuda/compile.sh");
      try (Stream<String> lines = Files.lines(compiled)) {
        assertEquals(
            "// made of " + name + ", SHA-256 " + hash(name, ""),
            lines.findFirst().orElse(""),
            "the sources have changed; run src/main/cuda/compile.sh");
      }
    }
    try (Stream<Path> compiled = Files.list(COMPILED)) {
      assertEquals(sources.size(), compiled.filter(p -> p.toString().endsWith(".ptx")).count());
    }
  }

  /** A negative control: any change of a source or of what it includes is seen. */
  @Test
  void aChangeChangesTheHash() throws IOException {
    assertNotEquals(hash("bench.cu", ""), hash("bench.cu", " "));
    assertTrue(withIncluded("bench.cu").contains("random.cuh"));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.filter(p -> p.toString().endsWith(".cu")).toList();
    }
  }

  /** As compile.sh does: the source, and each file that it includes, in the order of inclusion. */
  private static Set<String> withIncluded(String source) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> queue = new ArrayDeque<>(List.of(source));
    while (!queue.isEmpty()) {
      String file = queue.poll();
      if (seen.add(file)) {
        Matcher include = INCLUDE.matcher(Files.readString(SOURCES.resolve(file)));
        while (include.find()) {
          queue.add(include.group(1));
        }
      }
    }
    return seen;
  }

  private static String hash(String source, String more) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : withIncluded(source)) {
        digest.update(Files.readAllBytes(SOURCES.resolve(file)));
      }
      digest.update(more.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
