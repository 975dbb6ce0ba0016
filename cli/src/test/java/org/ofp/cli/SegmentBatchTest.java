// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Pictures;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;

/** Folders, tiles, ground truth, and what ends or does not end a batch. */
class SegmentBatchTest extends CommandTestFolder {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 33;

  @Test
  void aFolderGivesItsPicturesAndNotTheirResults() throws IOException {
    Files.createDirectories(folder.resolve("in/deeper"));
    picture("in/b.png", WIDTH, HEIGHT);
    picture("in/a.JPG", WIDTH, HEIGHT); // a PNG in truth
    picture("in/.hidden.png", WIDTH, HEIGHT);
    picture("in/deeper/c.png", WIDTH, HEIGHT);
    write("in/notes.txt", new byte[1]);
    write("in/broken.png", "hello".getBytes(StandardCharsets.UTF_8));
    for (int round = 0; round < 2; round++) { // into the very folder, and again
      OfpRun run = OfpRun.of("segment", "--json", "--device=none", path("in"), "--out", path("in"));
      assertEquals(1, run.status());
      JsonNode images = json(run).get("images");
      assertEquals(2, images.size(), run.err());
      assertEquals(path("in/a.JPG"), images.get(0).get("image").asText());
      assertEquals(path("in/b.png"), images.get(1).get("image").asText());
      assertEquals(0, json(run).get("pending").size());
      assertTrue(run.err().contains("1 of 3 images failed: " + path("in/broken.png")), run.err());
      assertTrue(run.err().contains("passed over: " + (1 + 4 * round) + " other file"), run.err());
    }
    assertFalse(Files.exists(folder.resolve("in/deeper/c-mask.png")));
    assertTrue(Files.exists(folder.resolve("in/b-mask.png")));
    assertFalse(Files.exists(folder.resolve("in/b-mask-mask.png")));
  }

