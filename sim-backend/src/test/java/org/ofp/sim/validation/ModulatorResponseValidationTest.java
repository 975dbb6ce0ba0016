// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a pixel shows for what it is asked: contrast, response, quantisation. Single values from the
 * zero order of a uniform frame; whole frames from the field, transformed back in double precision.
 */
class ModulatorResponseValidationTest {
  private static final String MODEL = "physics.md, DAC and modulator";
  private static final int N = 16;

  /** A phase in float is off by up to 5e-7 rad, a field by 4e-7 of the frame's norm. */
  private static final double TOLERANCE = 1.5e-6;

  /** What a uniform frame of amplitude a and phase φ is shown as: amplitude and phase. */
  private static double[] shown(String options, double amplitude, double phase) {
    double[] field = Light.field(N, N, options, Frames.uniform(N, N, amplitude, phase));
    int axis = 2 * (N / 2 * N + N / 2);
    return new double[] {
      Math.hypot(field[axis], field[axis + 1]) / N, Math.atan2(field[axis], -field[axis + 1])
    };
  }

  private static double angle(double radians) {
    return Math.IEEEremainder(radians, 2 * Math.PI);
  }

  @ParameterizedTest
  @CsvSource({"1000,0.0316228", "100,0.1", "10000,0.01", "4,0.5", "37,0.164399"})
  void contrast(double contrast, double floor) {
    String option = "slm.contrast=" + contrast;
    double off = shown(option, 0, 0)[0];
    Validation dark =
        new Validation(
            "contrast",
            contrast + ":1, field at a = 0",
            "c = C^(−1/2)",
            MODEL,
            floor,
            off,
            5e-7,
            "the value is stated to six digits");
    dark.check();
    dark.assertRefuses(shown("", 0, 0)[0], "no floor");
    dark.assertRefuses(shown("slm.contrast=" + contrast * contrast, 0, 0)[0], "c = 1/C");
    double on = shown(option, 1, 0)[0];
    new Validation(
            "contrast",
            contrast + ":1, on over off in intensity",
            "C",
            MODEL,
            contrast,
            Math.pow(on / off, 2),
            contrast * 8e-7,
            "two fields, each good to some roundings of 6e-8 of itself")
        .check();
    for (double a : new double[] {0.25, 0.5, 0.9}) {
      Validation between =
          new Validation(
              "contrast",
              contrast + ":1, a = " + a,
              "c + (1−c)a",
              MODEL,
              1 / Math.sqrt(contrast) + (1 - 1 / Math.sqrt(contrast)) * a,
              shown(option, a, 0.7)[0],
              TOLERANCE,
              "1.5e-6 for floats");
      between.check();
      between.assertRefuses(shown("", a, 0.7)[0], "no floor");
    }
  }

  @ParameterizedTest
  @CsvSource({"2.2,0.5", "2.2,0.1", "0.5,0.3", "1.8,0.9", "3,1", "3,0"})
  void amplitudeGamma(double gamma, double drive) {
    String option = "slm.gamma=" + gamma;
    Validation found =
        new Validation(
            "response",
            "slm.gamma = %s, drive %s".formatted(gamma, drive),
            "drive^γ",
            MODEL,
            Math.pow(drive, gamma),
            shown(option, drive, 1)[0],
            TOLERANCE,
            "1.5e-6 for floats");
    found.check();
    if (drive > 0 && drive < 1) {
      found.assertRefuses(shown("", drive, 1)[0], "a linear response");
      found.assertRefuses(shown("slm.gamma=" + 1 / gamma, drive, 1)[0], "the inverse response");
      new Validation(
              "response",
              "slm.gamma = %s, phase channel".formatted(gamma),
              "phase as asked",
              "each channel has its own response",
              1,
              shown(option, drive, 1)[1],
              TOLERANCE / drive,
              "1.5e-6 for floats")
          .check();
    }
  }

