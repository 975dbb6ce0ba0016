// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ofp.models.training.LossKind;

/**
 * What a search varies.
 *
 * @param learningRate of Adam, above 0
 * @param batchSize samples per step, at least 1
 * @param loss what is minimised
 */
public record TrialSettings(double learningRate, int batchSize, LossKind loss) {

  /** Every combination: losses outermost, then batch sizes, then learning rates. */
  public static List<TrialSettings> grid(
      List<Double> learningRates, List<Integer> batchSizes, List<LossKind> losses) {
    List<TrialSettings> grid = new ArrayList<>();
    for (LossKind loss : losses) {
      for (int batchSize : batchSizes) {
        for (double learningRate : learningRates) {
          grid.add(new TrialSettings(learningRate, batchSize, loss));
        }
      }
    }
    return List.copyOf(grid);
  }

  /** A learning rate as people write it: {@code 1e-4}, {@code 0.01}. */
  public static String text(double learningRate) {
    String plain = Double.toString(learningRate).toLowerCase(Locale.ROOT);
    return plain.replace(".0e", "e").replaceFirst("\\.0$", "");
  }
}
