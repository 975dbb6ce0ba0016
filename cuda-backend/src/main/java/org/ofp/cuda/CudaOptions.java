// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ofp.cuda.gpu.FftBindings;
import org.ofp.device.OptionSpec;
import org.ofp.optics.BenchProfile;

/** The options of a {@code cuda:} address: which bench, by which library, and the bench's own. */
final class CudaOptions {
  static final String PRESET = "preset";
  static final String FFT = "fft";
  static final String MEMORY = "memory";

  /** A GPU is asked for its speed; the bench without effects is the plain transform. */
  private static final String DEFAULT_PRESET = "ideal";

  /** Runs of four million pixels, 32 MB, on each of four lanes, with four reads of each. */
  private static final String DEFAULT_MEMORY = "4e8";

  private CudaOptions() {}

  /**
   * The options, with the defaults of the preset that is asked for.
   *
   * @param given what the address says
   */
  static List<OptionSpec> of(Map<String, String> given) {
    String preset = given.getOrDefault(PRESET, DEFAULT_PRESET);
    List<OptionSpec> specs = new ArrayList<>();
    specs.add(
        OptionSpec.text(
            PRESET,
            DEFAULT_PRESET,
            "the bench: "
                + String.join(", ", BenchProfile.presets())
                + ", or file=PATH of a profile"));
    specs.add(
        OptionSpec.choice(
            FFT,
            FftBindings.OPTIONS,
            FftBindings.AUTO,
            "binding to cuFFT; auto takes the first that loads"));
    specs.add(
        OptionSpec.number(
            MEMORY,
            "B",
            1e6,
            1e12,
            DEFAULT_MEMORY,
            "GPU memory for frames on their way; more of them are shown in several runs. Fields that"
                + " stay on the GPU, work areas of transforms and tables come on top"));
    specs.addAll(BenchProfile.of(preset).options());
    return specs;
  }
}
