// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.models.picture.ImageFile;

class TuneCommandTest extends CommandTestFolder {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @BeforeEach
  void makeData() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 5, 32);
  }

  @Test
  void searchesAndGoesOnToTheSameTable() throws IOException {
    String[] args = tune("out", "--json", "--lr=1e-3,1e-5", "--epochs=2", "--factor=2");
    OfpRun run = succeed(args);
    assertTrue(run.err().contains("2 trials, 3 epochs in all, 4 samples to learn"), run.err());
    List<String> lines = run.err().lines().filter(line -> line.startsWith("rung ")).toList();
    assertEquals(3, lines.size(), run.err());
    assertTrue(
        lines
            .get(0)
            .matches("rung 1/2  trial 1/2  lr 0.001, batch 4, dice  1 epoch  mIoU \\S+  .*"),
        lines.get(0));

    JsonNode report = json(run);
    assertEquals(2, report.get("trials").size());
    JsonNode best = report.get("best");
    assertEquals(best, report.get("trials").get(0));
    assertEquals(2, best.get("rung").asInt());
    assertEquals(2, best.get("epochs").asInt());
    assertEquals(1, report.get("trials").get(1).get("epochs").asInt());
    assertEquals(3, Files.readAllLines(folder.resolve("out/search.csv")).size());
    assertEquals(900, ImageFile.read(folder.resolve("out/search.png")).width());

    // What was eliminated keeps its logs alone; the winner keeps its weights.
    Path winner = folder.resolve("out/trials/" + best.get("trial").asInt());
    Path other = folder.resolve("out/trials/" + (3 - best.get("trial").asInt()));
    assertTrue(Files.exists(winner.resolve("best.safetensors")));
    assertFalse(Files.exists(other.resolve("best.safetensors")));
    assertFalse(Files.exists(other.resolve("checkpoint.json")));
    assertTrue(Files.exists(other.resolve("metrics.csv")));

    fail(1, "a search was begun in this folder", args);
    fail(1, "begun with other --seed: 0 then, 1 now", with(args, "--resume", "--seed=1"));

    // The last score gone, and with it the winner's result: as if ended just before its record.
    Path state = folder.resolve("out/search.json");
    ObjectNode json = (ObjectNode) MAPPER.readTree(state.toFile());
    json.withArray("scores").remove(2);
    MAPPER.writeValue(state.toFile(), json);
    JsonNode again = json(succeed(with(args, "--resume")));
    assertEquals(report.get("trials"), again.get("trials"));
  }

  @Test
  void theCommandToTrainWithIsAsTheSearchWas() throws IOException {
    JsonNode report =
        json(
            succeed(
                tune(
                    "the search",
                    "--json",
                    "--lr=1e-3",
                    "--loss=cross-entropy",
                    "--epochs=1",
                    "--seed=3",
                    "--crop",
                    "16",
                    "--no-augment")));
    assertEquals(
        "ofp train --data "
            + path("data")
            + " --seed 3 --crop 16 --no-augment --lr 0.001 --batch-size 4 --loss cross-entropy"
            + " --out '"
            + path("the search/training")
            + "'",
        report.get("train").asText());
  }

  @Test
  void trialsThatDivergeAreNotTheEndOfASearch() throws IOException {
    OfpRun run =
        OfpRun.of(
            tune(
                "out",
                "--lr=1e-4,1e-5",
                "--epochs=2",
                "--weights",
                LabelledPictures.hugeWeights(folder)));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("trial 2/2  lr 1e-5, batch 4, dice"), run.err());
    assertTrue(run.err().contains("all 2 trials failed, see " + path("out/search.csv")), run.err());
    assertEquals(3, Files.readAllLines(folder.resolve("out/search.csv")).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--lr=1e-4,0; --lr 0.0 must be above 0",
        "--lr=1e-4,1.5; --lr 1.5 must be above 0, at most 1",
        "--lr=1e-4,x; 'x' is not a double",
        "--batch-size=2,0; --batch-size 0 must be at least 1",
        "--loss=dice,l2; 'l2' is no loss",
        "--epochs=0; --epochs 0 must be at least 1",
        "--factor=1; --factor 1 must be at least 2",
        "--model=unet; did you mean",
        "--gradient=optical; --gradient optical needs a device",
      })
  void wrongOptionsAreWrongUsage(String option, String message) throws IOException {
    fail(2, message, tune("out", option));
  }

  @Test
  void damagedStateIsToldInOneLine() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/search.json"), "{");
    fail(1, "search.json: is damaged", tune("out", "--resume"));
  }

  private String[] tune(String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("tune", "--data", path("data"), "--out", path(out)));
    args.add("--batch-size=4");
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static String[] with(String[] common, String... more) {
    List<String> args = new ArrayList<>(List.of(common));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }
}
