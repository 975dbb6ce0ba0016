// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Determinism;
import org.ofp.device.Modulation;
import org.ofp.device.ReadoutMode;
import org.ofp.tck.ReferenceDevice.Kind;

/** Devices that keep the contract pass the whole suite. */
class ConformingDevicesTest {
  static Stream<Kind> kinds() {
    return Stream.of(ReadoutMode.values())
        .map(Kind::of)
        .flatMap(
            kind ->
                Stream.of(
                    kind,
                    kind.determinism(Determinism.SEEDED),
                    kind.determinism(Determinism.NONE),
                    kind.modulation(Modulation.PHASE_ONLY),
                    kind.modulation(Modulation.AMPLITUDE_ONLY),
                    kind.withoutWindows()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void referenceDevicesPass(Kind kind) {
    requireConforming(Tck.run(() -> new ReferenceDevice(kind), TckListener.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim:ideal",
        "queue:@sim:ideal",
        "queue:?capacity=1@sim:demonstrator",
        "sim:ideal?readout=four-step",
        "sim:ideal?readout=intensity",
        "sim:ideal?slm.amplitude-bits=8&slm.phase-bits=8&rows=64&cols=96",
        "sim:demonstrator",
        "sim:demonstrator?adc.bits=8&slm.amplitude-bits=6&slm.phase-bits=6",
        "sim:demonstrator?readout=intensity",
        "sim:demonstrator?readout=coherent&sensor.black-level=0&seed=5",
        "sim:photonic",
        "sim:lcos-phase",
        "sim:ideal?slm.drive=iq&slm.iq-bits=10&windows=off&rows=24&cols=20",
        "sim:ideal?readout=intensity&slm.modulation=amplitude-only",
        "sim:ideal?slm.settle=2e-4&rows=32&cols=32",
        "sim:demonstrator?source.drift=0.1",
        "sim:demonstrator?lens.rotation=0.02&lens.distortion=0.01",
        "faulty:@sim:demonstrator",
        // Frame by frame, for a fault that never happens.
        "faulty:?hang-at=1000000000@sim:demonstrator",
      })
  void simulatorsPass(String uri) {
    requireConforming(Tck.run(uri, TckListener.NONE));
  }

  /** Noise must not fail a device: other seeds, other noise. */
  @Test
  void noiseRaisesNoAlarms() {
    int seeds = "full".equals(System.getProperty("ofp.tests")) ? 200 : 5;
    for (int seed = 1; seed <= seeds; seed++) {
      requireConforming(Tck.run("sim:demonstrator?seed=" + seed, TckListener.NONE));
      requireConforming(
          Tck.run("sim:demonstrator?readout=intensity&seed=" + seed, TckListener.NONE));
    }
  }

  private static void requireConforming(TckReport report) {
    assertTrue(report.conforms(), report::text);
  }
}
