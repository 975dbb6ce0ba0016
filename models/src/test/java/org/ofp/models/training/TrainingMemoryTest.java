// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.optconv.torch.OpticalContext;

/** Training leaves nothing behind, in the heap or outside it, however many steps it takes. */
class TrainingMemoryTest {
  private static final int STEPS = "full".equals(System.getProperty("ofp.tests")) ? 2000 : 40;
  private static final int EPOCHS = 4; // of a quarter of the steps each, of four samples each
  private static final int WARM_UP = STEPS / 10 + 16;

  /** Allocators' arenas settle to within this; a leaked batch of maps would be 10 MB a step. */
  private static final long WITHIN_BYTES = 64L << 20;

  private static final class Watch implements TrainingListener {
    private long bytes;
    private long heap;
    private long objects;
    private long grownBytes;
    private long grownHeap;
    private long grownObjects;

    @Override
    public void stepped(int epoch, int step, long globalStep, double loss) {
      if (globalStep == WARM_UP) {
        bytes = settledBytes();
        heap = heapBytes();
        objects = Pointer.totalCount();
      } else if (globalStep == STEPS) {
        grownBytes = settledBytes() - bytes;
        grownHeap = heapBytes() - heap;
        grownObjects = Pointer.totalCount() - objects;
      }
    }

    private static long settledBytes() {
      System.gc();
      return Pointer.physicalBytes();
    }

    private static long heapBytes() {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  @Test
  void stepsLeaveNothingBehind(@TempDir Path folder) {
    OpticalContext context = OpticalContext.electronic();
    TrainingData data =
        new TrainingData(
            new TinySamples(STEPS, "training"),
            new TinySamples(4, "validation"),
            Trainings.DATA.classWeights());
    TrainingOptions options =
        new TrainingOptions(
            EPOCHS, EPOCHS, 1e-4, LossKind.CROSS_ENTROPY, 0, 1, true, Duration.ofHours(1));
    Watch watch = new Watch();
    new Trainer(Trainings.model(context), context, data, options, folder).run(false, watch);
    System.out.printf(
        "%d steps: resident memory grew by %.1f MB, the heap by %.2f MB, native objects by %d%n",
        STEPS - WARM_UP, watch.grownBytes / 1e6, watch.grownHeap / 1e6, watch.grownObjects);
    assertTrue(watch.grownObjects <= 0, "native objects: " + watch.grownObjects);
    assertTrue(watch.grownBytes < WITHIN_BYTES, "bytes: " + watch.grownBytes);
    assertTrue(watch.grownHeap < WITHIN_BYTES / 16, "heap: " + watch.grownHeap);
  }
}
