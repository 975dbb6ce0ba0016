// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Samples;
import org.ofp.optconv.torch.OpticalContext;

/** What a trainer refuses, in one line. */
class TrainerRefusalTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("runs/a"); // made with its parents
  }

  @Test
  void aNewTrainingTakesNoFolderOfAnother() {
    Trainings.trainer(Trainings.options(1), folder()).run(false, Trainings.SILENT);
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        folder().resolve("checkpoint.json")
            + ": there is a training in this folder; resume it, or name another folder",
        () -> Trainings.trainer(Trainings.options(1), folder()).run(false, Trainings.SILENT));
    assertTrue(Trainer.hasCheckpoint(folder()));
    assertFalse(Trainer.hasCheckpoint(temporary));
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        temporary + ": no training to resume here (no checkpoint.json); train without resuming",
        () -> Trainings.trainer(Trainings.options(1), temporary).run(true, Trainings.SILENT));
  }

  @Test
  void resumesOnlyWhatItBegan() {
    Trainings.trainer(Trainings.options(1), folder()).run(false, Trainings.SILENT);
    TrainingOptions other =
        new TrainingOptions(
            1, 3, 2e-3, LossKind.DICE, 0, 7, false, Trainings.options(1).checkpointEvery());
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        "the learning rate: 0.002, but the training in "
            + folder()
            + " has 0.001; resume with what it began with, or train anew in another folder",
        () -> Trainings.trainer(other, folder()).run(true, Trainings.SILENT));
    OpticalContext context = OpticalContext.electronic();
    TrainingData data = TinySamples.data(12);
    Trainer trainer =
        new Trainer(Trainings.model(context), context, data, Trainings.options(1), folder());
    TrainingException e =
        assertThrows(TrainingException.class, () -> trainer.run(true, Trainings.SILENT));
    assertTrue(e.getMessage().startsWith("the number of training samples: 12, but"));
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    Samples none = new TinySamples(0, "none");
    Samples some = new TinySamples(1, "some");
    double[] weights = new double[TinySamples.CLASSES];
    for (TrainingData data :
        List.of(
            new TrainingData(none, some, weights),
            new TrainingData(some, none, weights),
            new TrainingData(some, some, new double[5]))) {
      TrainingException e =
          assertThrows(
              TrainingException.class,
              () -> new Trainer(model, context, data, Trainings.options(1), folder()));
      assertEquals(TrainingException.Reason.SETTINGS, e.reason());
    }
    assertThrows(IllegalArgumentException.class, () -> Trainings.options(0));
  }

  @Test
  void batchesThatFitInNoArrayAreRefused() {
    OpticalContext context = OpticalContext.electronic();
    TrainingData data =
        new TrainingData(
            new Large(1000), Trainings.DATA.validation(), Trainings.DATA.classWeights());
    TrainingOptions options =
        new TrainingOptions(1, 500, 1e-3, LossKind.DICE, 0, 7, false, Duration.ZERO);
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        "batch size × side² too large: 500 × 2048²; at this side a batch has room for 170 samples:"
            + " choose a smaller batch size, or smaller samples",
        () -> new Trainer(Trainings.model(context), context, data, options, folder()));
  }

  /** Samples that are never read. */
  private record Large(int size) implements Samples {
    @Override
    public int side() {
      return 2048;
    }

    @Override
    public void read(int index, int[] rgb, byte[] labels) {
      throw new AssertionError("sample " + index + " is read");
    }

    @Override
    public String name(int index) {
      return "large " + index;
    }
  }

  @Test
  void aLabelThatIsNoClassNamesTheSample() {
    Samples wrong =
        new Altered(
            Trainings.DATA.training(),
            (index, labels) -> {
              if (index == 8) {
                labels[1023] = (byte) 200;
              }
            });
    Trainer trainer = trainer(wrong, Trainings.DATA.validation());
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        "training/8.png has the class 200, the model has classes 0 to 3: use a model with more"
            + " classes, or 255 for pixels that do not count",
        () -> trainer.run(false, Trainings.SILENT));
  }

  @Test
  void validationWithoutLabelsIsRefused() {
    Samples unlabelled =
        new Altered(
            Trainings.DATA.validation(),
            (index, labels) -> Arrays.fill(labels, (byte) Samples.IGNORED));
    Trainer trainer = trainer(Trainings.DATA.training(), unlabelled);
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        "no pixel of the validation samples has a class, and nothing tells which epoch is best:"
            + " validate on pictures with labels",
        () -> trainer.run(false, Trainings.SILENT));
  }

  private Trainer trainer(Samples training, Samples validation) {
    OpticalContext context = OpticalContext.electronic();
    TrainingData data = new TrainingData(training, validation, Trainings.DATA.classWeights());
    return new Trainer(Trainings.model(context), context, data, Trainings.options(1), folder());
  }

  /** Samples whose labels are changed as they are read. */
  private record Altered(Samples samples, BiConsumer<Integer, byte[]> change) implements Samples {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public int side() {
      return samples.side();
    }

    @Override
    public void read(int index, int[] rgb, byte[] labels) {
      samples.read(index, rgb, labels);
      change.accept(index, labels);
    }

    @Override
    public String name(int index) {
      return samples.name(index);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsToldBeforeTheFirstStep() throws IOException {
    Path file = Files.createFile(temporary.resolve("runs"));
    TrainingException e =
        assertThrows(
            TrainingException.class,
            () -> Trainings.trainer(Trainings.options(1), folder()).run(false, Trainings.SILENT));
    assertEquals(TrainingException.Reason.STORAGE, e.reason());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }
}