  @Test
  void aFolderWithoutPicturesIsAnError() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    String good = picture("good.png", WIDTH, HEIGHT);
    fail(1, "empty: has no JPEG or PNG pictures", "segment", good, path("empty"), "--out=o");
  }

  @Test
  void anImageAloneComesOutAsItDidAmongOthers() throws IOException {
    String first = picture("first.png", WIDTH, HEIGHT);
    String wide = picture("wide.png", 300, 40);
    String last = picture("last.jpg", 40, 270);
    String[] common = {"segment", "--json", "--compare", "--tile=256", "--overlap=64"};
    String[] device = {"--device=sim:demonstrator", "-o", "rows=64", "-o", "cols=64"};
    String[] head = concat(common, device);
    JsonNode all =
        json(succeed(concat(head, first, wide, path("none.png"), last, "--out=" + path("all")), 1));
    assertEquals("[1,2,2]", figures(all, "tiles"));
    assertEquals("[0,1,3]", figures(all, "firstImage"));

    JsonNode alone =
        json(succeed(concat(head, last, "--out=" + path("alone"), "--first-image=3"), 0));
    assertEquals(snr(all, 2), snr(alone, 0));
    assertEquals(all.get("images").get(2).get("frames"), alone.get("images").get(0).get("frames"));
    assertArrayEquals(bytes("all/last-classes.png"), bytes("alone/last-classes.png"));

    JsonNode other = json(succeed(concat(head, last, "--out=" + path("other")), 0));
    assertNotEquals(snr(all, 2), snr(other, 0), "the noise must have another key");
  }

  private static double snr(JsonNode summary, int image) {
    return summary.get("images").get(image).get("logitsSnrDb").asDouble();
  }

  private static String figures(JsonNode summary, String name) {
    StringBuilder all = new StringBuilder();
    summary.get("images").forEach(image -> all.append(',').append(image.get(name)));
    return "[" + all.substring(1) + "]";
  }

  @Test
  void masksAreJudgedByTheTruth() throws IOException {
    Files.createDirectories(folder.resolve("truth"));
    String a = picture("a.png", WIDTH, HEIGHT);
    String b = picture("b.png", HEIGHT, WIDTH);
    String c = picture("c.png", WIDTH, WIDTH);
    succeed("segment", a, b, "--device=none", "--out", path("first"));
    // For a what was found, as colours; for b another class in its upper half, as numbers.
    Files.copy(folder.resolve("first/a-mask.png"), folder.resolve("truth/a.png"));
    byte[] labels = classes("first/b-classes.png");
    int[] counts = new int[23];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]]++;
      labels[i] = i < labels.length / 2 ? (byte) ((labels[i] + 1) % 23) : labels[i];
    }
    PngFile.writeGrey(folder.resolve("truth/b.png"), HEIGHT, WIDTH, labels);
    PngFile.writeGrey(folder.resolve("truth/c.png"), WIDTH, HEIGHT, new byte[WIDTH * HEIGHT]);
    String d = picture("d.png", WIDTH, WIDTH);

    OfpRun run =
        OfpRun.of(
            concat(
                new String[] {"segment", "--json", "--compare", "--device=sim:ideal"},
                a,
                b,
                c,
                d,
                "--truth=" + path("truth"),
                "--out=" + path("out")));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("c.png: the mask has 40×33 pixels"), run.err());
    assertTrue(run.err().contains("d.png: has no mask"), run.err());
    JsonNode json = json(run);
    JsonNode exact = json.get("images").get(0).get("truth");
    // The device's rounding may move a pixel between classes; the electronic masks are the same.
    assertEquals(100, exact.get("electronic").get("mIoU").asDouble());
    assertEquals(100, exact.get("electronic").get("pixelAccuracy").asDouble());
    assertTrue(exact.get("mIoU").asDouble() > 90);
    JsonNode half = json.get("images").get(1).get("truth").get("electronic");
    assertEquals(50, half.get("pixelAccuracy").asDouble(), 1e-9);
    double union = half.get("mIoU").asDouble();
    assertTrue(union > 0 && union < 100);
    JsonNode whole = json.get("truth").get("electronic");
    assertEquals(75, whole.get("pixelAccuracy").asDouble(), 1e-9, "as many pixels in a as in b");
    for (JsonNode found : exact.get("electronic").get("perClass")) {
      assertEquals(100, found.get("iou").asDouble(), found.get("name").asText());
    }
    JsonNode file = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(json.get("truth"), file.get("truth"));
  }

  @Test
  void truthFollowsTheSizeAndIsToldInText() throws IOException {
    String a = picture("a.png", WIDTH, HEIGHT);
    int[] grass = new int[WIDTH * HEIGHT];
    Arrays.fill(grass, ClassPalette.DRONE.classes().get(3).argb());
    PngFile.write(folder.resolve("grass.png"), new RgbImage(WIDTH, HEIGHT, grass));
    String[] head = {"segment", a, "--device=none", "--size=20", "--truth", path("grass.png")};
    String text = succeed(concat(head, "--out=" + path("out")), 0).out();
    byte[] found = classes("out/a-classes.png");
    int right = 0;
    for (byte index : found) {
      right += index == 3 ? 1 : 0;
    }
    double share = 100.0 * right / found.length;
    String expected =
        String.format("pixel accuracy %.2f %%, mIoU %.2f %%", share, share); // one class in it
    assertTrue(text.contains(expected), text);
    assertTrue(text.contains("  IoU  "), text);
  }

  @Test
  void truthThatCannotBeMeantIsRefused() throws IOException {
    String a = picture("a.png", WIDTH, HEIGHT);
    String b = picture("b.png", WIDTH, HEIGHT);
    String out = "--out=" + path("out");
    fail(2, "is one mask, and there are 2 pictures", "segment", a, b, out, "--truth", a);
    fail(1, "no such file or folder", "segment", a, out, "--truth", path("none"));
    fail(1, "up to 255 classes", "segment", a, out, "--truth", b, "--classes=256");
    String colours = "is no class (the table of classes does not have it)";
    fail(1, colours, "segment", a, out, "--device=none", "--truth", b);
  }

  @Test
  void outputThatIsNoNumberNamesThePicture() throws IOException {
    String a = picture("a.png", WIDTH, HEIGHT);
    String b = picture("b.png", WIDTH, HEIGHT);
    String weights = LabelledPictures.hugeWeights(folder);
    String[] command = {"segment", "--device=none", "--weights", weights, "--out", path("out"), a};
    fail(
        1,
        "a.png: the network gave NaN in libtorch: its weights do not suit such a picture; pass",
        command);
    OfpRun run = OfpRun.of(concat(command, b));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("b.png: the network gave NaN"), run.err());
    assertTrue(run.err().contains("2 of 2 images failed: "), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
    Set<String> written = files();
    written.removeIf(file -> !file.startsWith("out/"));
    assertEquals(Set.of("out/report.html", "out/summary.json"), written, "what failed, and why");
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(0, summary.get("images").size());
    assertEquals(2, summary.get("failed").size());
  }

  /** What a picture alone gave earlier must not be taken for what it gave now. */
  @Test
  void aPictureThatFailsLeavesNoEarlierReport() throws IOException {
    String a = picture("a.png", WIDTH, HEIGHT);
    String b = picture("b.png", WIDTH, HEIGHT);
    String[] pages = {"out/summary.json", "out/report.html"};
    String[] head = {"segment", "--device=none", "--out", path("out")};
    succeed(concat(head, a), 0);
    write("b.png", new byte[1]);
    assertEquals(1, OfpRun.of(concat(head, b)).status());
    for (String page : pages) {
      assertTrue(Files.exists(folder.resolve(page)), "of another picture");
    }
    write("a.png", new byte[1]);
    assertEquals(1, OfpRun.of(concat(head, a)).status());
    for (String page : pages) {
      assertFalse(Files.exists(folder.resolve(page)), page);
    }
    assertTrue(Files.exists(folder.resolve("out/a-mask.png")));
  }

  /** {@code --out .} beside a mask of the user's that is called as a result is. */
  @Test
  void masksOfTheUserStay() throws IOException {
    String a = picture("a.png", WIDTH, HEIGHT);
    PngFile.writeGrey(folder.resolve("a-mask.png"), WIDTH, HEIGHT, new byte[WIDTH * HEIGHT]);
    byte[] mask = bytes("a-mask.png");
    String[] head = {"segment", "--device=none", "--out", path("."), a};
    succeed(concat(head, "--truth", path("a-mask.png")), 0);
    assertArrayEquals(mask, bytes("a-mask.png"));
    succeed(new String[] {"segment", "--device=none", path("."), "--out", path(".")}, 0);
    assertArrayEquals(mask, bytes("a-mask.png"));
    assertTrue(Files.exists(folder.resolve("a-2-overlay.png")));
    assertFalse(Files.exists(folder.resolve("a-3-overlay.png")), "an earlier run's is replaced");
  }

  /** A strip of which the heap cannot hold what its tiles share. */
  @Test
  void aPictureThatIsTooLargeDoesNotStopTheOthers() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    // Tiles of 256×256 share 128 rows and more, 256 classes, 4 bytes.
    int width = (int) Math.min(300_000, heap / (128L * 256 * 4) + 1);
    BufferedImage strip = new BufferedImage(width, 300, BufferedImage.TYPE_BYTE_GRAY);
    String wide = write("wide.png", Pictures.png(strip));
    String a = picture("a.png", WIDTH, HEIGHT);
    OfpRun run =
        OfpRun.of(
            "segment",
            "--device=none",
            "--classes=256",
            "--tile=256",
            "--overlap=128",
            "--out",
            path("out"),
            wide,
            a);
    assertEquals(1, run.status());
    assertTrue(run.err().contains("choose a smaller --tile"), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
    assertTrue(Files.exists(folder.resolve("out/a-mask.png")), run.err());
  }

  @Test
  void aDeviceThatFailsEndsTheBatchAndLeavesWhatIsDone() throws IOException {
    String jar = FailingProvider.jar(folder.resolve("failing.jar")).toString();
    String a = picture("a.png", WIDTH, HEIGHT);
    String b = picture("b.png", WIDTH, HEIGHT);
    String c = picture("c.png", WIDTH, HEIGHT);
    String[] head = {"segment", "--json", "--driver-path", jar, "--out", path("out")};
    JsonNode whole = json(succeed(concat(head, "--device=failing:1000000000", a), 0));
    long frames = whole.get("frames").asLong();
    OfpRun run = OfpRun.of(concat(head, "--device=failing:" + frames * 3 / 2, a, b, c));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("b.png: "), run.err());
    assertTrue(run.err().contains("the lamp is broken"), run.err());
    assertTrue(run.err().contains("the device failed, so 1 image"), run.err());
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertEquals(1, summary.get("images").size());
    assertEquals(b, summary.get("failed").get(0).get("image").asText());
    assertEquals("[\"" + c + "\"]", summary.get("pending").toString());
    assertEquals(summary.get("pending"), json(run).get("pending"));
    Set<String> files = files();
    assertTrue(files.contains("out/a-mask.png"), files.toString());
    assertFalse(files.contains("out/b-mask.png"), files.toString());

    String[] alone = concat(head, "--device=failing:" + frames / 2, b);
    OfpRun single = OfpRun.of(alone);
    assertEquals(1, single.status());
    assertTrue(single.err().endsWith("ofp: the lamp is broken; replace it\n"), single.err());
    assertEquals("", single.out());
  }

  private static OfpRun succeed(String[] arguments, int status) {
    OfpRun run = OfpRun.of(arguments);
    assertEquals(status, run.status(), run.err());
    return run;
  }

  private static String[] concat(String[] head, String... tail) {
    String[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private byte[] classes(String name) {
    int[] pixels = ImageFile.read(folder.resolve(name)).pixels();
    byte[] classes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      classes[i] = (byte) pixels[i];
    }
    return classes;
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(Path.of(name)));
  }
}
