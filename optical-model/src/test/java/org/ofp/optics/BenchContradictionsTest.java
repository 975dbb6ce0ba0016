// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.device.ErrorCode;

/** Options that are possible each by itself, but not together: the message says what to change. */
class BenchContradictionsTest {
  private static Arguments because(String profile, String message, String... options) {
    return Arguments.of(profile, options, message);
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        // what the modulator can show
        because(
            "ideal",
            "slm.encoding = double-phase is for slm.modulation = phase-only",
            "slm.encoding",
            "double-phase"),
        because(
            "ideal",
            "slm.encoding = double-phase is for slm.modulation = phase-only",
            "slm.modulation",
            "amplitude-only",
            "slm.encoding",
            "double-phase"),
        because(
            "ideal",
            "with readout = coherent set slm.encoding = double-phase, or set readout = intensity",
            "slm.modulation",
            "phase-only"),
        because(
            "demonstrator",
            "with readout = four-step set slm.encoding = double-phase",
            "slm.modulation",
            "phase-only",
            "slm.amplitude-bits",
            "off"),
        because(
            "ideal",
            "slm.drive = iq shows complex amplitudes",
            "slm.drive",
            "iq",
            "slm.modulation",
            "amplitude-only"),
        because(
            "ideal",
            "slm.drive = iq has slm.iq-bits; switch slm.amplitude-bits and slm.phase-bits off",
            "slm.drive",
            "iq",
            "slm.amplitude-bits",
            "8"),
        because(
            "ideal", "slm.drive = iq has slm.iq-bits", "slm.drive", "iq", "slm.phase-bits", "8"),
        because("ideal", "slm.iq-bits is for slm.drive = iq", "slm.iq-bits", "8"),
        because(
            "lcos-phase",
            "a phase-only modulator has no amplitude channel",
            "slm.amplitude-bits",
            "8"),
        because("lcos-phase", "switch slm.amplitude-bits, slm.gamma,", "slm.gamma", "2"),
        because("lcos-phase", "no amplitude channel", "slm.amplitude-lut", "0,0.4,1"),
        because("lcos-phase", "no amplitude channel", "slm.contrast", "1000"),
        // responses
        because(
            "ideal",
            "slm.gamma and slm.amplitude-lut exclude each other; switch one of them off",
            "slm.gamma",
            "2",
            "slm.amplitude-lut",
            "0,1"),
        because(
            "ideal",
            "slm.phase-gamma and slm.phase-lut exclude each other",
            "slm.phase-gamma",
            "2",
            "slm.phase-lut",
            "0,1"),
        // the panel
        because(
            "ideal",
            "slm.gap-reflectivity = 0.5 needs gaps; set slm.fill-factor",
            "slm.gap-reflectivity",
            "0.5"),
        because(
            "ideal",
            "slm.settle = 0.001 s with slm.frame-period = 0 s would never show a frame",
            "slm.settle",
            "1e-3",
            "slm.frame-period",
            "0"),
        because(
            "ideal",
            "slm.dead-pixels = 0.6 and slm.stuck-pixels = 0.5 are more than all pixels",
            "slm.dead-pixels",
            "0.6",
            "slm.stuck-pixels",
            "0.5"),
        // illumination
        because(
            "ideal",
            "beam.shift-x and beam.shift-y move a Gaussian profile; set beam.waist",
            "beam.shift-x",
            "1e-3"),
        because("ideal", "set beam.waist", "beam.shift-y", "1e-3"),
        // reference and readout
        because(
            "demonstrator",
            "iq.gain-error and iq.phase-error are for readout = coherent",
            "iq.gain-error",
            "0.1"),
        because(
            "demonstrator",
            "iq.gain-error and iq.phase-error are for readout = coherent",
            "iq.phase-error",
            "0.1"),
        because(
            "ideal",
            "reference.step-error is for readout = four-step",
            "reference.step-error",
            "1"),
        // sensor
        because(
            "demonstrator",
            "sensor.exposure = 1.0E-7 s must lie between sensor.min-exposure = 1.0E-6 s and"
                + " sensor.max-exposure = 1.0 s",
            "sensor.exposure",
            "1e-7"),
        because("demonstrator", "sensor.max-exposure = 1.0 s", "sensor.exposure", "2"),
        because(
            "demonstrator",
            "sensor.min-exposure = 2.0 s",
            "sensor.min-exposure",
            "2",
            "sensor.max-exposure",
            "1"),
        because(
            "demonstrator",
            "sensor.black-level = 4095.0 DN must be below the full scale of 4095.0 DN that"
                + " adc.bits = 12 gives",
            "sensor.black-level",
            "4095"),
        because("demonstrator", "adc.bits = 8", "sensor.black-level", "300", "adc.bits", "8"),
        because(
            "demonstrator",
            "a coherent readout is balanced: set sensor.black-level to 0",
            "readout",
            "coherent"),
        because(
            "demonstrator",
            "the dark current at sensor.temperature would be",
            "sensor.temperature",
            "1000",
            "sensor.dark-doubling",
            "1"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void isRefused(String profile, String[] options, String message) {
    Benches.assertRefused(ErrorCode.INVALID_OPTION, () -> Benches.bench(profile, options), message);
  }

  @Test
  void aBeamThatMissesThePanelIsRefused() {
    BenchParameters astray =
        Benches.bench("demonstrator", "beam.waist", "1e-4", "beam.shift-x", "0.5");
    Benches.assertRefused(
        ErrorCode.INVALID_OPTION, () -> Illumination.of(astray), "no light", "beam.waist");
  }

  /** One step away from each contradiction there is a bench. */
  @Test
  void theirNeighboursArePossible() {
    Benches.bench("ideal", "slm.modulation", "phase-only", "slm.encoding", "double-phase");
    Benches.bench("ideal", "slm.modulation", "phase-only", "readout", "intensity");
    Benches.bench("ideal", "slm.modulation", "amplitude-only");
    Benches.bench("ideal", "slm.drive", "iq", "slm.iq-bits", "8");
    Benches.bench("ideal", "slm.drive", "iq", "slm.gamma", "2");
    Benches.bench("lcos-phase", "slm.phase-gamma", "1.1");
    Benches.bench("ideal", "slm.gamma", "2", "slm.phase-lut", "0,1");
    Benches.bench("ideal", "slm.fill-factor", "1", "slm.gap-reflectivity", "0.5");
    Benches.bench("ideal", "slm.dead-pixels", "0.5", "slm.stuck-pixels", "0.5");
    Benches.bench("ideal", "readout", "four-step", "reference.step-error", "1");
    Benches.bench("ideal", "iq.gain-error", "0.1", "iq.phase-error", "0.1");
    Benches.bench("demonstrator", "sensor.exposure", "1e-6");
    Benches.bench("demonstrator", "sensor.exposure", "1");
    Benches.bench("demonstrator", "sensor.black-level", "4000");
    Benches.bench("demonstrator", "readout", "coherent", "sensor.black-level", "0");
  }
}
