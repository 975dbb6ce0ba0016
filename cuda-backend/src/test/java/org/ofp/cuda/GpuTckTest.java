// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.tck.Tck;
import org.ofp.tck.TckListener;
import org.ofp.tck.TckReport;

/** The contract on a real GPU, by both bindings to cuFFT. */
@RequiresGpu
class GpuTckTest {
  @ParameterizedTest
  @CsvSource({
    "preset=ideal, jcufft",
    "preset=ideal, javacpp",
    "preset=demonstrator, jcufft",
    "preset=demonstrator, javacpp",
    "preset=photonic, jcufft",
    "preset=photonic, javacpp",
    "preset=lcos-phase, javacpp",
    "preset=ideal&slm.settle=2e-4&rows=32&cols=32, javacpp",
  })
  void conforms(String options, String fft) {
    TckReport report = Tck.run("cuda:0?" + options + "&fft=" + fft, TckListener.NONE);
    assertTrue(report.conforms(), report::text);
  }
}
