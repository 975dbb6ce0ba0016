// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.torch.OpticalContext;
import org.ofp.optconv.torch.Torch;

/** Forward passes on a device leave nothing behind, in the heap or outside it. */
class SteadyMemoryTest {
  private static final int PASSES = "full".equals(System.getProperty("ofp.tests")) ? 200 : 40;
  private static final int WARM_UP = 20;

  /**
   * The process's memory settles to within allocators' arenas; a leaked map a pass would be 5 MB.
   */
  private static final long WITHIN_BYTES = 64L << 20;

  @Test
  void passesLeaveNothingBehind() {
    Torch.initialize();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      SegmentationModel model = Models.create("unet-efficientnet-b0", 23, context, 0);
      Tensor images = torch.randn(1, 3, 64, 64);
      passes(model, images, WARM_UP);
      long bytes = settledBytes();
      long objects = Pointer.totalCount();
      passes(model, images, PASSES);
      long grown = settledBytes() - bytes;
      assertTrue(
          Pointer.totalCount() <= objects, objects + " native objects, " + Pointer.totalCount());
      System.out.printf("%d passes: resident memory grew by %.1f MB%n", PASSES, grown / 1048576.0);
      assertTrue(grown < WITHIN_BYTES, "grown by " + grown + " bytes");
    }
  }

  private static void passes(SegmentationModel model, Tensor images, int n) {
    for (int i = 0; i < n; i++) {
      try (PointerScope scope = new PointerScope()) {
        model.infer(images);
      }
    }
  }

  private static long settledBytes() {
    System.gc();
    return Pointer.physicalBytes();
  }
}
