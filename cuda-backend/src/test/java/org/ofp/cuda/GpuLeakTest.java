// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.DriverGpu;
import org.ofp.device.Devices;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.SlmFrame;

/** Devices of a real GPU give back what they took. */
@RequiresGpu
class GpuLeakTest {
  /** What the driver keeps for itself after the first use may not grow by more. */
  private static final long GRANULE = 2L << 20;

  @Test
  void openingAndClosingLeavesTheMemoryAsItWas() {
    use(10); // the context, modules and the libraries' own memory
    long before = freeBytes();
    use(10_000);
    assertEquals((double) before, (double) freeBytes(), (double) GRANULE);
  }

  private static void use(int times) {
    for (int i = 0; i < times; i++) {
      try (OpticalFourierDevice device =
          Devices.open("cuda:0?preset=demonstrator&rows=32&cols=32&memory=1e6")) {
        device.load(SlmFrame.of(new FrameShape(32, 32), new float[2048], i));
        device.transform();
      }
    }
  }

  private static long freeBytes() {
    try (DriverGpu gpu = DriverGpu.open(0)) {
      return gpu.freeBytes();
    }
  }
}
