// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.ofp.cli.io.NpyArray;

/** Segmentation in a process that is told to end while libtorch computes. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class EndedInferenceTest extends CommandTestFolder {
  private static final int PICTURES = 400;

  @Test
  void whatWasSegmentedStays() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    picture("in/000.png", 64, 64);
    for (int i = 1; i < PICTURES; i++) {
      Files.createLink(
          folder.resolve(String.format("in/%03d.png", i)), folder.resolve("in/000.png"));
    }
    String told =
        terminated(
            "(3 of " + PICTURES + ")",
            List.of("segment", path("in"), "--device=sim:ideal", "--out", path("out")));
    assertTrue(
        told.endsWith("stopped early; images that were finished are in " + path("out")), told);
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    int done = summary.get("images").size();
    assertTrue(done >= 2 && done < PICTURES, "done: " + done);
    assertEquals(PICTURES - done, summary.get("pending").size());
    for (JsonNode image : summary.get("images")) {
      for (JsonNode file : image.get("files")) {
        assertTrue(Files.exists(Path.of(file.asText())), file.asText());
      }
    }
    Set<String> written = files();
    written.removeIf(file -> !file.startsWith("out/"));
    assertEquals(2 + 4 * done, written.size(), "nothing half-written: " + written);
  }

  @Test
  void forwardLeavesNothing() throws Exception {
    int images = 400;
    String x =
        write("x.npy", NpyArray.real(Arrays2d.random(images * 3 * 32 * 32, 1), images, 3, 32, 32));
    String told =
        terminated("shipped weights", List.of("forward", "--device=sim:ideal", x, path("y.npy")));
    assertTrue(told.endsWith("stopped early; nothing was written"), told);
    assertFalse(Files.exists(folder.resolve("y.npy")));
  }

  /** Ends the process once it says something; returns what it says then. */
  private static String terminated(String sign, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        OfpProcess.of(new ArrayList<>(command))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      String line = err.readLine();
      while (line != null && !line.contains(sign)) {
        line = err.readLine();
      }
      process.toHandle().destroy(); // SIGTERM; Ctrl-C runs the same hooks
      String told = err.lines().collect(Collectors.joining("\n"));
      assertEquals(128 + 15, process.waitFor(), "ended by SIGTERM, not by a crash: " + told);
      return told;
    }
  }
}
