// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.Models;
import org.ofp.models.Weights;
import org.ofp.models.image.ClassMask;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.io.ElementType;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.models.picture.ImageFile;
import org.ofp.optconv.torch.OpticalContext;

class EvaluateCommandTest extends CommandTestFolder {
  private static final int SIDE = 32;
  private static final int COUNT = 3;
  private static final String BENCH = "sim:demonstrator?rows=64&cols=64&seed=5";

  /** The same logits and metrics by another way: {@code ofp forward}, picture by picture. */
  @ParameterizedTest
  @CsvSource({"none, 1", "none, 2", BENCH + ", 1"})
  void figuresAreThoseOfTheLogitsThatForwardGives(String device, int batchSize) throws IOException {
    LabelledPictures.write(folder.resolve("data"), COUNT, SIDE);
    JsonNode report =
        json(
            succeed(
                "evaluate",
                "--json",
                "--data",
                path("data"),
                "--weights",
                weights(),
                "--device",
                device,
                "--batch-size",
                Integer.toString(batchSize)));

    SegmentationMetrics expected = new SegmentationMetrics(LabelledPictures.CLASSES);
    float[] logits = forward(device);
    int values = LabelledPictures.CLASSES * SIDE * SIDE;
    for (int i = 0; i < COUNT; i++) {
      float[] own = Arrays.copyOfRange(logits, i * values, (i + 1) * values);
      expected.add(
          labels("data/masks/" + name(i)),
          0,
          ClassMask.argmax(own, LabelledPictures.CLASSES),
          0,
          SIDE * SIDE);
    }
    assertEquals(expected.pixelAccuracy(), report.get("pixelAccuracy").asDouble());
    assertEquals(expected.classAccuracy(), report.get("classAccuracy").asDouble());
    assertEquals(expected.mIoU(), report.get("mIoU").asDouble());
    assertEquals(expected.datasetMIoU(), report.get("datasetMIoU").asDouble());
    for (int c = 0; c < LabelledPictures.CLASSES; c++) {
      JsonNode one = report.get("perClass").get(c);
      assertEquals(expected.iou(c), one.get("iou").asDouble());
      assertEquals(expected.accuracy(c), one.get("accuracy").asDouble());
      assertEquals(Arrays.stream(expected.confusion()[c]).sum(), one.get("pixels").asLong());
      for (int p = 0; p < LabelledPictures.CLASSES; p++) {
        assertEquals(expected.confusion()[c][p], report.get("confusion").get(c).get(p).asLong());
      }
    }
    assertEquals("roof", report.get("perClass").get(2).get("name").asText());
    assertEquals(COUNT, report.get("samples").asInt());
    assertEquals(device.equals("none"), report.get("frames").asLong() == 0);
  }

  @Test
  void compareGivesTheElectronicFiguresToo() throws IOException {
    LabelledPictures.write(folder.resolve("data"), COUNT, SIDE);
    String[] common = {"evaluate", "--json", "--data", path("data"), "--weights", weights()};
    JsonNode electronic = json(succeed(with(common, "--device=none")));
    JsonNode ideal = json(succeed(with(common, "--device=sim:ideal", "--compare")));
    for (String figure :
        new String[] {"pixelAccuracy", "classAccuracy", "mIoU", "datasetMIoU", "confusion"}) {
      assertEquals(electronic.get(figure), ideal.get("electronic").get(figure), figure);
    }
    // The ideal bench computes in float32 as libtorch does: only pixels on an edge may differ.
    assertTrue(ideal.get("agreement").asDouble() > 0.99, ideal.toString());
    assertTrue(ideal.get("logitsSnrDb").asDouble() > 60, ideal.toString());
    assertTrue(electronic.get("electronic").isNull());
    assertTrue(electronic.get("deviceSeconds").isNull());
    assertTrue(ideal.get("deviceSeconds").asDouble() > 0);
  }

