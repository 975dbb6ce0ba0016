// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.Models;
import org.ofp.models.Weights;
import org.ofp.models.image.ClassMask;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.io.ElementType;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Pictures;
import org.ofp.models.picture.RgbImage;
import org.ofp.optconv.torch.OpticalContext;

class SegmentCommandTest extends CommandTestFolder {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 33;

  @Test
  void masksShowTheClassesThatForwardFinds() throws IOException {
    String image = picture("photo.png", WIDTH, HEIGHT);
    OfpRun run =
        succeed("segment", image, "--untrained", "--device=sim:ideal", "--out", path("out"));
    assertEquals(
        Set.of(
            "photo.png",
            "out",
            "out/photo-classes.png",
            "out/photo-mask.png",
            "out/photo-overlay.png",
            "out/report.html",
            "out/summary.json"),
        files());
    RgbImage picture = ImageFile.read(folder.resolve("photo.png"));
    String x =
        write(
            "x.npy",
            NpyArray.real(ImageNormalisation.toPlanes(picture.pixels()), 1, 3, HEIGHT, WIDTH));
    succeed("forward", "--untrained", "--device=sim:ideal", x, path("y.npy"));
    int[] mask = ClassMask.argmax(read("y.npy").values(), 23);
    int[] colours = ClassPalette.DRONE.colourise(mask);
    int[] shown = pixels("out/photo-mask.png");
    int[] indices = pixels("out/photo-classes.png");
    int[] overlay = pixels("out/photo-overlay.png");
    for (int i = 0; i < mask.length; i++) {
      assertEquals(colours[i] & 0xffffff, shown[i]);
      assertEquals(mask[i], indices[i] & 255);
      int blue = (picture.pixels()[i] & 255) + (colours[i] & 255);
      assertEquals(blue / 2.0, overlay[i] & 255, 0.51);
    }
    assertTrue(run.out().contains("photo.png: 40×33 pixels\n"), run.out());
    assertTrue(run.out().contains("the network is untrained: these masks mean nothing"), run.out());
    assertTrue(run.err().startsWith("ofp: warning: the network is untrained"), run.err());
    assertTrue(run.err().contains("--weights FILE.safetensors"), run.err());
  }

  @Test
  void compareHasTheStableKeysAndAgrees() throws IOException {
    String image = picture("photo.jpg", WIDTH, HEIGHT);
    OfpRun run =
        succeed(
            "segment",
            "--untrained",
            "--compare",
            "--json",
            image,
            "--device=sim:ideal",
            "--out",
            path("out"));
    JsonNode json = json(run);
    assertTrue(json.get("agreement").asDouble() > 0.99, run.out());
    assertTrue(json.get("logitsSnrDb").asDouble() > 70, run.out());
    for (String key : new String[] {"deviceSeconds", "electronicSeconds", "deviceBusySeconds"}) {
      assertTrue(json.get(key).asDouble() > 0, key);
    }
    assertTrue(json.get("frames").asLong() > 0);
    assertTrue(json.get("warning").asText().contains("untrained"));
    double shares = 0;
    for (JsonNode found : json.get("images").get(0).get("classes")) {
      shares += found.get("share").asDouble();
    }
    assertEquals(1, shares, 1e-9);
    JsonNode file = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(json.get("agreement"), file.get("agreement"));
    String text =
        succeed("segment", "--compare", image, "--device=sim:ideal", "--out", path("out")).out();
    assertTrue(
        text.contains("with the electronic result: 100.00 % of the pixels, logits SNR"), text);
  }

  @Test
  void shippedWeightsAreTheDefault() throws IOException {
    String image = picture("a.png", WIDTH, HEIGHT);
    OfpRun run = succeed("segment", image, "--device=none", "--out", path("out"));
    assertEquals("shipped weights, trained on drawn aerial scenes\n", run.err());
    assertFalse(run.out().contains("untrained"), run.out());
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals("shipped", summary.get("weights").asText());
    assertTrue(summary.get("warning").isNull());
    // The same file, named.
    try (InputStream shipped =
        Models.class.getResourceAsStream("weights/unet-efficientnet-b0.safetensors")) {
      Files.copy(shipped, folder.resolve("w.safetensors"));
    }
    String weights = path("w.safetensors");
    succeed("segment", image, "--weights", weights, "--device=none", "--out", path("named"));
    assertArrayEquals(pixels("named/a-classes.png"), pixels("out/a-classes.png"));
  }

  @Test
  void otherNetworksAndClassesHaveNoShippedWeights() throws IOException {
    String image = picture("a.png", WIDTH, HEIGHT);
    String out = path("out");
    OfpRun classes =
        succeed("segment", "--json", image, "--classes=5", "--device=none", "--out", out);
    assertTrue(json(classes).get("weights").isNull());
    assertTrue(
        classes.err().contains("(the shipped ones are for 23 classes, not 5)"), classes.err());
    OfpRun network = succeed("segment", image, "--model=fcn8-vgg16", "--device=none", "--out", out);
    assertTrue(network.err().contains("the network is untrained"), network.err());
    assertFalse(network.err().contains("shipped"), network.err());
    OfpRun both = OfpRun.of("segment", image, "--untrained", "--weights=w", "--out", out);
    both.assertFails(2, "leave out one of them");
  }