  @ParameterizedTest
  @CsvSource({"1.5,1", "1.5,5", "0.7,2", "2,3.1", "2,6.2"})
  void phaseGamma(double gamma, double phase) {
    String option = "slm.phase-gamma=" + gamma;
    double[] found = shown(option, 0.6, phase);
    double expected = 2 * Math.PI * Math.pow(phase / (2 * Math.PI), gamma);
    Validation response =
        new Validation(
            "response",
            "slm.phase-gamma = %s, phase %s".formatted(gamma, phase),
            "2π·(φ/2π)^γ",
            MODEL,
            angle(expected),
            found[1],
            5e-6,
            "a phase good to 5e-7 rad, stretched γ-fold, at an amplitude of 0.6");
    response.check();
    response.assertRefuses(shown("", 0.6, phase)[1], "a linear response");
    new Validation(
            "response",
            "slm.phase-gamma = %s, amplitude channel".formatted(gamma),
            "amplitude as asked",
            "each channel has its own response",
            0.6,
            found[0],
            TOLERANCE,
            "1.5e-6 for floats")
        .check();
  }

  @ParameterizedTest
  @CsvSource({
    "'0,0.2,0.7,1',0,0", "'0,0.2,0.7,1',1,1", "'0,0.2,0.7,1',0.3333333333,0.2",
    "'0,0.2,0.7,1',0.5,0.45", "'0,0.2,0.7,1',0.9,0.91", "'0.1,0.9',0.25,0.3",
    "'0.1,0.9',0,0.1", "'1,0.5,0',0.75,0.25"
  })
  void amplitudeTable(String table, double drive, double expected) {
    Validation found =
        new Validation(
            "response",
            "slm.amplitude-lut = %s, drive %s".formatted(table, drive),
            "linear between equidistant drives",
            MODEL,
            expected,
            shown("slm.amplitude-lut=" + table, drive, 0.4)[0],
            TOLERANCE,
            "1.5e-6 for floats");
    found.check();
    found.assertRefuses(
        shown("slm.amplitude-lut=0.05,0.3,0.4,0.8", drive, 0.4)[0], "another table");
  }

  @ParameterizedTest
  @CsvSource({
    "'0,0.5,0.6,1',1,0.238732",
    "'0,0.5,0.6,1',3.14159265,0.55",
    "'0,0.5,0.6,1',5,0.754930",
    "'0.2,0.7',2,0.359155"
  })
  void phaseTable(String table, double phase, double turns) {
    Validation found =
        new Validation(
            "response",
            "slm.phase-lut = %s, phase %s".formatted(table, phase),
            "range times the table, linear between equidistant drives",
            MODEL,
            angle(2 * Math.PI * turns),
            shown("slm.phase-lut=" + table, 1, phase)[1],
            8e-6,
            "turns stated to six digits, 2π·5e-7, and floats");
    found.check();
    found.assertRefuses(shown("", 1, phase)[1], "a linear response");
  }

  @ParameterizedTest
  @CsvSource({"1.2,4", "0.8,1", "3.14159265,5", "9,3"})
  void phaseRange(double range, double phase) {
    Validation found =
        new Validation(
            "response",
            "slm.phase-range = %s, phase %s".formatted(range, phase),
            "φ·range/2π",
            MODEL,
            angle(phase * range / (2 * Math.PI)),
            shown("slm.phase-range=" + range, 1, phase)[1],
            3e-6,
            "a phase good to 5e-7 rad, stretched by up to 1.5");
    found.check();
    found.assertRefuses(shown("", 1, phase)[1], "a range of 2π");
  }

