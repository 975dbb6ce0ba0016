// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ofp.cli.chart.ConfusionPlot;
import org.ofp.cli.error.CliException;
import org.ofp.cli.json.JsonOutput;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.picture.PngFile;

/**
 * What an evaluation leaves in a folder.
 *
 * @param report {@code evaluation.json}: what {@code --json} prints
 * @param classes {@code classes.csv}: see {@link ClassesCsv}
 * @param confusion {@code confusion.png}: see {@link ConfusionPlot}
 * @param electronicConfusion {@code confusion-electronic.png}; null unless compared
 */
public record EvaluationFiles(Path report, Path classes, Path confusion, Path electronicConfusion) {

  /** The names of the files in a folder. */
  public static EvaluationFiles in(Path folder, boolean compared) {
    return new EvaluationFiles(
        folder.resolve("evaluation.json"),
        folder.resolve("classes.csv"),
        folder.resolve("confusion.png"),
        compared ? folder.resolve("confusion-electronic.png") : null);
  }

  /**
   * Checks that no file would be replaced, nor a table of classes put where the data's is looked
   * for.
   *
   * @param folder of these files
   * @param data folder of the pictures
   */
  public static void requireFresh(Path folder, Path data) throws IOException {
    if (Files.exists(folder) && Files.exists(data) && Files.isSameFile(folder, data)) {
      throw CliException.failure(
          folder + ": is the folder of the pictures; name another one for results with --out");
    }
    for (Path file : in(folder, true).all()) {
      if (Files.exists(file)) {
        throw CliException.failure(
            file + ": there is such a file already; name another folder with --out, or remove it");
      }
    }
  }

  /** Those that are written, the report last. */
  public List<Path> all() {
    return Stream.of(classes, confusion, electronicConfusion, report)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Writes them all.
   *
   * @throws IOException if that fails; every file that is there is whole
   */
  public void write(EvaluationReport content) throws IOException {
    ClassesCsv.write(classes, content);
    draw(confusion, content, content.device(), content.figures());
    if (electronicConfusion != null) {
      draw(electronicConfusion, content, "none", content.electronic());
    }
    AtomicFile.write(report, out -> JsonOutput.write(out, content));
  }

  private static void draw(Path file, EvaluationReport report, String device, Figures figures)
      throws IOException {
    String title = report.model() + (device.equals("none") ? ", electronic" : " on " + device);
    List<String> names = figures.perClass().stream().map(Figures.ClassFigures::name).toList();
    PngFile.write(file, ConfusionPlot.draw(title, names, figures.confusion()));
  }
}
