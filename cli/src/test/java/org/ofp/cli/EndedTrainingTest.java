// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Training, search and the making of data in a process that is ended from outside; the first two
 * are gone on with in another. The run that they are compared with has a process of its own too:
 * what other tests did in this one, such as opening a device, decides which matrix product libtorch
 * finds, and with it the last bits.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class EndedTrainingTest extends CommandTestFolder {
  @BeforeEach
  void makeData() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 6, 32);
  }

  @Test
  void aTrainingThatWasTerminatedSaysHowToGoOnAndDoes() throws Exception {
    List<String> command = command("train", "out", "--epochs=3", "--seed=2");
    Process process = start(command);
    String told;
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      String line = err.readLine();
      while (line != null && !line.startsWith("epoch 1/3")) {
        line = err.readLine();
      }
      process.toHandle().destroy(); // SIGTERM; Ctrl-C runs the same hooks
      told = err.lines().collect(Collectors.joining("\n"));
    }
    String[] lines = told.split("\n", -1);
    assertEquals("stopping after this step", lines[lines.length - 2], told);
    assertEquals(
        "stopped early; the same command with --resume goes on from the last checkpoint",
        lines[lines.length - 1]);
    assertEquals(128 + 15, process.waitFor(), "ended by SIGTERM, not by a crash on the way");

    OfpRun resumed = finish(with(command, "--resume"));
    assertTrue(resumed.err().contains("going on with epoch "), resumed.err());
    finish(command("train", "whole", "--epochs=3", "--seed=2"));
    for (String name : List.of("best.safetensors", "last.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole").resolve(name)),
          Files.readAllBytes(folder.resolve("out").resolve(name)),
          name);
    }
  }

  @Test
  void aSearchThatWasKilledComesToTheSameTable() throws Exception {
    List<String> command =
        command("tune", "out", "--lr=1e-3,1e-4", "--batch-size=4", "--epochs=2", "--factor=2");
    Process process = start(command);
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      String line = err.readLine();
      while (line != null && !line.startsWith("rung 1/2  trial 1/2")) {
        line = err.readLine();
      }
    }
    process.destroyForcibly().waitFor(); // SIGKILL, somewhere in the second trial
    JsonNode state = new ObjectMapper().readTree(folder.resolve("out/search.json").toFile());
    assertTrue(state.get("scores").size() < 3, "the search must not have come to its end");

    JsonNode resumed = json(finish(with(command, "--resume", "--json")));
    List<String> same = new ArrayList<>(command);
    same.set(same.indexOf(path("out")), path("whole"));
    JsonNode whole = json(finish(with(same, "--json")));
    assertEquals(2, resumed.get("trials").size());
    for (int i = 0; i < 2; i++) {
      for (String figure : List.of("trial", "rung", "epochs", "mIoU", "bestEpoch")) {
        assertEquals(
            whole.get("trials").get(i).get(figure), resumed.get("trials").get(i).get(figure));
      }
    }
  }

  @Test
  void aDataSetThatWasTerminatedLeavesNothing() throws Exception {
    Path out = folder.resolve("scenes");
    Process process =
        OfpProcess.of(List.of("dataset", "--count=100000", "--size=16", "--out", out.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told;
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      while (process.isAlive() && !Files.exists(out.resolve("label_images_semantic"))) {
        Thread.sleep(20);
      }
      process.toHandle().destroy();
      told = err.lines().collect(Collectors.joining("\n"));
    }
    assertTrue(told.endsWith("stopped early; nothing was written"), told);
    assertEquals(128 + 15, process.waitFor());
    assertFalse(Files.exists(out));
  }

  private List<String> command(String name, String out, String... options) {
    List<String> words = new ArrayList<>(List.of(name, "--data", path("data"), "--out", path(out)));
    words.addAll(List.of(options));
    return words;
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    return words;
  }

  private Process start(List<String> arguments) throws IOException {
    return OfpProcess.of(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Runs a command to its successful end, in a process of its own. */
  private OfpRun finish(List<String> arguments) throws Exception {
    Path out = folder.resolve("stdout.txt");
    Path err = folder.resolve("stderr.txt");
    int status =
        OfpProcess.of(arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals(0, status, Files.readString(err));
    return new OfpRun(status, Files.readString(out), Files.readString(err));
  }
}
