// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Collection;

/** Finds the name that a mistyped one was probably meant to be. */
@Experimental(since = "0.1")
public final class NearestName {
  private NearestName() {}

  /**
   * A clause for an error message.
   *
   * @return {@code " (did you mean 'x'?)"}, or nothing if no known name is near
   */
  public static String suggestion(String name, Collection<String> known) {
    String best = null;
    // Two edits turn a word of three letters into any other.
    int bestDistance = name.length() < 4 ? 2 : Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      boolean begun = name.length() > 2 && candidate.startsWith(name);
      int distance = begun ? 0 : distance(name, candidate, bestDistance);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? "" : " (did you mean '" + best + "'?)";
  }

  /** Levenshtein distance, or {@code limit} if the lengths alone differ by as much. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
