// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.junit.jupiter.api.Nested;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;

/** The same on a real GPU, by both bindings to cuFFT. */
class GpuDifferentialTest {
  @Nested
  @RequiresGpu
  class WithJcufft extends OnGpu {
    WithJcufft() {
      super("jcufft");
    }
  }

  @Nested
  @RequiresGpu
  class WithJavacpp extends OnGpu {
    WithJavacpp() {
      super("javacpp");
    }
  }

  /** The contract by one binding. */
  abstract static class OnGpu extends DifferentialContract {
    private final String fft;

    OnGpu(String fft) {
      this.fft = fft;
    }

    @Override
    OpticalFourierDevice open(Benches.Case bench, String options) {
      return Devices.open(bench.gpu(options + "&fft=" + fft));
    }

    @Override
    boolean sameTransforms() {
      return false;
    }
  }
}
