// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.Comparator;
import java.util.List;

/** Finds the name that a mistyped one was probably meant to be. */
final class NearestName {
  private NearestName() {}

  /** The candidate with the least edit distance to {@code name}; the first of equals. */
  static String to(String name, List<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .orElseThrow();
  }

  /** Insertions, deletions and replacements of a character that turn {@code a} into {@code b}. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