  @Test
  void theSplitIsTrainings() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 10, SIDE);
    String[] common = {"evaluate", "--json", "--data", path("data"), "--weights", weights()};
    int training = samples(with(common, "--device=none", "--split=training"));
    int validation = samples(with(common, "--device=none", "--split=validation"));
    assertEquals(8, training);
    assertEquals(2, validation);
  }

  @Test
  void thePlainReportIsATable() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 1, SIDE);
    OfpRun run =
        succeed("evaluate", "--data", path("data"), "--device=" + BENCH, "--compare", "--crop=16");
    assertTrue(run.out().contains("4 samples of "), run.out()); // four crops a picture
    assertTrue(run.out().contains("percent         device"), run.out());
    assertTrue(run.out().contains("both give the same class in "), run.out());
    assertTrue(run.out().contains("  grass  "), run.out());
    assertTrue(run.out().contains(" (-)"), run.out());
    assertTrue(run.out().contains("1 picture: too few to tell how far"), run.out());
    assertTrue(run.out().contains("these figures mean nothing"), run.out());
    assertTrue(run.err().contains("ofp: warning: the network is untrained"), run.err());
  }

  @Test
  void shippedWeightsAreTheDefaultForTheirClasses() throws IOException {
    succeed("dataset", "--out", path("scenes"), "--count=2", "--size=" + SIDE);
    String[] common = {"evaluate", "--json", "--data", path("scenes"), "--device=none"};
    OfpRun shipped = succeed(common);
    assertEquals("shipped", json(shipped).get("weights").asText());
    assertTrue(shipped.err().contains("shipped weights, trained on"), shipped.err());
    OfpRun untrained = succeed(with(common, "--untrained"));
    assertTrue(json(untrained).get("weights").isNull());
    assertTrue(untrained.err().contains("the network is untrained"), untrained.err());
    assertNotEquals(json(shipped).get("confusion"), json(untrained).get("confusion"));
  }

  /** As many classes as the shipped weights, but the eighth is another. */
  @Test
  void shippedWeightsAreNotForOtherClassesOfTheSameNumber() throws IOException {
    succeed("dataset", "--out", path("scenes"), "--count=2", "--size=" + SIDE);
    Path table;
    try (Stream<Path> files = Files.walk(folder.resolve("scenes"))) {
      table = files.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
    }
    Files.writeString(table, Files.readString(table).replace("pool,", "carport,"));
    String[] common = {"evaluate", "--json", "--data", path("scenes"), "--device=none"};
    OfpRun run = succeed(common);
    assertTrue(json(run).get("weights").isNull(), run.out());
    assertTrue(
        run.err()
            .contains(
                "the shipped ones are for other classes: number 7 is pool there and carport here"),
        run.err());
    assertTrue(run.err().contains("the network is untrained"), run.err());
    assertFalse(run.err().contains("shipped weights, trained on"), run.err());
    JsonNode untrained = json(succeed(with(common, "--untrained")));
    assertEquals(untrained.get("confusion"), json(run).get("confusion"));
  }

  @ParameterizedTest
  @CsvSource({
    "--split=some, 'some' is no split; choose one of all, training, validation",
    "--batch-size=0, --batch-size 0 must be at least 1",
    "--size=5000, --size 5000 must be from 1 to 4096",
    "--crop=0, --crop 0 must be from 1 to 10000",
    "--model=unet, did you mean",
    "--device=none --compare, --compare needs a device",
    "--device=sim:none, there are ideal",
  })
  void wrongOptionsAreWrongUsage(String options, String message) throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    fail(2, message, with(new String[] {"evaluate", "--data", path("data")}, options.split(" ")));
  }

  @Test
  void dataAreRequired() throws IOException {
    fail(2, "--data", "evaluate", "--device=none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "sim:ideal"})
  void foldersThatCannotBeReadFailInOneLine(String device) throws IOException {
    fail(1, "nowhere", "evaluate", "--data", path("nowhere"), "--device", device);
    Files.createDirectories(folder.resolve("empty"));
    fail(1, "empty", "evaluate", "--data", path("empty"), "--device", device);
  }

  @Test
  void weightsOfOtherClassesAreRefused() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    fail(
        1,
        "has 3 classes, and the network tells 5 apart",
        "evaluate",
        "--data",
        path("data"),
        "--device=none",
        "--classes=5");
  }

  @Test
  void anOutputThatIsNoNumberIsToldWithTheSample() throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, SIDE);
    String weights = LabelledPictures.hugeWeights(folder);
    fail(
        1,
        "p000.png: the network's output is not a number; check --weights",
        "evaluate",
        "--data",
        path("data"),
        "--device=none",
        "--weights",
        weights);
  }

  private int samples(String... args) throws IOException {
    return json(succeed(args)).get("samples").asInt();
  }

  private String weights() throws IOException {
    try (OpticalContext context = OpticalContext.electronic()) {
      Weights.save(
          Models.create("unet-efficientnet-b0", LabelledPictures.CLASSES, context, 3),
          folder.resolve("w.safetensors"),
          ElementType.F32);
    }
    return path("w.safetensors");
  }

  private float[] forward(String device) throws IOException {
    float[] x = new float[COUNT * 3 * SIDE * SIDE];
    for (int i = 0; i < COUNT; i++) {
      int[] pixels = ImageFile.read(folder.resolve("data/images/" + name(i))).pixels();
      float[] planes = ImageNormalisation.toPlanes(pixels);
      System.arraycopy(planes, 0, x, i * planes.length, planes.length);
    }
    String in = write("x.npy", NpyArray.real(x, COUNT, 3, SIDE, SIDE));
    succeed("forward", "--weights", weights(), "--device", device, in, path("y.npy"));
    return read("y.npy").values();
  }

  private byte[] labels(String mask) {
    int[] pixels = ImageFile.read(folder.resolve(mask)).pixels();
    byte[] labels = new byte[pixels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (pixels[i] & 0xFF);
    }
    return labels;
  }

  private static String name(int i) {
    return String.format("p%03d.png", i);
  }

  static String[] with(String[] common, String... more) {
    String[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return all;
  }
}
