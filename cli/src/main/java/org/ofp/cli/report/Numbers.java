// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.Locale;
import org.ofp.cli.term.Quantity;

/** Numbers as the page shows them; a dash where there is none. */
final class Numbers {
  static final String NONE = "–";

  private Numbers() {}

  /** {@code 12,345}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 12,345 frames}. */
  static String count(long number, String noun) {
    return grouped(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 34.2 dB}; infinite where there is no difference. */
  static String decibels(double db) {
    if (Double.isNaN(db)) {
      return NONE;
    }
    return Double.isInfinite(db) ? "exact" : String.format(Locale.ROOT, "%.1f dB", db);
  }

  /** Two decimals, as agreements are near 100: {@code 99.42 %}. */
  static String fine(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f %%", 100 * share) : NONE;
  }

  /** One decimal: {@code 34.2 %}; what is there but rounds to nothing is {@code < 0.1 %}. */
  static String share(double share) {
    if (!Double.isFinite(share)) {
      return NONE;
    }
    return share > 0 && share < 0.0005 ? "< 0.1 %" : Quantity.percent(share);
  }

  /** {@code 1.53 mJ}; a dash where the device declares no energy. */
  static String joules(double joules) {
    return Double.isFinite(joules) ? Quantity.si(joules, "J") : NONE;
  }

  /** Three digits: {@code 85.3 ms}; a dash for none. */
  static String seconds(double seconds) {
    return Double.isFinite(seconds) ? Quantity.seconds(seconds) : NONE;
  }
}
