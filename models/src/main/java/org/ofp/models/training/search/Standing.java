// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.util.Comparator;

/**
 * Where a trial stands.
 *
 * @param trial its number, from 0
 * @param settings what it was trained with
 * @param score in the highest rung that it reached
 */
public record Standing(int trial, TrialSettings settings, Score score) {
  /**
   * The best first: trials that failed are last; who trained for longer comes before who was
   * eliminated; then the higher mIoU, then the lower number.
   */
  static final Comparator<Standing> BEST_FIRST =
      Comparator.comparing((Standing standing) -> standing.score.failed())
          .thenComparing(standing -> -standing.score.rung())
          .thenComparing(standing -> -standing.score.rank())
          .thenComparing(Standing::trial);
}
