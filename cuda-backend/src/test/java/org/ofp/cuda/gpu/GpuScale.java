// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** How much the tests on a GPU do: little on the fake one and in the quick tier. */
final class GpuScale {
  private GpuScale() {}

  /** Whether the "GPU" is {@code src/test/gpu/fake}, which is slow. */
  static boolean fake() {
    return CudaDriver.survey().gpus().stream().anyMatch(gpu -> gpu.name().startsWith("Fake"));
  }

  static int times(int quick, int full) {
    return !fake() && "full".equals(System.getProperty("ofp.tests")) ? full : quick;
  }
}
