// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.models.picture.ImageFile;

/** Confidence intervals and files of {@code ofp evaluate}. */
class EvaluateReportTest extends CommandTestFolder {
  private static final int SIDE = 32;

  private static final List<String> FIGURES =
      List.of("pixelAccuracy", "classAccuracy", "mIoU", "datasetMIoU");

  /** Four squares of each of six pictures: what is resampled are the pictures. */
  @Test
  void intervalsAreFromThePicturesNotTheirSquares() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 6, SIDE);
    String[] common = {"evaluate", "--json", "--data", path("data"), "--crop=16"};
    JsonNode ideal =
        json(
            succeed(
                EvaluateCommandTest.with(
                    common, "--device=sim:ideal", "--compare", "--batch-size=3")));
    assertEquals(24, ideal.get("samples").asInt());
    assertEquals(6, ideal.get("confidence").get("pictures").asInt());
    assertEquals(0.95, ideal.get("confidence").get("level").asDouble());
    assertEquals(2000, ideal.get("confidence").get("resamples").asInt());
    for (String figure : FIGURES) {
      double value = ideal.get(figure).asDouble();
      JsonNode interval = ideal.get("intervals").get(figure);
      assertTrue(interval.get(0).asDouble() < value, figure + interval);
      assertTrue(interval.get(1).asDouble() > value, figure + interval);
      assertEquals(
          value - ideal.get("electronic").get(figure).asDouble(),
          ideal.get("difference").get(figure).asDouble(),
          figure);
      // the ideal bench differs by float32 rounding alone, however much pictures vary
      JsonNode difference = ideal.get("difference").get("intervals").get(figure);
      assertTrue(Math.abs(difference.get(0).asDouble()) < 0.5, figure + difference);
      assertTrue(Math.abs(difference.get(1).asDouble()) < 0.5, figure + difference);
    }
    assertTrue(ideal.get("agreement").asDouble() > 0.99, "also of images within a batch");
    assertEquals(2, ideal.get("perClass").get(0).get("iouInterval").size());
    assertEquals(2, ideal.get("difference").get("perClass").get(0).get("iouInterval").size());
  }

  @Test
  void fewPicturesHaveNoIntervals() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 5, SIDE);
    JsonNode report =
        json(succeed("evaluate", "--json", "--data", path("data"), "--device=none", "--crop=16"));
    for (String figure : FIGURES) {
      assertTrue(report.get("intervals").get(figure).isNull(), report.toString());
    }
    assertTrue(report.get("difference").isNull());
    assertTrue(report.get("files").isNull());
  }

  /**
   * A row of the table that no mask has: nobody finds it in the masks, but an untrained network.
   */
  @Test
  void aClassThatIsNowhereLeavesTheDatasetMIoUWithoutInterval() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 6, SIDE);
    Files.writeString(
        folder.resolve("data/classes.csv"),
        "name,r,g,b\ngrass,60,120,50\nroad,140,140,150\nroof,180,60,40\nsea,0,0,200\n");
    String[] common = {"evaluate", "--data", path("data"), "--device=none"};
    JsonNode report = json(succeed(EvaluateCommandTest.with(common, "--json")));
    assertFalse(report.get("perClass").get(3).get("iou").isNull(), "found somewhere: " + report);
    assertEquals(0, report.get("perClass").get(3).get("pixels").asLong());
    assertTrue(report.get("intervals").get("datasetMIoU").isNull(), report.toString());
    assertEquals(2, report.get("intervals").get("mIoU").size());
    String text = succeed(common).out();
    assertTrue(
        text.contains("fewer than 6 of them have the class, or, for the data-set mIoU, one of its"),
        text);
  }

  @Test
  void filesHoldWhatIsPrinted() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 6, SIDE);
    Files.writeString(
        folder.resolve("data/classes.csv"),
        "name,r,g,b\n\"grass, wet\",60,120,50\nroad,140,140,150\nroof,180,60,40\n");
    OfpRun run =
        succeed(
            "evaluate",
            "--json",
            "--data",
            path("data"),
            "--device=sim:ideal",
            "--compare",
            "--out",
            path("new/results"));
    JsonNode report = json(run);
    assertEquals(run.out(), Files.readString(folder.resolve("new/results/evaluation.json")));
    assertEquals(path("new/results/classes.csv"), report.get("files").get("classes").asText());
    List<String> table = Files.readAllLines(folder.resolve("new/results/classes.csv"));
    assertEquals(1 + LabelledPictures.CLASSES, table.size());
    assertTrue(table.get(1).startsWith("0,\"grass, wet\","), table.get(1));
    String[] roof = table.get(3).split(",", -1);
    assertEquals(table.get(0).split(",").length, roof.length);
    JsonNode expected = report.get("perClass").get(2);
    assertEquals(expected.get("pixels").asLong(), Long.parseLong(roof[2]));
    assertEquals(expected.get("iou").asDouble(), Double.parseDouble(roof[5]));
    assertEquals(expected.get("iouInterval").get(0).asDouble(), Double.parseDouble(roof[6]));
    assertEquals(
        report.get("difference").get("perClass").get(2).get("iou").asDouble(),
        Double.parseDouble(roof[12]));
    assertTrue(ImageFile.read(folder.resolve("new/results/confusion.png")).width() > 200);
    assertTrue(Files.exists(folder.resolve("new/results/confusion-electronic.png")));
  }

  @Test
  void noFileIsReplaced() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    String[] common = {"evaluate", "--data", path("data"), "--device=none"};
    fail(
        1,
        "is the folder of the pictures",
        EvaluateCommandTest.with(common, "--out", path("data")));
    Files.createDirectories(folder.resolve("mine"));
    Files.writeString(folder.resolve("mine/classes.csv"), "a table of my own");
    fail(
        1,
        path("mine/classes.csv") + ": there is such a file already",
        EvaluateCommandTest.with(common, "--out", path("mine")));
    // what fails later leaves no new folder behind either
    fail(1, "5 apart", EvaluateCommandTest.with(common, "--classes=5", "--out", path("new")));
  }
}
