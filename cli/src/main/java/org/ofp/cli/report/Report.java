// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ofp.cli.network.Engine;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.segment.Summary;
import org.ofp.cli.term.Quantity;
import org.ofp.models.io.AtomicFile;
import org.ofp.optconv.torch.LayerRun;

/**
 * Writes the pages of a run. A single picture's page is {@code report.html}; of several, each has
 * its own, {@code NAME-report.html}, and {@code report.html} lists them. Every picture's page is
 * written as soon as it is {@linkplain #add added}, the list when {@linkplain #list asked for}. Not
 * thread-safe.
 */
public final class Report {
  private static final String SUFFIX = "-report.html";
  private static final int THUMBNAIL = 240;

  /** Small pictures beyond these would make the overview a burden. */
  private static final int THUMBNAILS = 100;

  private final Path folder;
  private final int wanted;
  private final RunFacts facts;
  private final Engine engine;
  private final LayerTally tally = new LayerTally();
  private final List<OverviewPage.Entry> entries = new ArrayList<>();
  private final List<OverviewPage.Failed> failures = new ArrayList<>();
  private RunSection run;

  /**
   * Writes nothing yet.
   *
   * @param folder for the pages
   * @param wanted pictures that the run has
   * @param facts what they have in common
   * @param engine where the network runs; must stay open until the last picture is added
   */
  public Report(Path folder, int wanted, RunFacts facts, Engine engine) {
    this.folder = folder;
    this.wanted = wanted;
    this.facts = facts;
    this.engine = engine;
  }

  /** To be told of every layer that runs, from one picture added to the next. */
  public Consumer<LayerRun> layers() {
    return tally;
  }

  /**
   * Writes a picture's page.
   *
   * @throws IOException if it cannot be written
   */
  public void add(PictureResult result) throws IOException {
    LayerTable layers = LayerTable.of(tally, result.report().tiles(), engine, facts.precision());
    tally.clear();
    if (wanted == 1) {
      write(Summary.PAGE, "picture", PicturePage.of(result, layers, run(), ""));
      return;
    }
    String name = result.report().files().name();
    long firstImage = result.report().firstImage();
    RunSection alone =
        run().ofOne(facts.command().alone(result.file(), firstImage, name), firstImage);
    write(name + SUFFIX, "picture", PicturePage.of(result, layers, alone, Summary.PAGE));
    entries.add(entry(result, name + SUFFIX));
  }

  /** Notes a picture that could not be segmented for the overview, if there is one. */
  public void failed(Path file, String reason) {
    tally.clear();
    if (wanted > 1) {
      String prefix = file + ": ";
      failures.add(
          new OverviewPage.Failed(
              file.toString(),
              reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason));
    }
  }

  /** Writes the overview of the pictures so far, where there are several. */
  public void list() throws IOException {
    if (wanted > 1) {
      write(Summary.PAGE, "overview", OverviewPage.of(run(), entries, failures, wanted));
    }
  }

  /** Found out when the first page is written: it takes a moment. */
  private RunSection run() {
    if (run == null) {
      run = RunSection.of(facts, engine);
    }
    return run;
  }

  private void write(String page, String template, Object content) throws IOException {
    AtomicFile.write(folder.resolve(page), out -> Template.write(template, content, out));
  }

  private OverviewPage.Entry entry(PictureResult result, String page) throws IOException {
    PageImages images =
        entries.size() < THUMBNAILS ? new PageImages(result, engine.optical(), THUMBNAIL) : null;
    return new OverviewPage.Entry(
        result.file().toString(),
        page,
        images == null ? null : images.input(),
        images == null ? null : images.overlay(),
        figures(result.report()),
        Quantity.seconds(
            engine.optical()
                ? result.report().deviceSeconds()
                : result.report().electronicSeconds()));
  }

  private static String figures(ImageReport report) {
    List<String> figures = new ArrayList<>();
    figures.add(report.cols() + "×" + report.rows());
    if (report.agreement() != null) {
      figures.add(Numbers.fine(report.agreement()) + " agreement");
    }
    if (report.frames() > 0) {
      figures.add(Numbers.count(report.frames(), "frame"));
    }
    return String.join(" · ", figures);
  }
}
