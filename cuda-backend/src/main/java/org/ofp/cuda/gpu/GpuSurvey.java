// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.List;

/**
 * What there is of NVIDIA's driver and GPUs.
 *
 * @param usable whether some GPU can be used
 * @param reason why none can; empty if one can
 * @param driverVersion CUDA version that the driver supports, such as 13000 for 13.0; 0 without one
 * @param gpus all that the driver shows, those that are too old as well
 */
public record GpuSurvey(
    boolean usable, String reason, int driverVersion, List<GpuDescription> gpus) {
  /** The kernels are compiled for this compute capability and newer ones. */
  public static final int MIN_COMPUTE_CAPABILITY = 75;

  public GpuSurvey {
    gpus = List.copyOf(gpus);
  }

  static GpuSurvey none(String reason, int driverVersion) {
    return new GpuSurvey(false, reason, driverVersion, List.of());
  }

  /** The driver works and shows these. */
  static GpuSurvey of(int driverVersion, List<GpuDescription> gpus) {
    boolean usable =
        gpus.stream().anyMatch(gpu -> gpu.computeCapability() >= MIN_COMPUTE_CAPABILITY);
    return new GpuSurvey(usable, usable ? "" : tooOld(gpus.get(0)), driverVersion, gpus);
  }

  /** Why a GPU cannot be used though the driver shows it. */
  static String tooOld(GpuDescription gpu) {
    return gpu.name()
        + " has compute capability "
        + version(gpu.computeCapability(), 10)
        + "; 7.5 (Turing) or newer is needed";
  }

  /** The driver's CUDA version for people, such as {@code 13.0}; empty without a driver. */
  public String driverCuda() {
    return driverVersion == 0 ? "" : version(driverVersion / 10, 100);
  }

  /** {@code 13.0} of 1300 with the divisor 100, {@code 7.5} of 75 with the divisor 10. */
  private static String version(int number, int divisor) {
    return number / divisor + "." + number % divisor;
  }
}
