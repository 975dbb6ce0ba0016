// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.List;
import java.util.function.Supplier;

/**
 * The charts of a page. A page is worth having without them: Java draws letters with the system's
 * fonts and libraries, which small installations lack.
 *
 * @param drawn may be empty
 * @param missing why nothing could be drawn; empty if it could
 */
record ChartSection(List<LayerCharts.Drawn> drawn, String missing) {

  /** Draws, if this system can. */
  static ChartSection of(Supplier<List<LayerCharts.Drawn>> drawing) {
    try {
      return new ChartSection(drawing.get(), "");
    } catch (InternalError | LinkageError e) {
      // JDK 17 throws the one where there are no fonts or no fontconfig, the other where there is
      // no libfreetype: UnsatisfiedLinkError first, NoClassDefFoundError from then on.
      return new ChartSection(
          List.of(),
          "The charts are missing: Java cannot draw letters here ("
              + reason(e)
              + "). Install fontconfig and a font, such as DejaVu.");
    }
  }

  /** What the innermost cause says. */
  private static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null
        ? innermost.getClass().getSimpleName()
        : innermost.getMessage();
  }

  /** Whether there are charts. */
  boolean any() {
    return !drawn.isEmpty();
  }
}
