// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.network.Engine;
import org.ofp.cli.segment.FileHashes;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.OutputFiles;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.segment.TruthScorer;
import org.ofp.cli.segment.TruthScores;
import org.ofp.device.TransformOptions;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.picture.RgbImage;

/** Pages of results that are made up: with a ground truth, and large. */
class TruthPageTest {
  private static final int BLUE = 0x0000FF;
  private static final ClassPalette PALETTE =
      new ClassPalette(
          List.of(new ClassPalette.Entry("sea", BLUE), new ClassPalette.Entry("land", 0x00FF00)));

  @TempDir Path folder;

  /**
   * The upper half is sea. Light finds land in a row of it, electronics does not; a row is free.
   */
  @Test
  void theTruthIsShownAndCounted() throws IOException {
    int side = 10;
    byte[] truth = new byte[side * side];
    Arrays.fill(truth, side * side / 2, side * side, (byte) 1);
    byte[] electronic = truth.clone();
    byte[] optical = truth.clone();
    Arrays.fill(optical, 0, side, (byte) 1);
    Arrays.fill(truth, side, 2 * side, (byte) 255);
    Document page =
        page(
            result(
                new RgbImage(side, side, new int[side * side]),
                optical,
                Optional.of(electronic),
                Optional.of(truth)));
    assertEquals(
        List.of(
            "input",
            "electronic",
            "electronic",
            "truth",
            "electronic-mask",
            "electronic-mask",
            "disagreement",
            "errors"),
        page.select(".pictures figure").eachAttr("id"));
    // Of 40 pixels of sea that count 30 were found, all of them rightly.
    List<String> sea = page.select("#classes tbody tr:contains(sea) td").eachText();
    assertEquals(List.of("40.0 %", "50.0 %", "44.4 %", "80.0 %", "75.0 %", "100.0 %"), sea);
    // 50 of 60 of what is land or was found to be: (75 + 83.3) / 2
    assertTrue(page.select(".figures").text().contains("mIoU 79.2 %"), page::text);
    int[] shown = pixels(page.selectFirst("#truth img"));
    assertEquals(0xFF000000 | BLUE, shown[0]);
    assertEquals(0xFFFFFFFF, shown[side]);
    assertTrue(red(shownAt(page, "errors", 5)) > 150 && red(shownAt(page, "errors", 95)) > 150);
    assertTrue(green(shownAt(page, "errors", 5)) < 80);
    assertTrue(green(shownAt(page, "errors", 95)) > 120);
  }

  @Test
  void largePicturesAreMadeSmall() throws IOException {
    int width = 2600;
    int height = 1300;
    SplittableRandom random = new SplittableRandom(3);
    byte[] classes = new byte[width * height];
    byte[] other = new byte[width * height];
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int block = i / width / 20 * 500 + i % width / 20;
      classes[i] = (byte) (block % 7 % 2);
      other[i] = random.nextInt(50) == 0 ? 1 : classes[i];
      pixels[i] = (block * 0x3579B + random.nextInt(0x101010)) & 0xFFFFFF;
    }
    Document page =
        page(
            result(
                new RgbImage(width, height, pixels),
                classes,
                Optional.of(other),
                Optional.of(other)));
    for (Element image : page.select(".pictures img")) {
      assertEquals("1024", image.attr("width"));
      assertEquals("512", image.attr("height"));
      assertEquals(1024 * 512, pixels(image).length);
    }
    assertTrue(Files.size(folder.resolve("report.html")) < 5_000_000);
  }

  @Test
  void aPageWithoutChartsSaysWhy() throws IOException {
    RgbImage image = new RgbImage(2, 2, new int[4]);
    PictureResult result = result(image, new byte[4], Optional.empty(), Optional.empty());
    LayerTable layers = new LayerTable(List.of(), 0, 0, 0, 0, Double.NaN);
    PicturePage page;
    try (Engine engine = Engine.electronic()) {
      page = PicturePage.of(result, layers, RunSection.of(facts(), engine), "");
    }
    String why = "no <fonts> & no letters";
    PicturePage without =
        new PicturePage(
            page.overview(),
            page.headline(),
            page.hero(),
            page.figures(),
            page.images(),
            page.classes(),
            new ChartSection(List.of(), why),
            page.layers(),
            page.totals(),
            page.data(),
            page.json());
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    Template.write("picture", without, html);
    Document shown = Jsoup.parse(html.toString(StandardCharsets.UTF_8));
    assertEquals(why, shown.select("#no-charts").text());
    assertTrue(shown.select(".charts").isEmpty());
    assertEquals(1, shown.select("#layers").size());
  }

  private Document page(PictureResult result) throws IOException {
    try (Engine engine = Engine.electronic()) {
      new Report(folder, 1, facts(), engine).add(result);
    }
    return Jsoup.parse(folder.resolve("report.html").toFile());
  }

  private RunFacts facts() {
    return new RunFacts(
        "ofp",
        new RunCommand(List.of("ofp", "segment"), List.of(), List.of(), folder),
        Map.of(),
        folder,
        "unet-vgg16",
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        TransformOptions.defaults(),
        Map.of());
  }

  private PictureResult result(
      RgbImage image, byte[] classes, Optional<byte[]> electronic, Optional<byte[]> truth)
      throws IOException {
    Path file = Files.write(folder.resolve("photo.png"), new byte[3]);
    ImageReport report =
        new ImageReport(
            file,
            image.height(),
            image.width(),
            shares(classes),
            new OutputFiles(file, file, file),
            0,
            null,
            0,
            1.0,
            0.9,
            20.0,
            0,
            1,
            truth.map(t -> scores(t, classes, electronic)).orElse(null));
    return new PictureResult(
        file,
        image,
        PALETTE,
        classes,
        electronic,
        truth,
        report,
        new FileHashes("", Optional.empty()));
  }

  private static List<ImageReport.ClassShare> shares(byte[] classes) {
    int land = 0;
    for (byte c : classes) {
      land += c;
    }
    double size = classes.length;
    return List.of(
        new ImageReport.ClassShare(0, "sea", "", (size - land) / size),
        new ImageReport.ClassShare(1, "land", "", land / size));
  }

  private static TruthScores scores(byte[] truth, byte[] classes, Optional<byte[]> electronic) {
    TruthScorer scorer = new TruthScorer(PALETTE);
    scorer.add(truth, classes, electronic);
    return scorer.scores();
  }

  private static int shownAt(Document page, String figure, int pixel) throws IOException {
    return pixels(page.selectFirst("#" + figure + " img"))[pixel];
  }

  private static int[] pixels(Element image) throws IOException {
    String source = image.attr("src");
    byte[] file = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    var picture = ImageIO.read(new ByteArrayInputStream(file));
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  private static int red(int argb) {
    return argb >> 16 & 0xFF;
  }

  private static int green(int argb) {
    return argb >> 8 & 0xFF;
  }
}
