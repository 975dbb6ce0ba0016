// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.ofp.device.Telemetry;

/** The benches that both backends are compared on: each effect at least once, and together. */
final class Benches {
  /** How closely the modulator's way to show a frame has to follow the simulator's. */
  enum Modulator {
    /** Tables or nothing: the same bits. */
    EXACT,
    /** Elementary functions of double precision: the same but for roundings. */
    ROUNDED
  }

  /**
   * A bench.
   *
   * @param preset of the SDK
   * @param options of the address
   */
  record Case(String preset, String options, Modulator modulator) {
    String simulator(String more) {
      return "sim:" + preset + query(more);
    }

    String gpu(String more) {
      return "cuda:0" + query("preset=" + preset + "&" + more);
    }

    private String query(String more) {
      String all = (more + "&" + options).replaceAll("&+", "&").replaceAll("^&|&$", "");
      return all.isEmpty() ? "" : "?" + all;
    }

    @Override
    public String toString() {
      return preset + query("");
    }
  }

  private Benches() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        exact("ideal", ""),
        exact("ideal", "readout=four-step"),
        exact("ideal", "readout=intensity&adc.bits=10"),
        exact("ideal", "adc.bits=23&sensor.read-noise=3&sensor.full-well=1e9"),
        exact("ideal", "slm.dead-pixels=0.05&slm.stuck-pixels=0.05"),
        exact("ideal", "slm.fill-factor=0.8&slm.gap-reflectivity=0.3&lens.shift-x=0.4"),
        exact("ideal", "sensor.fill-factor=0.6"),
        exact("demonstrator", "sensor.fill-factor=0.5&slm.fill-factor=0.9"),
        exact("demonstrator", "sensor.fill-factor=0.5&slm.fill-factor=0.9&slm.gap-reflectivity=1"),
        exact("ideal", "lens.rotation=0.03&lens.distortion=0.02&lens.magnification=1.01"),
        exact(
            "demonstrator",
            "lens.rotation=0.02&sensor.fill-factor=0.7&slm.fill-factor=0.9&slm.gap-reflectivity=1"),
        exact("ideal", "beam.waist=1e-3&lens.defocus=1e-4&lens.zernike.8=0.7&slm.wavefront=off"),
        exact("demonstrator", ""),
        exact("demonstrator", "readout=intensity"),
        exact("demonstrator", "readout=coherent&sensor.black-level=0"),
        exact("demonstrator", "source.power=1e-9"),
        exact("demonstrator", "sensor.shot-noise=off&reference.phase-noise=0.02"),
        exact("demonstrator", "source.drift=0.1&reference.drift=3&reference.step-error=0.02"),
        exact("demonstrator", "beam.pointing=1e-5"),
        exact("photonic", ""),
        exact("photonic", "iq.gain-error=0.02&iq.phase-error=0.03&sensor.prnu=0.01"),
        rounded("ideal", "slm.gamma=1.8"),
        rounded("ideal", "slm.phase-bits=6&slm.amplitude-lut=0,0.1,0.4,1"),
        rounded("ideal", "slm.drive=iq&slm.iq-bits=6&slm.contrast=200"),
        rounded("ideal", "slm.crosstalk=0.4&slm.phase-bits=8&slm.amplitude-bits=8"),
        rounded("ideal", "slm.settle=3e-3&slm.frame-period=1e-2&slm.amplitude-bits=8"),
        exact("lcos-phase", ""),
        rounded("lcos-phase", "slm.crosstalk=0.3"));
  }

  private static Case exact(String preset, String options) {
    return new Case(preset, options, Modulator.EXACT);
  }

  private static Case rounded(String preset, String options) {
    return new Case(preset, options, Modulator.ROUNDED);
  }

  /** All but when the devices were opened. */
  static void assertSameCounts(Telemetry expected, Telemetry actual) {
    assertEquals(expected.framesLoaded(), actual.framesLoaded());
    assertEquals(expected.reads(), actual.reads());
    assertEquals(expected.saturatedPixels(), actual.saturatedPixels());
    assertEquals(expected.deviceTime(), actual.deviceTime());
    assertEquals(expected.temperatures(), actual.temperatures());
    assertEquals(expected.sourcePower(), actual.sourcePower());
  }

  /** Frames that a bench of this name can show: phases alone on {@code lcos-phase}. */
  static float[] frames(Case bench, int pixels, long seed) {
    Random random = new Random(seed);
    float[] frames = new float[2 * pixels];
    for (int i = 0; i < pixels; i++) {
      double magnitude = bench.preset().equals("lcos-phase") ? 1 : random.nextDouble();
      double phase = 2 * Math.PI * random.nextDouble();
      frames[2 * i] = (float) (magnitude * Math.cos(phase));
      frames[2 * i + 1] = (float) (magnitude * Math.sin(phase));
    }
    return frames;
  }
}