  @ParameterizedTest
  @CsvSource({"1,0.4", "1,0.6", "2,0.4", "3,0.5", "4,0.77", "8,0.123", "10,0.9", "16,0.4567"})
  void amplitudeLevels(int bits, double a) {
    int steps = (1 << bits) - 1;
    Validation found =
        new Validation(
            "quantisation",
            "slm.amplitude-bits = %d, a = %s".formatted(bits, a),
            "round((2^b−1)a)/(2^b−1)",
            MODEL,
            (double) Math.round(a * steps) / steps,
            shown("slm.amplitude-bits=" + bits, a, 0.3)[0],
            TOLERANCE,
            "1.5e-6 for floats");
    found.check();
    if (bits < 16) {
      found.assertRefuses(shown("", a, 0.3)[0], "no quantisation");
    }
    double gamma = 1.7;
    new Validation(
            "quantisation",
            "slm.amplitude-bits = %d, slm.gamma = 1.7, a = %s".formatted(bits, a),
            "the level through the response",
            MODEL,
            Math.pow((double) Math.round(a * steps) / steps, gamma),
            shown("slm.amplitude-bits=%d&slm.gamma=%s".formatted(bits, gamma), a, 0.3)[0],
            TOLERANCE * gamma,
            "1.5e-6 for floats, stretched 1.7-fold")
        .check();
  }

