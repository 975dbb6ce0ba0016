// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.picture.ImageFile;

class TrainCommandTest extends CommandTestFolder {
  private static final int SIDE = 32;

  @Test
  void trainsGoesOnAndReports() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 10, SIDE);
    OfpRun run = succeed(train("out", "--epochs=2"));
    assertTrue(
        run.err()
            .contains(
                "unet-efficientnet-b0 on none: 3 classes, 8 samples to learn from and 2 for"
                    + " validation, 32×32 pixels\n"),
        run.err());
    List<String> lines = run.err().lines().filter(line -> line.startsWith("epoch ")).toList();
    assertEquals(2, lines.size(), run.err());
    String figures = "loss \\d\\.\\d{3}  validation \\d\\.\\d{3}  mIoU \\d+\\.\\d";
    assertTrue(
        lines.get(0).matches("epoch 1/2  " + figures + " \\(best\\)  \\S+ samples/s  left .*"),
        lines.get(0));
    assertTrue(
        lines.get(1).matches("epoch 2/2  " + figures + "( \\(best\\))?  \\S+ samples/s"),
        lines.get(1));
    assertTrue(run.out().contains("  written         " + path("out/best.safetensors")), run.out());

    fail(1, "a training was begun in this folder; pass --resume", train("out"));

    OfpRun again = succeed(train("out", "--epochs=3", "--resume", "--json"));
    assertEquals(1, again.err().lines().filter(line -> line.startsWith("epoch ")).count());
    JsonNode report = json(again);
    assertEquals(3, report.get("epochs").size());
    assertEquals("epochs", report.get("stopped").asText());
    assertEquals(8, report.get("trainingSamples").asInt());
    assertTrue(report.get("samplesPerSecond").asDouble() > 0);
    JsonNode best = report.get("best");
    double highest = 0;
    for (JsonNode epoch : report.get("epochs")) {
      highest = Math.max(highest, epoch.get("mIoU").asDouble());
    }
    assertEquals(highest, best.get("mIoU").asDouble());
    assertEquals(
        best, report.get("epochs").get(best.get("epoch").asInt() - 1), "the best is one of them");
    assertEquals(4, Files.readAllLines(folder.resolve("out/metrics.csv")).size());
    assertEquals(900, ImageFile.read(folder.resolve("out/curves.png")).width());

    // The weights of the best epoch do on the validation pictures what training said.
    JsonNode evaluated =
        json(
            succeed(
                "evaluate",
                "--json",
                "--split=validation",
                "--data",
                path("data"),
                "--weights",
                path("out/best.safetensors"),
                "--device=none"));
    assertEquals(highest, evaluated.get("mIoU").asDouble(), 1e-9);
    assertEquals(
        best.get("pixelAccuracy").asDouble(), evaluated.get("pixelAccuracy").asDouble(), 1e-9);
  }

  /** What training is for: figures rise above those of the untrained network by far. */
  @Test
  void learns() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 10, SIDE);
    JsonNode report = json(succeed(train("out", "--epochs=4", "--lr=3e-3", "--json")));
    // Three colours and noise: whoever learns anything gets most pixels right; chance gives 33 %.
    assertTrue(report.get("best").get("pixelAccuracy").asDouble() > 60, report.toString());
    double first = report.get("epochs").get(0).get("trainingLoss").asDouble();
    double last = report.get("epochs").get(3).get("trainingLoss").asDouble();
    assertTrue(last < first, report.toString());
  }

  @Test
  void trainsThroughADeviceAndFromWeights() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 3, SIDE);
    succeed(train("first", "--epochs=1"));
    byte[] given = Files.readAllBytes(folder.resolve("first/last.safetensors"));
    JsonNode report = json(succeed(throughADevice("second", "optical")));
    assertArrayEquals(given, Files.readAllBytes(folder.resolve("second/last.safetensors")));
    assertEquals(
        "sim:demonstrator?rows=64&cols=64&slm.amplitude-bits=4", report.get("device").asText());
    assertEquals("optical", report.get("gradient").asText());
    assertTrue(report.get("deviceBusySeconds").asDouble() > 0);

    JsonNode perfect = json(succeed(throughADevice("third", "perfect")));
    long frames = perfect.get("frames").asLong();
    assertTrue(frames > 0, "forwards");
    assertTrue(report.get("frames").asLong() > frames, "and backwards too");

    // With the numbers that validation had, each of its pictures meets the same noise.
    JsonNode evaluated =
        json(
            succeed(
                "evaluate",
                "--json",
                "--split=validation",
                "--batch-size=2",
                "--data",
                path("data"),
                "--weights",
                path("third/best.safetensors"),
                "--device",
                perfect.get("device").asText()));
    for (String figure : List.of("mIoU", "pixelAccuracy", "classAccuracy", "datasetMIoU")) {
      assertEquals(perfect.get("best").get(figure), evaluated.get(figure), figure);
    }
  }

  private String[] throughADevice(String out, String gradient) {
    return train(
        out,
        "--json",
        "--epochs=1",
        "--batch-size=2",
        "--lr=1e-60", // leaves weights as they are: what is trained is what was given
        "--weights",
        path("first/last.safetensors"),
        "--device=sim:demonstrator?rows=64&cols=64",
        "-o",
        "slm.amplitude-bits=4",
        "--gradient",
        gradient,
        "--loss=cross-entropy",
        "--no-augment");
  }

  @Test
  void resumingNothingBegins() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    OfpRun run = succeed(train("out", "--epochs=1", "--resume"));
    assertTrue(run.err().contains("nothing to resume in " + path("out")), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs=0, --epochs 0 must be at least 1",
    "--batch-size=0, --batch-size 0 must be at least 1",
    "--patience=-1, --patience -1 must be at least 0",
    "--schedule=cosine --patience=3, --patience 3 could end --schedule cosine while its rate is high",
    "--lr=0, --lr 0.0 must be above 0",
    "--lr=2, at most 1",
    "--lr=NaN, --lr NaN must be above 0",
    "--lr=high, 'high' is not a double",
    "--loss=l2, 'l2' is no loss; choose one of dice",
    "--gradient=none, 'none' is no gradient mode; choose one of perfect",
    "--gradient=optical, --gradient optical needs a device",
    "--checkpoint-every=0, --checkpoint-every 0 must be at least 1",
    "--model=unet, did you mean",
    "--exposures=0 --device=sim:ideal, --exposures 0",
    "--device=sim:none, there are ideal",
    "--sice=3, did you mean '--size'",
  })
  void wrongOptionsAreWrongUsage(String options, String message) throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    fail(2, message, train("out", options.split(" ")));
  }

  @Test
  void whatCannotBeUsedIsToldInOneLineAndLeavesNothing() throws IOException {
    fail(1, "data", train("out"));
    LabelledPictures.write(folder.resolve("data"), 1, SIDE);
    fail(1, "training needs at least two", train("out"));
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    fail(1, "none.safetensors: no such file", train("out", "--weights", path("none.safetensors")));
    fail(1, "classes.csv: is a file", train("data/classes.csv"));
    String bad = write("bad.safetensors", new byte[5]);
    fail(1, "bad.safetensors", train("out", "--encoder", bad));
    fail(2, "--weights has an encoder already", train("out", "--weights", bad, "--encoder", bad));
    fail(2, "missing required option", "train", "--data", path("data"));
  }

  @Test
  void aLossThatIsNoNumberEndsTrainingInOneLine() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    String[] args = train("out", "--epochs=1", "--weights", LabelledPictures.hugeWeights(folder));
    OfpRun run = OfpRun.of(args);
    assertEquals(1, run.status());
    String last = run.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("ofp: ") && last.contains("is NaN"), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"best.safetensors", "last.safetensors"})
  void weightsWithoutACheckpointAreToldBeforePicturesAreRead(String name) throws IOException {
    Files.createDirectories(folder.resolve("out"));
    write("out/" + name, new byte[1]);
    String message = path("out/" + name) + ": is in the way"; // and not that there are no pictures
    fail(1, message, train("out"));
    fail(1, message, train("out", "--resume"));
  }

  /**
   * A rate too small to change a weight, so that no epoch is better than the first: patience ends
   * that after five more, and a cosine's run goes on to its end.
   */
  @ParameterizedTest
  @CsvSource({
    "constant, 6, patience",
    "cosine, 8, epochs",
    "cosine --patience=0, 8, epochs",
  })
  void aCosineIsNotEndedEarly(String schedule, int epochs, String stopped) throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    List<String> args = new ArrayList<>(List.of("--epochs=8", "--lr=1e-60", "--json"));
    args.addAll(List.of(("--schedule=" + schedule).split(" ")));
    JsonNode report = json(succeed(train("out", args.toArray(String[]::new))));
    assertEquals(epochs, report.get("epochs").size());
    assertEquals(stopped, report.get("stopped").asText());
  }

  @Test
  void anotherSeedIsNotResumed() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    succeed(train("out", "--epochs=1"));
    OfpRun run = OfpRun.of(train("out", "--epochs=2", "--resume", "--seed=8"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("seed"), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
  }

  @Test
  void filesAreThoseThatTheDocumentationNames() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    succeed(train("out", "--epochs=1"));
    Set<String> names = files();
    for (String name :
        List.of(
            "best.safetensors",
            "last.safetensors",
            "checkpoint.json",
            "metrics.csv",
            "curves.png")) {
      assertTrue(names.contains(Path.of("out", name).toString()), names.toString());
    }
    assertTrue(names.stream().anyMatch(name -> name.contains("events.out.tfevents")));
  }

  private String[] train(String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("train", "--data", path("data"), "--out", path(out)));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }
}
