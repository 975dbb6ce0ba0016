// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.OpticalContext;

/** The training that the tests of this package run: small, and of every part of a real one. */
final class Trainings {
  static final String MODEL = "unet-efficientnet-b0";
  static final TrainingData DATA = TinySamples.data(10);
  static final int STEPS_PER_EPOCH = 4; // the last of one sample

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(2, 3, 1e-3, LossKind.DICE, 0, 7, true, Duration.ofHours(1));

  static final TrainingListener SILENT = new TrainingListener() {};

  private Trainings() {}

  static TrainingOptions options(int epochs) {
    return options(epochs, OPTIONS.checkpointEvery());
  }

  static TrainingOptions options(int epochs, Duration checkpointEvery) {
    return new TrainingOptions(
        epochs,
        OPTIONS.batchSize(),
        OPTIONS.learningRate(),
        OPTIONS.loss(),
        OPTIONS.patience(),
        OPTIONS.seed(),
        OPTIONS.augment(),
        checkpointEvery);
  }

  static SegmentationModel model(OpticalContext context) {
    return Models.create(MODEL, TinySamples.CLASSES, context, 3);
  }

  /** Of a new model, electronically. */
  static Trainer trainer(TrainingOptions options, Path folder) {
    OpticalContext context = OpticalContext.electronic();
    return new Trainer(model(context), context, DATA, options, folder);
  }

  /** Checks that work fails for this reason, with this message. */
  static void requireMessage(TrainingException.Reason reason, String message, Executable work) {
    TrainingException e = assertThrows(TrainingException.class, work);
    assertEquals(message, e.getMessage());
    assertEquals(reason, e.reason());
  }
}