  @Test
  void trainedWeightsNeedNoWarning() throws IOException {
    try (OpticalContext context = OpticalContext.electronic()) {
      Weights.save(
          Models.create("unet-efficientnet-b0", 3, context, 4),
          folder.resolve("w.safetensors"),
          ElementType.F32);
    }
    String image = picture("a.png", WIDTH, HEIGHT);
    OfpRun run =
        succeed(
            "segment",
            image,
            "--device=none",
            "--out",
            path("out"),
            "--weights",
            path("w.safetensors"));
    assertFalse((run.out() + run.err()).contains("untrained"), run.err());
    assertTrue(run.out().contains("class "), run.out());
    assertTrue(Arrays.stream(pixels("out/a-classes.png")).allMatch(p -> (p & 255) < 3));
  }

  @Test
  void sizeScalesTheLongestSide() throws IOException {
    String image = picture("wide.png", 2100, 30);
    succeed("segment", image, "--device=none", "--size=70", "--out", path("out"));
    RgbImage mask = ImageFile.read(folder.resolve("out/wide-mask.png"));
    assertEquals(70, mask.width());
    assertEquals(1, mask.height());
  }

  @Test
  void imagesOfOneNameDoNotOverwriteEachOther() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    String first = picture("photo.png", WIDTH, HEIGHT);
    String second = picture("b/photo.png", HEIGHT, WIDTH);
    succeed("segment", first, second, "--device=none", "--out", path("out"));
    assertEquals(WIDTH, ImageFile.read(folder.resolve("out/photo-mask.png")).width());
    assertEquals(HEIGHT, ImageFile.read(folder.resolve("out/photo-2-mask.png")).width());
  }

  @Test
  void unreadableImagesDoNotStopTheOthers() throws IOException {
    String text = write("text.png", "hello".getBytes(StandardCharsets.UTF_8));
    String good = picture("good.png", WIDTH, HEIGHT);
    OfpRun run =
        OfpRun.of(
            "segment",
            "--json",
            text,
            good,
            path("none.jpg"),
            "--device=none",
            "--out",
            path("out"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("ofp: " + text + ": not a JPEG or PNG"), run.err());
    assertTrue(run.err().contains("none.jpg: no such file"), run.err());
    assertTrue(run.err().contains("2 of 3 images failed: "), run.err());
    assertEquals(2, json(run).get("failed").size());
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(1, summary.get("images").size());
    assertEquals(2, summary.get("failed").size());
    assertTrue(Files.exists(folder.resolve("out/good-mask.png")));
  }

  @Test
  void aSingleUnreadableImageLeavesNothing() throws IOException {
    String out = path("out");
    String text = write("text.png", "hello".getBytes(StandardCharsets.UTF_8));
    fail(1, "text.png: not a JPEG or PNG", "segment", text, "--device=none", "--out", out);
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(64, 64));
    String cut = write("cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 20));
    fail(1, "cut.jpg: the JPEG is truncated", "segment", cut, "--device=none", "--out", out);
    fail(1, "none.png: no such file", "segment", path("none.png"), "--device=none", "--out", out);
  }

  @Test
  void weightsAndFolderAreCheckedBeforeTheWork() throws IOException {
    String image = picture("photo.png", WIDTH, HEIGHT);
    String bad = write("bad.safetensors", new byte[5]);
    fail(1, "bad.safetensors", "segment", image, "--weights", bad, "--out", path("out"));
    fail(1, "photo.png: is a file", "segment", image, "--device=none", "--out", image);
    fail(1, "cannot be made", "segment", image, "--device=none", "--out", image + "/out");
    fail(1, "up to 256 classes", "segment", image, "--classes=257", "--out", path("out"));
  }

  @ParameterizedTest
  @CsvSource({
    "--model=unet, did you mean",
    "--size=0, --size 0 must be from 1 to 10000",
    "--size=10001, --size 10001 must be from 1 to 10000",
    "--tile=128, --tile 128 must be a multiple of 32 from 256 to 2048",
    "--tile=1000, --tile 1000 must be a multiple of 32",
    "--tile=2080, --tile 2080 must be a multiple of 32",
    "--overlap=513, --overlap 513 must be from 0 to 512",
    "--overlap=-1, --overlap -1 must be from 0 to 512",
    "--first-image=-1, --first-image -1 must be at least 0",
    "--device=sim:none, there are ideal",
    "--device=none --compare, --compare needs a device",
    "--device=none --layers, --layers needs a device",
    "--sice=3, did you mean '--size'",
  })
  void wrongOptionsAreWrongUsage(String options, String message) throws IOException {
    String image = picture("photo.png", WIDTH, HEIGHT);
    String[] words = options.split(" ", -1);
    String[] args = Arrays.copyOf(words, words.length + 3);
    System.arraycopy(words, 0, args, 1, words.length);
    args[0] = "segment";
    args[words.length + 1] = image;
    args[words.length + 2] = "--out=" + path("out");
    fail(2, message, args);
  }

  @Test
  void noImageIsWrongUsage() throws IOException {
    fail(2, "missing required parameter: 'IMAGE'", "segment");
  }

  private int[] pixels(String name) {
    return ImageFile.read(folder.resolve(Path.of(name))).pixels();
  }
}
