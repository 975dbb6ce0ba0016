// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ofp.models.io.AtomicFile;

/**
 * The classes of an evaluation as a table, RFC 4180, all of them in the order of their numbers;
 * percent with all digits. What is not defined, was not compared or cannot be told is empty.
 */
final class ClassesCsv {
  private static final String END_OF_LINE = "\r\n";

  private static final String COLUMNS =
      "class,name,pixels,share,accuracy,iou,iou_low,iou_high,electronic_accuracy,electronic_iou,"
          + "electronic_iou_low,electronic_iou_high,difference,difference_low,difference_high";

  private ClassesCsv() {}

  /** Writes the table; afterwards the file holds all of it or is as it was. */
  static void write(Path file, EvaluationReport report) throws IOException {
    StringBuilder table = new StringBuilder(COLUMNS).append(END_OF_LINE);
    for (Figures.ClassFigures one : report.figures().perClass()) {
      table.append(String.join(",", row(report, one))).append(END_OF_LINE);
    }
    AtomicFile.write(file, out -> out.write(table.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> row(EvaluationReport report, Figures.ClassFigures one) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(one.index()));
    row.add('"' + one.name().replace("\"", "\"\"") + '"');
    row.add(Long.toString(one.pixels()));
    row.add(text(one.share()));
    row.add(text(one.accuracy()));
    addWithInterval(row, one.iou(), one.iouInterval());
    if (report.electronic() == null) {
      row.addAll(List.of("", "", "", "", "", "", ""));
    } else {
      Figures.ClassFigures electronic = report.electronic().perClass().get(one.index());
      row.add(text(electronic.accuracy()));
      addWithInterval(row, electronic.iou(), electronic.iouInterval());
      Difference.ClassDifference difference = report.difference().perClass().get(one.index());
      addWithInterval(row, difference.iou(), difference.iouInterval());
    }
    return row;
  }

  private static void addWithInterval(List<String> row, double value, List<Double> interval) {
    row.add(text(value));
    row.add(interval == null ? "" : text(interval.get(0)));
    row.add(interval == null ? "" : text(interval.get(1)));
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
