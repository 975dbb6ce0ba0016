// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.OpticalContext;

/** How the learning rate changes, and that training obeys. */
class RateScheduleTest {
  private static final double RATE = 1e-3;

  @TempDir private Path folder;

  @Test
  void cosineRisesInATwentiethAndFallsToNearlyNothing() {
    // 100 steps: five of warm-up, then half a cosine over the 95 others
    assertEquals(0.2, RateSchedule.COSINE.factor(1, 100), 1e-15);
    assertEquals(1, RateSchedule.COSINE.factor(5, 100), 1e-15);
    assertEquals(0.5, RateSchedule.COSINE.factor(53, 100), 1e-15); // half of 96 further
    for (int step = 6; step <= 100; step++) {
      assertTrue(RateSchedule.COSINE.factor(step, 100) < RateSchedule.COSINE.factor(step - 1, 100));
    }
    // one step before the cosine's end: (π/96)²/4
    assertEquals(
        Math.pow(Math.PI / 96, 2) / 4, RateSchedule.COSINE.factor(100, 100), 1e-6, "the last step");
    assertEquals(1, RateSchedule.COSINE.factor(1, 1), "a single step");
  }

  @Test
  void constantDoesNot() {
    assertEquals(1, RateSchedule.CONSTANT.factor(1, 100));
    assertEquals(1, RateSchedule.CONSTANT.factor(100, 100));
  }

  /**
   * Adam's first step changes a parameter by lr·g/(|g| + ε): by lr, wherever the gradient is not
   * tiny. With 40 steps the first has half the rate.
   */
  @Test
  void theFirstStepIsThatOfTheWarmUp() {
    assertEquals(RATE, firstChange(RateSchedule.CONSTANT), 1e-3 * RATE);
    assertEquals(RATE / 2, firstChange(RateSchedule.COSINE), 1e-3 * RATE);
  }

  /** The largest change of a parameter in the first of 10 epochs of 4 steps. */
  private double firstChange(RateSchedule schedule) {
    TrainingOptions options =
        new TrainingOptions(10, 3, RATE, schedule, LossKind.DICE, 0, 7, true, Duration.ofHours(1));
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    Map<String, Tensor> before = new HashMap<>();
    model.parameters().forEach((name, p) -> before.put(name, p.detach().clone()));
    double[] change = {0};
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            model
                .parameters()
                .forEach(
                    (name, p) ->
                        change[0] =
                            Math.max(
                                change[0],
                                p.detach().sub(before.get(name)).abs().max().item_double()));
            throw new Enough();
          }
        };
    try {
      new Trainer(model, context, Trainings.DATA, options, folder.resolve(schedule.name()))
          .run(false, listener);
      throw new AssertionError("not a step");
    } catch (Enough expected) {
      return change[0];
    }
  }

  @Test
  void aCosineIsResumedOverAsManyEpochs() {
    Trainings.trainer(cosine(2), folder).run(false, Trainings.SILENT);
    Trainings.requireMessage(
        TrainingException.Reason.SETTINGS,
        "the schedule of the learning rate: cosine over 3 epochs, but the training in "
            + folder
            + " has cosine over 2 epochs; resume with what it began with, or train anew in another"
            + " folder",
        () -> Trainings.trainer(cosine(3), folder).run(true, Trainings.SILENT));
  }

  private static TrainingOptions cosine(int epochs) {
    return new TrainingOptions(
        epochs, 3, RATE, RateSchedule.COSINE, LossKind.DICE, 0, 7, true, Duration.ofHours(1));
  }

  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
