// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import java.nio.file.Path;
import java.util.List;
import org.ofp.cli.option.Choice;
import org.ofp.models.training.search.Halving;
import org.ofp.models.training.search.Standing;

/**
 * What {@code ofp tune --json} prints.
 *
 * @param model the network
 * @param data the folder of pictures and masks
 * @param device address of the device, or none
 * @param rungs of successive halving
 * @param best the first of {@code trials}
 * @param trials all of them, the best first
 * @param train the command that trains with the best settings
 * @param files what was written
 */
public record TuneReport(
    String model,
    Path data,
    String device,
    List<Halving.Rung> rungs,
    Trial best,
    List<Trial> trials,
    String train,
    Files files) {

  /**
   * A trial.
   *
   * @param trial its number, from 1
   * @param learningRate of Adam
   * @param batchSize samples per step
   * @param loss what was minimised
   * @param rung the highest that it reached, from 1
   * @param epochs it was trained for
   * @param mIoU the best epoch's, percent; null where training failed
   * @param bestEpoch from 1; 0 where training failed
   * @param seconds wall-clock time of its training
   * @param failure why training failed; null if it did not
   */
  public record Trial(
      int trial,
      double learningRate,
      int batchSize,
      String loss,
      int rung,
      int epochs,
      double mIoU,
      int bestEpoch,
      double seconds,
      String failure) {
    static Trial of(Standing standing) {
      return new Trial(
          standing.trial() + 1,
          standing.settings().learningRate(),
          standing.settings().batchSize(),
          Choice.nameOf(standing.settings().loss()),
          standing.score().rung() + 1,
          standing.score().epochs(),
          standing.score().mIoU(),
          standing.score().bestEpoch(),
          standing.score().seconds(),
          standing.score().failure());
    }
  }

  /**
   * What was written.
   *
   * @param table the trials
   * @param plot mIoU over learning rate
   */
  public record Files(Path table, Path plot) {
    /** All of them. */
    public List<Path> all() {
      return List.of(table, plot);
    }
  }

  /** All trials of the standings. */
  public static List<Trial> trials(List<Standing> standings) {
    return standings.stream().map(Trial::of).toList();
  }
}
