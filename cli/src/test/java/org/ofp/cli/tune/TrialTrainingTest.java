// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.LabelledPictures;
import org.ofp.cli.option.SessionOptions;
import org.ofp.cli.option.TrainedNetworkOptions;
import org.ofp.cli.option.TrainingDeviceOption;
import org.ofp.models.data.DataOptions;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.training.LossKind;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.search.TrialRunner;
import org.ofp.models.training.search.TrialSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TrialTrainingTest {
  @TempDir Path folder;

  @Command
  private static final class Options {
    @Mixin private TrainedNetworkOptions network;
    @Mixin private TrainingDeviceOption device;
    @Mixin private SessionOptions session;
  }

  /** Batches too large for the machine are no reason to give up the smaller ones. */
  @Test
  void memoryThatLibtorchDoesNotGetIsAFailureOfTheSettings() throws IOException {
    String message = "[enforce fail] DefaultCPUAllocator: can't allocate memory";
    TrialRunner.Outcome outcome = train(new RuntimeException(message));
    assertTrue(Double.isNaN(outcome.mIoU()));
    assertEquals(0, outcome.bestEpoch());
    assertTrue(outcome.failure().startsWith("out of memory: libtorch"), outcome.failure());
  }

  @Test
  void otherFailuresEndTheSearch() {
    RuntimeException bug = new RuntimeException("the size of tensor a must match");
    assertSame(bug, assertThrows(RuntimeException.class, () -> train(bug)));
  }

  /** Trains one step, at the end of which the exception is thrown. */
  private TrialRunner.Outcome train(RuntimeException failure) throws IOException {
    LabelledPictures.write(folder.resolve("data"), 2, 32);
    Options options = new Options();
    new CommandLine(options).parseArgs("--out", folder.resolve("out").toString());
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int step, long globalStep, double loss) {
            throw failure;
          }
        };
    try (SegmentationData data =
        SegmentationData.open(folder.resolve("data"), DataOptions.DEFAULT, (done, total) -> {})) {
      return new TrialTraining(
              data, options.network, options.device, options.session, List.of(failing))
          .train(0, new TrialSettings(1e-3, 1, LossKind.DICE), 1);
    }
  }
}
