// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.optconv.torch.OpticalContext;

class TrainerTest {
  @TempDir static Path undisturbed;
  private static TrainingResult expected;

  @TempDir Path temporary;

  /** Two epochs that nothing disturbs. */
  @BeforeAll
  static void train() {
    expected = Trainings.trainer(Trainings.options(2), undisturbed).run(false, Trainings.SILENT);
  }

  private Path folder() {
    return temporary.resolve("runs/a"); // made with its parents
  }

  @Test
  void learnsAndTellsHowItGoes() throws IOException {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    List<String> events = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void started(int epoch, int step, int stepsPerEpoch) {
            events.add("started " + epoch + " " + step + " " + stepsPerEpoch);
          }

          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            events.add("step " + epoch + " " + step + " " + globalStep);
            events.add("images from " + context.firstImage());
          }

          @Override
          public void validating(int epoch, int done, int total) {
            events.add("validating " + epoch + " " + done + " " + total);
            events.add("images from " + (context.firstImage() - Trainer.FIRST_VALIDATION_IMAGE));
          }

          @Override
          public void finished(EpochRecord record, long globalStep, boolean best) {
            events.add("finished " + record.epoch() + " " + globalStep);
          }
        };
    TrainingResult result =
        new Trainer(model, context, Trainings.DATA, Trainings.options(4), folder())
            .run(false, listener);
    assertEquals(
        List.of(
            "started 1 0 4",
            "step 1 0 1",
            "images from 0",
            "step 1 1 2",
            "images from 3",
            "step 1 2 3",
            "images from 6",
            "step 1 3 4",
            "images from 9",
            "validating 1 3 5",
            "images from 0",
            "validating 1 5 5",
            "images from 3",
            "finished 1 4",
            "step 2 0 5",
            "images from 10"),
        events.subList(0, 16));
    assertEquals("finished 4 16", events.get(events.size() - 1));
    assertEquals(4, result.epochs().size());
    assertEquals(TrainingResult.Stop.EPOCHS, result.stopped());
    EpochRecord first = result.epochs().get(0);
    EpochRecord last = result.epochs().get(3);
    System.out.printf("first %s%nlast %s%n", first, last);
    assertTrue(last.trainingLoss() < 0.7 * first.trainingLoss(), "learns");
    assertTrue(last.validationLoss() < first.validationLoss(), "what it has not seen either");
    assertTrue(result.best().mIoU() > 50, "four classes of 25 % each");
    assertTrue(last.samplesPerSecond() > 0 && last.seconds() > 0);

    SegmentationModel loaded = Trainings.model(context);
    Weights.load(loaded, result.lastWeights());
    loaded
        .parameters()
        .forEach((name, p) -> assertTrue(p.equal(model.parameters().get(name)), name));
    Weights.load(loaded, result.bestWeights());
    assertFalse(model.parameters().values().stream().anyMatch(p -> p.grad().defined()));
  }

  @Test
  void stopsWhenPatienceIsOver() {
    // a learning rate that changes no float32 weight: all epochs are alike, the first is the best
    TrainingOptions options =
        new TrainingOptions(
            50,
            5,
            1e-30,
            LossKind.CROSS_ENTROPY,
            2,
            7,
            false,
            Trainings.options(1).checkpointEvery());
    TrainingResult result = Trainings.trainer(options, folder()).run(false, Trainings.SILENT);
    assertEquals(TrainingResult.Stop.PATIENCE, result.stopped());
    assertEquals(3, result.epochs().size());
    assertEquals(1, result.best().epoch());
  }

  /** 2⁶³ − 1 seconds are more nanoseconds than a long holds. */
  @Test
  void aCheckpointMayNeverBeDue() {
    TrainingOptions options = Trainings.options(1, Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(
        1, Trainings.trainer(options, folder()).run(false, Trainings.SILENT).epochs().size());
  }

  @Test
  void anEndedTrainingGivesItsResultAndGoesOnIfAllowedMore() throws IOException {
    TrainingResult one =
        Trainings.trainer(Trainings.options(1), folder()).run(false, Trainings.SILENT);
    TrainingResult again =
        Trainings.trainer(Trainings.options(1), folder()).run(true, Trainings.SILENT);
    assertEquals(one, again);
    requireUndisturbedEnd();
    assertEquals(List.of("best", "checkpoint", "last", "state-8"), names(folder()));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.(json|safetensors)$", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void aLossThatIsNoNumberEndsItAndLeavesWhatWasGood() throws IOException {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    TrainingListener poison =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            if (epoch == 2 && step == 1) {
              Tensor bias = model.parameters().get("outc.conv.bias");
              bias.detach().fill_(new Scalar(Double.NaN));
            }
          }
        };
    Trainings.requireMessage(
        TrainingException.Reason.DIVERGED,
        "the loss in epoch 2, step 3 is NaN; the checkpoint and the best weights in "
            + folder()
            + " are those of before: train anew in another folder with a lower learning rate than"
            + " 0.001, or with cross-entropy instead of dice",
        () ->
            new Trainer(model, context, Trainings.DATA, Trainings.options(2), folder())
                .run(false, poison));
    assertEquals(List.of("best", "checkpoint", "last", "state-4"), names(folder()));
    requireUndisturbedEnd();
  }

  /** Resumed in the folder, two epochs end as if nothing had been. */
  private void requireUndisturbedEnd() throws IOException {
    TrainingResult resumed =
        Trainings.trainer(Trainings.options(2), folder()).run(true, Trainings.SILENT);
    for (String file : List.of("best.safetensors", "last.safetensors", "state-8.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(file)),
          Files.readAllBytes(folder().resolve(file)),
          file);
    }
    assertEquals(expected.epochs().get(1).trainingLoss(), resumed.epochs().get(1).trainingLoss());
    assertEquals(expected.best().mIoU(), resumed.best().mIoU());
  }

  /** Writing to /dev/full fails as a full disk does. */
  @Test
  void aFullDiskLeavesTheCheckpointBefore() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Path last = folder().resolve("last.safetensors");
    TrainingListener fill =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            if (globalStep == 6) {
              try {
                Files.delete(last);
                Files.createSymbolicLink(last, Path.of("/dev/full"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    Trainings.requireMessage(
        TrainingException.Reason.STORAGE,
        "cannot write "
            + last
            + ": No space left on device; what was there before is whole: free space or mend this,"
            + " then resume",
        () -> Trainings.trainer(Trainings.options(2), folder()).run(false, fill));
    Files.delete(last);
    requireUndisturbedEnd();
  }
}
