// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.term.ShellCommand;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Pictures;
import org.ofp.models.picture.PngFile;

/**
 * What {@code ofp segment} writes into {@code report.html}; {@link ReportBrowserTest} looks at it.
 */
class ReportTest extends CommandTestFolder {
  private static final String DEVICE = "--device=sim:demonstrator";

  @TempDir static Path shared;

  private static JsonNode summary;

  /** Legal names of files that would do harm if they got into a page as they are. */
  static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)>.png",
          "\"'`&amp;{{data}} #1?a=b%41.png",
          "javascript:alert(1).png",
          "<!--<script>.png",
          "e\u0301te\u0301.png", // as macOS writes accents: letters of their own
          "zwei\nZeilen ☂ \u202Egnp.png");

  @BeforeAll
  static void segmentOnce() throws IOException {
    Path image = shared.resolve("photo.png");
    Files.write(image, Pictures.png(noise(40, 33)));
    summary =
        json(
            succeed(
                "segment",
                image.toString(),
                DEVICE,
                "--compare",
                "--layers",
                "--untrained",
                "--json",
                "--out",
                shared.resolve("first").toString()));
  }

  @Test
  void whatThePageStatesRunsAgainToTheSame() throws Exception {
    Document first = page(shared.resolve("first/report.html"));
    List<String> command = new ArrayList<>();
    json(first).at("/run/command").forEach(word -> command.add(word.asText()));
    assertEquals("ofp", command.remove(0));
    command.set(command.indexOf(shared.resolve("first").toString()), path("second"));
    succeed(command.toArray(String[]::new));
    Document second = page("second/report.html");

    assertEquals(facts(first), facts(second));
    assertEquals(text(first), text(second));
    assertEquals(first.select("img").eachAttr("src"), second.select("img").eachAttr("src"));
    assertEquals(first.select("svg").outerHtml(), second.select("svg").outerHtml());
    String sha256 = json(second).at("/result/classMapSha256").asText();
    assertEquals(sha256, second.select("#class-map").text());
    assertEquals(sha256, sha256(greyLevels("second/photo-classes.png")));
    assertEquals(
        json(second).at("/picture/sha256").asText(),
        sha256(Files.readAllBytes(shared.resolve("photo.png"))));
  }

  /** As a user does it: relative paths, a folder, tiles, ground truth; the shell reads the page. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theCommandThatIsShownRuns() throws Exception {
    Files.createDirectories(folder.resolve("in put"));
    Files.createDirectories(folder.resolve("truth"));
    for (String name : new String[] {"a", "it's"}) {
      int width = name.equals("a") ? 300 : 40;
      Files.write(folder.resolve("in put/" + name + ".png"), Pictures.png(noise(width, 48)));
      byte[] truth = new byte[width * 48];
      Arrays.fill(truth, 0, truth.length / 2, (byte) 3);
      PngFile.writeGrey(folder.resolve("truth/" + name + ".png"), width, 48, truth);
    }
    List<String> program = new ArrayList<>(OfpProcess.of(List.of()).command());
    program.add(program.size() - 1, "-Dofp.program=./ofp");
    Path launcher = folder.resolve("ofp");
    Files.writeString(launcher, "#!/bin/sh\nexec " + ShellCommand.of(program) + " \"$@\"\n");
    assertTrue(launcher.toFile().setExecutable(true));
    sh(
        folder,
        "./ofp segment 'in put' --truth truth --tile 256 --device none --first-image 4 --out out");

    Document overview = page("out/report.html");
    List<Document> first = List.of(page("out/a-report.html"), page("out/it's-report.html"));
    assertEquals(2, json(first.get(0)).at("/picture/tiles").asInt());
    assertEquals(6, json(first.get(1)).at("/picture/firstImage").asInt());
    assertEquals("shipped", json(overview).at("/run/weights").asText());
    assertEquals(
        sha256(Files.readAllBytes(folder.resolve("truth/a.png"))),
        json(first.get(0)).at("/picture/truthSha256").asText());
    assertTrue(json(first.get(0)).at("/result/truth").isObject());

    shown(overview); // into the same folder
    assertEquals(facts(first.get(0)), facts(page("out/a-report.html")));
    assertEquals(facts(first.get(1)), facts(page("out/it's-report.html")));
    shown(first.get(1)); // into one of its own
    assertEquals(facts(first.get(1)), facts(page("out/it's/report.html")));
    assertEquals(text(first.get(1)), text(page("out/it's/report.html")));
  }

  /** Runs what a page shows, where it says. */
  private static void shown(Document page) throws Exception {
    String command = page.select(".command").text();
    assertTrue(command.startsWith("./ofp segment "), command);
    sh(Path.of(page.select(".folder").text()), command);
  }

  private static void sh(Path folder, String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), told);
    assertEquals(0, process.exitValue(), command + "\n" + told);
  }

  /** What is shown goes for the environment too, and without the launcher the program is ofp. */
  @Test
  void variablesThatMatterAreShown() throws IOException {
    String image = picture("photo.png");
    OfpRun run =
        OfpRun.with(
            Map.of("OFP_JAVA_OPTS", "-Xmx3g -Dx=1", "HOME", "/"),
            "segment",
            image,
            "--device=none",
            "--out",
            path("out"));
    assertEquals(0, run.status(), run.err());
    Document page = page("out/report.html");
    assertTrue(
        page.select(".command").text().startsWith("OFP_JAVA_OPTS='-Xmx3g -Dx=1' ofp segment "),
        page.select(".command").text());
    assertEquals(
        "{\"OFP_JAVA_OPTS\":\"-Xmx3g -Dx=1\"}", json(page).at("/run/environment").toString());
  }

  /** The comparison above would notice: another seed is another result, and is stated. */
  @Test
  void anotherSeedIsAnotherPage() throws IOException {
    Document first = page(shared.resolve("first/report.html"));
    String image = shared.resolve("photo.png").toString();
    succeed("segment", image, DEVICE, "-oseed=2", "--compare", "--out", path("out"));
    Document other = page("out/report.html");
    assertNotEquals(json(first).at("/result/logitsSnrDb"), json(other).at("/result/logitsSnrDb"));
    assertNotEquals(text(first), text(other));
    assertEquals("sim:demonstrator?seed=1", first.select("#address").text());
    assertEquals("sim:demonstrator?seed=2", other.select("#address").text());
    assertTrue(json(other).at("/layers/0/measuredSnrDb").isNull());
  }

  @Test
  void thePageShowsWhatItsDataSay() throws IOException {
    Document page = page(shared.resolve("first/report.html"));
    JsonNode data = json(page);
    JsonNode result = data.get("result");
    assertEquals(summary.get("agreement"), result.get("agreement"));
    assertEquals(summary.get("logitsSnrDb"), result.get("logitsSnrDb"));
    assertEquals(summary.get("frames"), result.get("frames"));
    assertTrue(
        page.select("h1")
            .text()
            .startsWith(
                String.format(
                    Locale.ROOT, "%.2f %% of the", 100 * result.get("agreement").asDouble())),
        page.select("h1").text());
    assertEquals(result.get("classes").size(), page.select("#classes tbody tr").size());
    double shares = 0;
    double electronicShares = 0;
    for (JsonNode row : result.get("classes")) {
      shares += row.get("share").asDouble();
      electronicShares += row.get("electronicShare").asDouble();
      assertTrue(row.get("iou").isNull());
    }
    assertEquals(1, shares, 1e-9);
    assertEquals(1, electronicShares, 1e-9);

    assertEquals(66, page.select("#layers tbody tr").size());
    assertEquals(22, page.select("#layers .light").size());
    long frames = 0;
    for (JsonNode layer : data.get("layers")) {
      frames += layer.get("frames").asLong();
      boolean optical = layer.get("frames").asLong() > 0;
      assertEquals(optical, layer.get("route").asText().equals("optical"));
      assertEquals(optical, layer.get("predictedSnrDb").isNumber());
      assertEquals(optical, layer.get("measuredSnrDb").isNumber());
      assertTrue(layer.get("macsHybrid").asLong() > 0);
    }
    assertEquals(result.get("frames").asLong(), frames);
    assertTrue(
        page.select("#layers tfoot").text().contains(String.format(Locale.ROOT, "%,d", frames)));
    assertEquals(2, page.select(".charts svg[role=img][aria-label]").size());
    assertEquals(
        page.select(".charts svg").eachAttr("aria-label"),
        page.select(".charts svg > title:first-child").eachText());
    assertTrue(page.select("#no-charts").isEmpty());
    assertTrue(page.select(".warning").text().contains("untrained"));
    for (String option : new String[] {"rows", "cols", "seed", "adc.bits", "wavelength"}) {
      assertTrue(data.at("/run/device/options").has(option), option);
    }
    assertTrue(page.select(".parameters").text().contains("wavelength 633e-9 m"));
  }

  @Test
  void anElectronicPageHasNoDevice() throws IOException {
    succeed("segment", picture("photo.png"), "--device=none", "--out", path("out"));
    Document page = page("out/report.html");
    assertTrue(page.select("h1").text().startsWith("Segmented electronically: "));
    assertTrue(page.select(".device, .charts, #no-charts").isEmpty());
    assertEquals("false", json(page).at("/run/settings/--untrained").asText());
    assertEquals("23", json(page).at("/run/settings/--classes").asText());
    assertEquals("0", json(page).at("/run/settings/--seed").asText());
    assertTrue(json(page).at("/run/device").isNull());
    assertSelfContained(page);
  }

  @Test
  void severalPicturesHaveAPageEachAndAnOverview() throws IOException {
    String good = picture("good.png");
    String bad = write("bad <b>.png", new byte[] {1, 2, 3});
    String other = picture("other.png");
    OfpRun run = OfpRun.of("segment", good, bad, other, "--device=none", "--out", path("out"));
    assertEquals(1, run.status());
    Document overview = page("out/report.html");
    assertEquals("2 of 3 pictures segmented electronically.", overview.select("h1").text());
    assertEquals(
        List.of("./good-report.html", "./other-report.html"),
        overview.select(".cards a").eachAttr("href"));
    assertEquals(4, overview.select(".cards img").size());
    assertTrue(overview.select(".failed li").text().contains(bad));
    assertEquals(
        List.of("good-report.html", "other-report.html"), texts(json(overview).get("pages")));
    Document one = page("out/other-report.html");
    assertEquals("report.html", one.select(".crumbs a").attr("href"));
    assertEquals(1, json(one).at("/picture/firstImage").asInt()); // one could not be read
  }

  /** Nobody gets more out of a file's name than its letters. */
  @Test
  void hostileNamesAreHarmless() throws IOException {
    List<String> args = hostileRun(folder);
    succeed(args.toArray(String[]::new));
    Document overview = page("out/report.html");
    assertSelfContained(overview);
    assertEquals(args, texts(json(overview).at("/run/command")).subList(1, args.size() + 1));
    List<String> links = overview.select(".cards a").eachAttr("href");
    assertEquals(HOSTILE.size(), links.size());
    for (int i = 0; i < HOSTILE.size(); i++) {
      Path linked = Path.of(folder.resolve("out/report.html").toUri().resolve(links.get(i)));
      assertEquals(folder.resolve("out"), linked.getParent());
      assertTrue(Files.exists(linked), links.get(i));
      Document page = Jsoup.parse(linked.toFile());
      assertSelfContained(page);
      String file = json(page).at("/picture/file").asText();
      assertEquals(folder.resolve(HOSTILE.get(i)).toString(), file);
      assertTrue(page.select(".crumbs bdi").first().wholeText().contains(HOSTILE.get(i)));
      List<String> alone = texts(json(page).at("/run/command"));
      assertEquals(
          List.of("ofp", "segment", file, "--device=none", "--first-image=" + i),
          alone.subList(0, 5));
    }
  }

  /** The command line of a run over pictures with hostile names, which it makes. */
  static List<String> hostileRun(Path folder) throws IOException {
    List<String> args = new ArrayList<>(List.of("segment"));
    for (String name : HOSTILE) {
      Files.write(folder.resolve(name), Pictures.png(noise(32, 24)));
      args.add(folder.resolve(name).toString());
    }
    args.addAll(List.of("--device=none", "--out", folder.resolve("out").toString()));
    return args;
  }

  static void assertSelfContained(Document page) {
    for (Element element : page.getAllElements()) {
      element
          .attributes()
          .forEach(attribute -> assertFalse(attribute.getKey().startsWith("on"), element::html));
      if (element.hasAttr("src")) {
        assertTrue(element.attr("src").startsWith("data:image/"), element::html);
      }
      if (element.normalName().equals("a")) {
        URI target = URI.create(element.attr("href"));
        assertEquals(null, target.getScheme(), element::html);
        assertEquals(null, target.getHost(), element::html);
      }
    }
    assertEquals(1, page.select("script").size());
    assertEquals("application/json", page.select("script").attr("type"));
    assertTrue(page.select("iframe, object, embed, form, base").isEmpty());
    assertEquals(List.of("data:,"), page.select("link").eachAttr("href"));
    assertTrue(
        page.select("meta[http-equiv=Content-Security-Policy]")
            .attr("content")
            .startsWith("default-src 'none';"));
    page.select("img").forEach(image -> assertFalse(image.attr("alt").isBlank()));
  }

  private String picture(String name) throws IOException {
    return write(name, Pictures.png(noise(40, 33)));
  }

  private static BufferedImage noise(int width, int height) {
    return Pictures.noise(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private Document page(String name) throws IOException {
    return page(folder.resolve(name));
  }

  private static Document page(Path file) throws IOException {
    Document page = Jsoup.parse(file.toFile());
    assertSelfContained(page);
    return page;
  }

  private static JsonNode json(Document page) throws IOException {
    return new ObjectMapper().readTree(page.getElementById("ofp-report").data());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  /**
   * The page's data without what a second run may not repeat: times, and where it was told to go.
   */
  private static JsonNode facts(Document page) throws IOException {
    ObjectNode data = (ObjectNode) json(page);
    data.remove("times");
    ((ObjectNode) data.get("run")).remove("command");
    data.get("layers").forEach(layer -> ((ObjectNode) layer).remove("hostSeconds"));
    return data;
  }

  /** All that the page says, without the same and the way back to the overview. */
  private static String text(Document page) {
    Document copy = page.clone();
    copy.select(".time, .command, .crumbs").remove();
    return copy.body().text();
  }

  private byte[] greyLevels(String name) {
    int[] pixels = ImageFile.read(folder.resolve(name)).pixels();
    byte[] levels = new byte[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) pixels[i];
    }
    return levels;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
