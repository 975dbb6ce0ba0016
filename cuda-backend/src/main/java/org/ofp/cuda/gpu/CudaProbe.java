// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import org.ofp.device.Availability;
import org.ofp.device.DeviceException;

/** Whether {@code cuda:} devices can be opened here. Opens none. */
public final class CudaProbe {
  private CudaProbe() {}

  /** Needs a GPU and a cuFFT; says what was found, or what is missing. */
  public static Availability availability() {
    GpuSurvey survey = CudaDriver.survey();
    if (!survey.usable()) {
      return Availability.no(survey.reason());
    }
    try {
      FftBindings.Choice fft = FftBindings.choose(FftBindings.AUTO);
      GpuDescription first = survey.gpus().get(0);
      int others = survey.gpus().size() - 1;
      return Availability.yes(
          first.name()
              + (others == 0 ? "" : " and " + others + " more")
              + ", driver for CUDA "
              + survey.driverCuda()
              + ", "
              + fft.text());
    } catch (DeviceException e) {
      return Availability.no(e.getMessage());
    }
  }
}
