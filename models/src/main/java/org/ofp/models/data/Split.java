// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ofp.models.network.NamedRandom;

/**
 * Which source pictures are for validation: a fifth, rounded to nearest, at least one of two. They
 * are those whose names draw the smallest numbers under the seed, so that the choice depends on
 * neither the order of files nor their folder, and adding a picture moves few others.
 */
final class Split {
  private static final double VALIDATION = 0.2;

  private Split() {}

  /** How many of so many pictures are for validation. */
  static int validationCount(int pictures) {
    return pictures < 2 ? 0 : (int) Math.max(1, Math.round(VALIDATION * pictures));
  }

  /** For each picture, by name, whether it is for validation. */
  static boolean[] validation(List<String> names, long seed) {
    List<Integer> drawn =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(
                        i -> new NamedRandom(seed, names.get(i)).unit(0))
                    .thenComparing(names::get))
            .toList();
    boolean[] validation = new boolean[names.size()];
    drawn.subList(0, validationCount(names.size())).forEach(i -> validation[i] = true);
    return validation;
  }
}
