// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

class ConvolutionPlanTest {
  @Test
  void aFrameHoldsItsSizeLessTheKernelPlusOneOutputs() {
    ConvolutionPlan plan =
        withFrame(ConvolutionSpec.of(3, 8, 5).padding(2), 100, 70, new FrameShape(32, 16));
    assertEquals(28, plan.validRows());
    assertEquals(12, plan.validCols());
    assertEquals(4, plan.tileRows()); // 100/28
    assertEquals(6, plan.tileCols()); // 70/12
    assertEquals(24, plan.tiles());
  }

  @Test
  void twoChannelsShareAFrame() {
    ConvolutionPlan plan = withFrame(ConvolutionSpec.of(64, 64, 3), 32, 32, new FrameShape(32, 32));
    // ⌈64/2⌉ + ⌈64/2⌉ frames per tile, against 64·64 on a 4f correlator.
    assertEquals(64, plan.frames());
    ConvolutionPlan odd = withFrame(ConvolutionSpec.of(3, 5, 3), 32, 32, new FrameShape(32, 32));
    assertEquals(2 + 3, odd.frames());
  }

  @Test
  void theWidthOfTheProductsDoesNotDependOnTheBatchAndIsAMultipleOf16() {
    for (int size = 8; size < 400; size += 13) {
      ConvolutionPlan plan =
          plan(ConvolutionSpec.of(16, 24, 3).padding(1), size, size, "sim:ideal");
      assertEquals(0, plan.columns() % 16);
      assertTrue(plan.columns() >= 16 && plan.columns() <= 64);
    }
  }

  @Test
  void aSmallMapIsOneCircularFrame() {
    ConvolutionPlan plan = plan(ConvolutionSpec.of(16, 16, 3).padding(1), 8, 8, "sim:ideal");
    assertEquals(new FrameShape(10, 10), plan.frame());
    assertEquals(1, plan.tiles());
  }

  @Test
  void stridedLayersTransformTheirPhasesAndComputeNothingThatTheyThrowAway() {
    ConvolutionPlan plan =
        withFrame(ConvolutionSpec.of(2, 3, 3).stride(2).padding(1), 64, 64, new FrameShape(17, 17));
    assertEquals(2 * 4, plan.inPlanes());
    assertEquals(3, plan.outPlanes());
    assertEquals(2, plan.extentRows()); // taps 0 and 2 of the even phase
    assertEquals(16, plan.validRows());
    assertEquals(2, plan.tileRows()); // 32 outputs
  }

  @Test
  void transposedLayersSplitTheirOutputAndInsertNoZeros() {
    TransposedSpec spec = TransposedSpec.of(2, 3, 3).stride(2).padding(1).outputPadding(1);
    ConvolutionPlan plan = withFrame(spec, 32, 32, new FrameShape(17, 17));
    assertEquals(64, plan.outputRows());
    assertEquals(2, plan.inPlanes());
    assertEquals(3 * 4, plan.outPlanes());
    assertEquals(2, plan.extentRows());
    assertEquals(2, plan.tileRows());
  }

  @Test
  void theDeviceTakesTheFrames() {
    for (int kernel : new int[] {2, 3, 9, 31}) {
      for (int size : new int[] {1, 7, 33, 64, 67, 200}) {
        ConvolutionPlan plan =
            plan(
                ConvolutionSpec.of(2, 2, kernel).padding(kernel / 2),
                size,
                3 * size,
                "sim:ideal?rows=48&cols=40");
        boolean shown = plan.frame().fitsIn(new FrameShape(48, 40));
        assertEquals(shown, plan.framesPerTransform() == 1, plan.toString());
        assertTrue(plan.validRows() >= 1 && plan.validCols() >= 1, plan.toString());
      }
    }
  }

  /** Composing 40×40 of 11×11 takes 80 frames for a field, which a few parts beat. */
  @Test
  void aKernelLargerThanAFrameIsSplit() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal?rows=11&cols=11")) {
      ConvolutionPlan plan =
          ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.DEVICE_TIME)
              .plan(ConvolutionSpec.of(64, 64, 12), 40, 40);
      assertTrue(plan.frame().fitsIn(new FrameShape(11, 11)), plan.toString());
      assertTrue(plan.extentRows() < 11 && plan.inPlanes() >= 4 * 64, plan.toString());
    }
  }

  @Test
  void spectralMacsAreThoseOfTheProducts() {
    ConvolutionPlan plan =
        withFrame(ConvolutionSpec.of(3, 8, 5).padding(2), 100, 70, new FrameShape(32, 16));
    // 24 tiles in 32 columns, 32·9 frequencies, 8×3 matrices.
    assertEquals(32, plan.columns());
    assertEquals(4L * 32 * 32 * 9 * 8 * 3, plan.spectralMacs());
    assertEquals(8L * 32 * 9 * 8 * 3, plan.spectraBytes());
    assertEquals(100L * 70 * 8 * 3 * 25, plan.electronicMacs());
  }

  /** Two complex products for each pixel of each input frame. */
  @Test
  void depthwiseLayersAreNotSortedByFrequency() {
    ConvolutionPlan plan =
        withFrame(ConvolutionSpec.of(6, 6, 3).padding(1).groups(6), 60, 60, new FrameShape(32, 32));
    assertEquals(4 * 3 * 32 * 32 * 8, plan.spectralMacs());
    assertEquals(3 * 32 * 32 * 16, plan.spectraBytes());
    assertEquals(0, plan.blockBytes());
  }

  @Test
  void largestPrimeFactors() {
    assertEquals(17, SpectralCost.largestPrime(34));
    assertEquals(2, SpectralCost.largestPrime(1024));
    assertEquals(67, SpectralCost.largestPrime(67));
    assertEquals(1, SpectralCost.largestPrime(1));
  }

  private static ConvolutionPlan plan(LayerSpec spec, int rows, int cols, String uri) {
    try (OpticalFourierDevice device = Devices.open(uri)) {
      return ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.HOST_TIME)
          .plan(spec, rows, cols);
    }
  }

  private static ConvolutionPlan withFrame(LayerSpec spec, int rows, int cols, FrameShape frame) {
    LayerGeometry geometry =
        LayerGeometry.of(spec, rows, cols, Integer.MAX_VALUE, Integer.MAX_VALUE);
    return ConvolutionPlan.of(
        spec, rows, cols, frame, geometry, new TransformEffort(1, frame.pixels(), 1, 0, 0));
  }
}
