// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ofp.cli.error.Failure;
import org.ofp.cli.network.Engine;
import org.ofp.cli.option.SessionOptions;
import org.ofp.cli.option.TrainedNetworkOptions;
import org.ofp.cli.option.TrainingDeviceOption;
import org.ofp.cli.train.TrainingRun;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingException;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.TrainingOptions;
import org.ofp.models.training.TrainingResult;
import org.ofp.models.training.search.TrialRunner;
import org.ofp.models.training.search.TrialSettings;

/**
 * Trains the trials of a search, each in a folder of its own below {@code trials}, from which it
 * goes on at the next rung. A trial that is eliminated keeps its logs there; its weights and
 * checkpoints go.
 */
public final class TrialTraining implements TrialRunner {
  private static final List<String> LARGE_FILES = List.of("checkpoint.json", "*.safetensors");

  private final SegmentationData data;
  private final TrainedNetworkOptions network;
  private final TrainingDeviceOption device;
  private final SessionOptions session;
  private final List<TrainingListener> listeners;

  /**
   * @param listeners told of every trial's training
   */
  public TrialTraining(
      SegmentationData data,
      TrainedNetworkOptions network,
      TrainingDeviceOption device,
      SessionOptions session,
      List<TrainingListener> listeners) {
    this.data = data;
    this.network = network;
    this.device = device;
    this.session = session;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public Outcome train(int trial, TrialSettings settings, int epochs) throws IOException {
    TrainingOptions options =
        new TrainingOptions(
            epochs,
            settings.batchSize(),
            settings.learningRate(),
            settings.loss(),
            0, // who trains for how long is for the search to say
            network.seed(),
            session.augment(),
            session.checkpointEvery());
    try {
      return train(folder(trial), options);
    } catch (RuntimeException e) {
      if (!isOfTheSettings(e)) {
        throw e;
      }
      return new Outcome(Double.NaN, 0, 0, Failure.of(e).message());
    } finally {
      // Model and optimiser are out of reach now; the tensors they own are freed with them.
      System.gc();
    }
  }

  /** With a device and layers of its own, so that no state of a trial gets into the next. */
  private Outcome train(Path folder, TrainingOptions options) throws IOException {
    try (Engine engine = device.open()) {
      SegmentationModel model = network.create(data.classes().size(), engine.context());
      TrainingResult result = TrainingRun.run(folder, engine, model, data, options, listeners);
      double seconds = result.epochs().stream().mapToDouble(EpochRecord::seconds).sum();
      return new Outcome(result.best().mIoU(), result.best().epoch(), seconds, null);
    }
  }

  /** Whether other settings may do better: a lower learning rate, or smaller batches. */
  private static boolean isOfTheSettings(RuntimeException e) {
    return Failure.isTorchOutOfMemory(e)
        || (e instanceof TrainingException failed
            && failed.reason() == TrainingException.Reason.DIVERGED);
  }

  @Override
  public void eliminated(int trial) throws IOException {
    if (!Files.isDirectory(folder(trial))) {
      return;
    }
    for (String pattern : LARGE_FILES) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(trial), pattern)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  /** Where a trial trains. */
  public Path folder(int trial) {
    return session.out().resolve("trials").resolve(Integer.toString(trial + 1));
  }
}
