// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;

class TilePlanTest {
  @Test
  void aFrameHoldsItsSizeLessTheKernelPlusOneOutputs() {
    TilePlan plan =
        TilePlan.of(ConvolutionSpec.of(3, 8, 5).padding(2), 100, 70, new FrameShape(32, 16));
    assertEquals(28, plan.validRows());
    assertEquals(12, plan.validCols());
    assertEquals(4, plan.tileRows()); // 100/28
    assertEquals(6, plan.tileCols()); // 70/12
    assertEquals(24, plan.tiles());
  }

  @Test
  void twoChannelsShareAFrame() {
    TilePlan plan = TilePlan.of(ConvolutionSpec.of(64, 64, 3), 32, 32, new FrameShape(32, 32));
    // ⌈64/2⌉ + ⌈64/2⌉ frames per tile, against 64·64 on a 4f correlator.
    assertEquals(64, plan.frames());
    TilePlan odd = TilePlan.of(ConvolutionSpec.of(3, 5, 3), 32, 32, new FrameShape(32, 32));
    assertEquals(2 + 3, odd.frames());
  }

  @Test
  void theWidthOfTheProductsDoesNotDependOnTheBatchAndIsAMultipleOf16() {
    for (int size = 8; size < 400; size += 13) {
      TilePlan plan = plan(ConvolutionSpec.of(16, 24, 3).padding(1), size, size, "sim:ideal");
      assertEquals(0, plan.columns() % 16);
      assertTrue(plan.columns() >= 16 && plan.columns() <= 64);
    }
  }

  @Test
  void aSmallMapIsOneCircularFrame() {
    TilePlan plan = plan(ConvolutionSpec.of(16, 16, 3).padding(1), 32, 32, "sim:ideal");
    assertEquals(new FrameShape(34, 34), plan.frame());
    assertEquals(1, plan.tiles());
  }

  @Test
  void stridedLayersTileOnlyWhatTheyUse() {
    TilePlan plan =
        TilePlan.of(ConvolutionSpec.of(1, 1, 3).stride(4), 12, 12, new FrameShape(7, 7));
    // Outputs at 0, 4 and 8: nine rows of the unstrided result, five to a frame.
    assertEquals(3, plan.outputRows());
    assertEquals(2, plan.tileRows());
  }

  @Test
  void framesFitTheDevice() {
    for (int kernel : new int[] {2, 3, 9, 31}) {
      for (int size : new int[] {1, 7, 33, 64, 67, 200}) {
        TilePlan plan =
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
    assertEquals(
        new FrameShape(48, 40), TilePlan.of(ConvolutionSpec.of(1, 1, 3), 8, 8, full).frame());
  }

  @Test
  void aKernelLargerThanAFrameIsRefused() {
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> plan(ConvolutionSpec.of(1, 1, 12), 40, 40, "sim:ideal?rows=11&cols=11"));
    assertEquals(ErrorCode.UNSUPPORTED, e.code());
    assertTrue(e.getMessage().contains("12×12") && e.getMessage().contains("11×11"));
  }

  @Test
  void largestPrimeFactors() {
    assertEquals(17, FrameChooser.largestPrime(34));
    assertEquals(2, FrameChooser.largestPrime(1024));
    assertEquals(67, FrameChooser.largestPrime(67));
    assertEquals(1, FrameChooser.largestPrime(1));
  }

  private static TilePlan plan(ConvolutionSpec spec, int rows, int cols, String uri) {
    return TilePlan.of(spec, rows, cols, capabilities(uri));
  }

  private static Capabilities capabilities(String uri) {
    try (OpticalFourierDevice device = Devices.open(uri)) {
      return device.description().capabilities();
    }
  }
}
