// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

/**
 * A number that a page shows large.
 *
 * @param label what it is
 * @param value with its unit
 * @param note in small type; may be empty
 * @param time whether it is a time of this computer, which the next run will not repeat
 */
record KeyFigure(String label, String value, String note, boolean time) {
  static KeyFigure fact(String label, String value, String note) {
    return new KeyFigure(label, value, note, false);
  }

  static KeyFigure time(String label, String value, String note) {
    return new KeyFigure(label, value, note, true);
  }
}
