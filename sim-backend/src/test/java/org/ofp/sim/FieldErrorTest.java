// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.Telemetry;

/** The field error that simulated devices declare, with its margin of 1.5. */
class FieldErrorTest {
  private static double declared(OpticalFourierDevice device) {
    return device.description().parameters().stream()
        .filter(parameter -> parameter.name().equals("field-error"))
        .map(PhysicalParameter::value)
        .mapToDouble(Double::parseDouble)
        .findAny()
        .orElse(0);
  }

  /** Of all presets. The lcos-phase one's is that of its phase-only frames shown one by one. */
  @ParameterizedTest
  @CsvSource({
    "sim:ideal, 0",
    "sim:photonic, 0",
    "sim:demonstrator, 0.007135",
    "sim:lcos-phase, 0.3883"
  })
  void presets(String uri, double expected) {
    try (OpticalFourierDevice device = Bench.open(uri)) {
      System.out.printf("%s declares a field error of %.4g%n", uri, declared(device));
      assertEquals(expected, declared(device), 1e-3 * expected);
      // What was tried for it was not this device's work.
      Telemetry telemetry = device.telemetry();
      assertEquals(0, telemetry.framesLoaded() + telemetry.reads());
      assertEquals(Duration.ZERO, telemetry.deviceTime());
    }
  }

  /** Every phase off by φ turns the field: |exp(iφ) − 1| = 2·sin(φ/2). */
  @ParameterizedTest
  @CsvSource({"coherent", "four-step"})
  void aPhaseErrorTurnsTheField(String readout) {
    String uri = "sim:ideal?rows=24&cols=15&reference.phase-error=0.2&readout=" + readout;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      assertEquals(1.5 * 2 * Math.sin(0.1), declared(device), 1e-4);
    }
  }

  /** What the frame before has left: √2·exp(−t/τ), also of a bench with nothing else. */
  @ParameterizedTest
  @CsvSource({"on", "off"})
  void settling(String windows) {
    String uri =
        "sim:ideal?rows=24&cols=15&slm.settle=1e-3&slm.frame-period=3e-3&windows=" + windows;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      assertEquals(1.5 * Math.sqrt(2) * Math.exp(-3), declared(device), 1e-4);
    }
  }
}
