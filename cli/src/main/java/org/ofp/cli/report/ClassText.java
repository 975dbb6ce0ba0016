// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.List;
import java.util.Locale;

/**
 * A row of the table of classes.
 *
 * @param width of the share's bar, a CSS percentage; the widest bar is full
 */
record ClassText(
    String name,
    String colour,
    String share,
    String width,
    String electronicShare,
    String truthShare,
    String kept,
    String iou,
    String electronicIou) {

  static List<ClassText> of(List<ClassRow> rows) {
    double most = rows.stream().mapToDouble(ClassRow::share).max().orElse(1);
    return rows.stream().map(row -> of(row, most)).toList();
  }

  private static ClassText of(ClassRow row, double most) {
    return new ClassText(
        row.name(),
        row.colour(),
        Numbers.share(row.share()),
        String.format(Locale.ROOT, "%.1f%%", 100 * row.share() / most),
        Numbers.share(row.electronicShare()),
        Numbers.share(row.truthShare()),
        Numbers.share(row.kept()),
        Numbers.share(row.iou()),
        Numbers.share(row.electronicIou()));
  }
}