  @ParameterizedTest
  @CsvSource({
    "1,6.283185307,1",
    "1,6.283185307,5",
    "2,6.283185307,6",
    "4,6.283185307,2.2",
    "8,6.283185307,3",
    "3,5.5,4",
    "3,5.5,6.2",
    "6,7,1.23",
    "10,6.283185307,0.777"
  })
  void phaseLevels(int bits, double range, double phase) {
    // The level is chosen as if the range were 2π, and 2π is level 0 again.
    int levels = 1 << bits;
    long level = Math.round(phase * levels / (2 * Math.PI)) % levels;
    String options = "slm.phase-bits=%d&slm.phase-range=%s".formatted(bits, range);
    Validation found =
        new Validation(
            "quantisation",
            "slm.phase-bits = %d, range %s rad, φ = %s".formatted(bits, range, phase),
            "n·range/2^b with n = round(2^b·φ/2π) mod 2^b",
            MODEL,
            angle(level * range / levels),
            shown(options, 0.8, phase)[1],
            3e-6,
            "floats at an amplitude of 0.8");
    found.check();
    found.assertRefuses(shown("", 0.8, phase)[1], "no quantisation");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8, 12})
  void quadratureLevels(int bits) {
    int top = (1 << (bits - 1)) - 1;
    for (double[] a : new double[][] {{0.3, -0.7}, {-0.55, 0.1}, {0.99, 0}, {-0.2, -0.9}}) {
      double amplitude = Math.hypot(a[0], a[1]);
      double phase = Math.atan2(a[1], a[0]);
      double[] found = shown("slm.drive=iq&slm.iq-bits=" + bits, amplitude, phase);
      for (int axis = 0; axis < 2; axis++) {
        double value = found[0] * (axis == 0 ? Math.cos(found[1]) : Math.sin(found[1]));
        Validation level =
            new Validation(
                "quantisation",
                "slm.iq-bits = %d, %s of (%s, %s)"
                    .formatted(bits, axis == 0 ? "I" : "Q", a[0], a[1]),
                "round((2^(b−1)−1)·x)/(2^(b−1)−1)",
                MODEL,
                Math.rint(a[axis] * top) / top,
                value,
                TOLERANCE,
                "1.5e-6 for floats");
        level.check();
        if (Math.abs(level.expected() - a[axis]) > 1e-4) {
          level.assertRefuses(a[axis], "no quantisation");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4,4", "6,8", "8,6", "8,8"})
  void wholeFramesAreShownLevelByLevel(int amplitudeBits, int phaseBits) {
    // Neighbours differ, so a mix-up of pixels or channels shows.
    int rows = 12;
    int cols = 20;
    Frames.Plane amplitude = (y, x) -> 0.501 + 0.04 * x * Math.cos(0.7 * y);
    Frames.Plane phase = (y, x) -> 3.1 + 0.3 * y * Math.sin(1.1 * x);
    int steps = (1 << amplitudeBits) - 1;
    int levels = 1 << phaseBits;
    float[] expected =
        Frames.of(
            rows,
            cols,
            (y, x) -> (double) Math.round(amplitude.at(y, x) * steps) / steps,
            (y, x) -> 2 * Math.PI * Math.round(phase.at(y, x) * levels / (2 * Math.PI)) / levels);
    float[] asked = Frames.of(rows, cols, amplitude, phase);
    String options = "slm.amplitude-bits=%d&slm.phase-bits=%d".formatted(amplitudeBits, phaseBits);
    double[] found = Light.shown(rows, cols, options, asked);
    Validation frame =
        new Validation(
            "quantisation",
            "%d amplitude and %d phase bits, 12×20".formatted(amplitudeBits, phaseBits),
            "every pixel at its level, relative error",
            MODEL,
            0,
            Diffraction.relativeError(found, Diffraction.widened(expected)),
            TOLERANCE,
            "1.5e-6 for floats");
    frame.check();
    frame.assertRefuses(
        Diffraction.relativeError(
            Light.shown(rows, cols, "", asked), Diffraction.widened(expected)),
        "no quantisation");
  }

  @ParameterizedTest
  @CsvSource({"0.9995,1", "1.0005,4", "1,2.5"})
  void aPhaseOnlyModulatorShowsFullAmplitude(double asked, double phase) {
    String options = "slm.modulation=phase-only&slm.phase-bits=6";
    double[] pattern =
        Light.intensity(N, N, options, Frames.phase(N, N, (y, x) -> x % 2 == 0 ? phase : 0));
    double[] uniform = Light.intensity(N, N, options, Frames.uniform(N, N, asked, phase));
    Validation full =
        new Validation(
            "modulation",
            "phase-only, asked for |a| = " + asked,
            "|a| = 1",
            MODEL,
            1,
            Math.sqrt(Light.share(uniform, N, N, 0, 0)),
            TOLERANCE,
            "1.5e-6 for floats");
    full.check();
    full.assertRefuses(Math.sqrt(Light.share(pattern, N, N, 0, 0)), "a frame of two phases");
    double level = Math.round(phase * 64 / (2 * Math.PI)) * 2 * Math.PI / 64;
    Validation two =
        new Validation(
            "modulation",
            "phase-only, 6 bits, phases 0 and %s in turn".formatted(phase),
            "zero order cos²(φ/2)",
            MODEL,
            Math.pow(Math.cos(level / 2), 2),
            Light.share(pattern, N, N, 0, 0),
            3e-6,
            "phases in float");
    two.check();
    two.assertRefuses(Light.share(uniform, N, N, 0, 0), "one phase");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void anAmplitudeModulatorShowsNoPhase(double a) {
    String options = "slm.modulation=amplitude-only&slm.amplitude-bits=5&slm.gamma=2";
    double[] found = shown(options, a, 0);
    double expected = Math.pow(Math.round(31 * a) / 31.0, 2);
    new Validation(
            "modulation",
            "amplitude-only, 5 bits, γ = 2, a = " + a,
            "(round(31a)/31)², phase 0",
            MODEL,
            expected,
            found[0] * Math.cos(found[1]),
            TOLERANCE,
            "1.5e-6 for floats")
        .check();
  }

  @Test
  void moreBitsComeCloserToWhatWasAsked() {
    float[] asked = Frames.of(24, 24, (y, x) -> 0.5 + 0.02 * x, (y, x) -> 0.37 * x * y);
    double before = Double.POSITIVE_INFINITY;
    for (int bits = 2; bits <= 12; bits += 2) {
      String options = "slm.amplitude-bits=%d&slm.phase-bits=%d".formatted(bits, bits);
      double error =
          Diffraction.relativeError(
              Light.shown(24, 24, options, asked), Diffraction.widened(asked));
      double last = before;
      int now = bits;
      // A quarter per two bits; levels meet what is asked by chance to some 20 %.
      assertTrue(error < 0.35 * last, () -> now + " bits: " + error + " after " + last);
      before = error;
    }
  }
}
