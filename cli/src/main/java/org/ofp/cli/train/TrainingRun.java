// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ofp.cli.network.Engine;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.training.Trainer;
import org.ofp.models.training.TrainingData;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.TrainingOptions;
import org.ofp.models.training.TrainingResult;
import org.ofp.models.training.log.TrainingLog;

/** One training in one folder: weights, checkpoints, and logs. */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * Trains to the end, from the checkpoint in the folder if there is one.
   *
   * @param engine that the model was made with
   * @param listeners told one after the other, before the logs are written
   */
  public static TrainingResult run(
      Path folder,
      Engine engine,
      SegmentationModel model,
      SegmentationData data,
      TrainingOptions options,
      List<TrainingListener> listeners)
      throws IOException {
    TrainingData samples =
        new TrainingData(data.training(), data.validation(), data.classWeights());
    Files.createDirectories(folder); // the log opens before the trainer runs
    Trainer trainer = new Trainer(model, engine.context(), samples, options, folder);
    try (TrainingLog log = TrainingLog.open(folder, Trainer.epochsDone(folder))) {
      List<TrainingListener> all = new ArrayList<>(listeners);
      all.add(log);
      return trainer.run(Trainer.hasCheckpoint(folder), new Listeners(all));
    }
  }
}
