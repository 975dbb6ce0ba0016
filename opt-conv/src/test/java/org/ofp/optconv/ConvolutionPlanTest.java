// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ofp.device.Capabilities;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;

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
  void framesFitTheDevice() {
    for (int kernel : new int[] {2, 3, 9, 31}) {
      for (int size : new int[] {1, 7, 33, 64, 67, 200}) {
        ConvolutionPlan plan =
            plan(
                ConvolutionSpec.of(2, 2, kernel).padding(kernel / 2),
                size,
                3 * size,
                "sim:ideal?rows=48&cols=40");
        assertTrue(plan.frame().fitsIn(new FrameShape(48, 40)), plan.toString());
        assertTrue(plan.validRows() >= 1 && plan.validCols() >= 1, plan.toString());
      }
    }
  }

  @Test
  void aDeviceWithoutWindowsGetsFullFrames() {
    Capabilities windows = capabilities("sim:ideal?rows=48&cols=40");
    Capabilities full =
        new Capabilities(
            windows.maxFrame(),
            false,
            windows.modulation(),
            windows.amplitudeBits(),
            windows.phaseBits(),
            windows.readout(),
            windows.adcBits(),
            windows.minExposure(),
            windows.maxExposure(),
            windows.defaultExposure(),
            windows.framePeriod(),
            windows.readPeriod(),
            windows.determinism(),
            windows.preferredBuffers(),
            windows.apiLevel());
    try (OpticalFourierDevice device = Devices.open("sim:ideal?rows=48&cols=40")) {
      ConvolutionPlanner planner = new ConvolutionPlanner(full, new FourierTransformer(device));
      assertEquals(new FrameShape(48, 40), planner.plan(ConvolutionSpec.of(1, 1, 3), 8, 8).frame());
    }
  }

  @Test
  void aKernelLargerThanAFrameIsSplit() {
    ConvolutionPlan plan = plan(ConvolutionSpec.of(1, 1, 12), 40, 40, "sim:ideal?rows=11&cols=11");
    assertTrue(plan.frame().fitsIn(new FrameShape(11, 11)), plan.toString());
    assertTrue(plan.extentRows() < 11 && plan.inPlanes() >= 4, plan.toString());
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
      return new ConvolutionPlanner(
              device.description().capabilities(), new FourierTransformer(device))
          .plan(spec, rows, cols);
    }
  }

  private static ConvolutionPlan withFrame(LayerSpec spec, int rows, int cols, FrameShape frame) {
    LayerGeometry geometry =
        LayerGeometry.of(spec, rows, cols, Integer.MAX_VALUE, Integer.MAX_VALUE);
    return ConvolutionPlan.of(spec, rows, cols, frame, geometry, 1);
  }

  private static Capabilities capabilities(String uri) {
    try (OpticalFourierDevice device = Devices.open(uri)) {
      return device.description().capabilities();
    }
  }
}
