// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.nio.file.Path;
import java.util.List;
import org.ofp.models.training.EpochRecord;

/**
 * What {@code ofp train --json} prints.
 *
 * @param model the network
 * @param data the folder of pictures and masks
 * @param device address of the device, or none
 * @param gradient where gradients came from
 * @param seed of whatever was random
 * @param classes that the network tells apart
 * @param trainingSamples per epoch
 * @param validationSamples on which it was judged
 * @param best the epoch whose weights are in {@code best.safetensors}
 * @param epochs all of them, in order
 * @param stopped why training ended: {@code epochs} or {@code patience}
 * @param seconds wall-clock time of all epochs, over all sessions
 * @param samplesPerSecond of the training steps, mean over all epochs; each counts with the steps
 *     of the session that ended it, and not at all if none was left to that
 * @param frames shown on the device in this session
 * @param deviceBusySeconds how long the device itself was busy in this session
 * @param peakRssBytes the most memory this process has held; null where the system does not tell
 * @param files what was written
 */
public record TrainReport(
    String model,
    Path data,
    String device,
    String gradient,
    long seed,
    int classes,
    int trainingSamples,
    int validationSamples,
    EpochRecord best,
    List<EpochRecord> epochs,
    String stopped,
    double seconds,
    double samplesPerSecond,
    long frames,
    double deviceBusySeconds,
    Long peakRssBytes,
    Files files) {

  /**
   * What was written.
   *
   * @param best weights of the best epoch
   * @param last weights of the last epoch
   * @param metrics a row per epoch
   * @param events folder of event files for TensorBoard
   * @param curves picture of losses and metrics
   */
  public record Files(Path best, Path last, Path metrics, Path events, Path curves) {
    /** Those that are one file each. */
    public List<Path> single() {
      return List.of(best, last, metrics, curves);
    }
  }
}
