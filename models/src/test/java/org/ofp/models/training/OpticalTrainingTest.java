// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.GradientMode;
import org.ofp.optconv.torch.OpticalContext;

/** Training on a noisy simulated device: the noise is that of the step, resumed or not. */
class OpticalTrainingTest {
  private static final boolean FULL = "full".equals(System.getProperty("ofp.tests"));
  private static final String DEVICE = "sim:demonstrator?seed=5";

  @TempDir Path temporary;

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The quick tier takes the mode in which both directions are noisy. */
  static Stream<GradientMode> modes() {
    return FULL
        ? Stream.of(GradientMode.PERFECT, GradientMode.OPTICAL)
        : Stream.of(GradientMode.OPTICAL);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void resumedOrNotTheNoiseIsThatOfTheStep(GradientMode mode) throws IOException {
    Path straight = temporary.resolve("straight");
    Path resumed = temporary.resolve("resumed");
    byte[] expected = train(DEVICE, mode, straight, false, -1);
    assertThrows(Interruption.class, () -> train(DEVICE, mode, resumed, false, 1));
    assertArrayEquals(expected, train(DEVICE, mode, resumed, true, -1));
    if (FULL) { // control: another device's noise shows
      Path other = temporary.resolve("other");
      assertFalse(
          Arrays.equals(expected, train("sim:demonstrator?seed=6", mode, other, false, -1)));
    }
  }

  private static byte[] train(
      String uri, GradientMode mode, Path folder, boolean resume, int interruptedAt)
      throws IOException {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            if (step == interruptedAt) {
              throw new Interruption();
            }
          }
        };
    TrainingOptions options =
        new TrainingOptions(1, 1, 1e-3, LossKind.DICE, 0, 7, true, Duration.ZERO);
    try (OpticalFourierDevice device = Devices.open(uri);
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(mode);
      Trainer trainer =
          new Trainer(Trainings.model(context), context, TinySamples.data(2), options, folder);
      TrainingResult result = trainer.run(resume, listener);
      assertTrue(context.frames() > 0);
      return Files.readAllBytes(result.lastWeights());
    }
  }
}
