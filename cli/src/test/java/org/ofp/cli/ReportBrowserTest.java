// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.models.picture.Pictures;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.print.PrintOptions;

/** The report's pages in a real browser, from the file system. */
class ReportBrowserTest {
  @TempDir static Path folder;

  private static ChromeDriver browser;

  @BeforeAll
  static void makePages() throws IOException {
    browser = Browser.start();
    Path photo = folder.resolve("photo.png");
    Files.write(photo, Pictures.png(Pictures.noise(64, 48, BufferedImage.TYPE_INT_RGB)));
    CommandTestFolder.succeed(
        "segment",
        photo.toString(),
        "--device=sim:ideal",
        "--compare",
        "--out",
        folder.resolve("single").toString());
    List<String> several = ReportTest.hostileRun(folder);
    CommandTestFolder.succeed(several.toArray(String[]::new));
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "single/report.html, 390, 844, true",
    "single/report.html, 1440, 900, false",
    "out/report.html, 390, 844, true",
    "out/report.html, 1440, 900, false",
  })
  void opensWithoutARequestOrAComplaint(String page, int width, int height, boolean phone)
      throws IOException {
    open(page, width, height, phone);
    assertQuiet(page);
    assertFits(width);
    assertEquals(
        List.of(),
        browser.executeScript(
            "return [...document.images].filter(i => !(i.complete && i.naturalWidth > 0))"
                + ".map(i => i.alt)"));
    assertTrue((long) browser.executeScript("return document.images.length") > 3);
  }

  /** What is folded away takes no room, and neither does it when unfolded. */
  @Test
  void fitsAPhoneUnfolded() throws IOException {
    open("single/report.html", 390, 844, true);
    browser.executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertFits(390);
    assertTrue(
        (boolean)
            browser.executeScript(
                "const box = document.querySelector('.layers .scroll');"
                    + " return box.scrollWidth > box.clientWidth"));
  }

  @Test
  void linksLeadToThePages() throws IOException {
    open("out/report.html", 1440, 900, false);
    Object links =
        browser.executeScript("return [...document.querySelectorAll('.cards a')].map(a => a.href)");
    assertEquals(ReportTest.HOSTILE.size(), ((List<?>) links).size());
    for (Object link : (List<?>) links) {
      browser.get((String) link);
      assertEquals(
          true, browser.executeScript("return document.querySelector('#class-map') !== null"));
      assertQuiet((String) link);
    }
  }

  /** A closed section of the screen is open on paper: its last layer is there. */
  @Test
  void prints() throws IOException {
    open("single/report.html", 1440, 900, false);
    byte[] pdf = Base64.getDecoder().decode(browser.print(new PrintOptions()).getContent());
    assertEquals("%PDF-", new String(pdf, 0, 5, StandardCharsets.ISO_8859_1));
    assertFalse(layersAreVisible());
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    boolean printed = layersAreVisible();
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    assertTrue(printed);
    int pages = pages(pdf);
    assertTrue(pages >= 4 && pages <= 12, () -> pages + " pages");
  }

  /** The check of requests and complaints sees some where there are some. */
  @Test
  void aPageThatAsksIsNoticed() throws IOException {
    Files.writeString(
        folder.resolve("asking.html"),
        "<!DOCTYPE html><title>x</title><img src='http://127.0.0.1:9/x.png' alt=''>");
    open("asking.html", 390, 844, true);
    assertEquals(List.of("http://127.0.0.1:9/x.png"), requests());
    assertEquals(1, browser.manage().logs().get(LogType.BROWSER).getAll().size());
  }

  private static void open(String page, int width, int height, boolean phone) {
    Browser.screen(browser, width, height, phone);
    browser.manage().logs().get(LogType.PERFORMANCE);
    browser.manage().logs().get(LogType.BROWSER);
    browser.get(folder.resolve(page).toUri().toString());
  }

  private static void assertQuiet(String page) throws IOException {
    assertEquals(List.of(), requests(), page);
    List<LogEntry> complaints = browser.manage().logs().get(LogType.BROWSER).getAll();
    assertEquals(List.of(), complaints.stream().map(LogEntry::getMessage).toList(), page);
  }

  private static void assertFits(int width) {
    long needed = (long) browser.executeScript("return document.documentElement.scrollWidth");
    assertTrue(needed <= width, () -> needed + " pixels wide");
  }

  /** What the browser asked for since the last call, pages from the file system and data apart. */
  private static List<String> requests() throws IOException {
    List<String> asked = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      var message = new ObjectMapper().readTree(entry.getMessage()).get("message");
      if (message.get("method").asText().equals("Network.requestWillBeSent")) {
        String url = message.at("/params/request/url").asText();
        boolean page = message.at("/params/type").asText().equals("Document");
        if (!url.startsWith("data:") && !(page && url.startsWith("file:"))) {
          asked.add(url);
        }
      }
    }
    return asked;
  }

  private static boolean layersAreVisible() {
    return (boolean)
        browser.executeScript("return document.querySelector('#layers').checkVisibility()");
  }

  private static int pages(byte[] pdf) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    return text.split("/Type\\s*/Page[^s]", -1).length - 1;
  }
}
