// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Determinism;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.Readout;

/**
 * Liquid crystal that has not settled: within a frame of T the drive goes from where it was towards
 * where it shall by 1 − e^(−T/τ), a first-order response, from a drive of 0 when the bench is
 * opened.
 */
class SettlingValidationTest {
  private static final String MODEL = "first-order response; physics.md, DAC and modulator";
  private static final int N = 8;
  private static final double TOLERANCE = 2e-6;

  private static Light open(double tau, double period, String options) {
    return Light.coherent(
        N, N, "slm.settle=%s&slm.frame-period=%s%s".formatted(tau, period, options));
  }

  /** Loads a uniform frame and gives the amplitude and the phase shown. */
  private static double[] load(Light light, double amplitude, double phase) {
    double[] field = light.field(Frames.uniform(N, N, amplitude, phase));
    int axis = 2 * (N / 2 * N + N / 2);
    return new double[] {
      Math.hypot(field[axis], field[axis + 1]) / N, Math.atan2(field[axis], -field[axis + 1])
    };
  }

  @ParameterizedTest
  @CsvSource({"1e-3,1e-3", "5e-3,1e-3", "2e-4,1e-3", "0.02,0.016", "1e-6,1e-3"})
  void approachesWhatIsAskedFor(double tau, double period) {
    try (Light light = open(tau, period, "");
        Light fast = open(tau / 2, period, "")) {
      for (int n = 1; n <= 6; n++) {
        double rest = Math.exp(-n * period / tau);
        double[] shown = load(light, 0.9, 2);
        double[] other = load(fast, 0.9, 2);
        String parameters = "τ = %s s, T = %s s, load %d".formatted(tau, period, n);
        Validation amplitude =
            new Validation(
                "settling",
                parameters,
                "a(1 − e^(−nT/τ))",
                MODEL,
                0.9 * (1 - rest),
                shown[0],
                TOLERANCE,
                "2e-6 for floats");
        amplitude.check();
        Validation phase =
            new Validation(
                "settling",
                parameters + ", phase",
                "φ(1 − e^(−nT/τ))",
                MODEL,
                2 * (1 - rest),
                shown[1],
                TOLERANCE / (1 - rest),
                "2e-6 for floats, over the amplitude reached");
        phase.check();
        if (rest > 1e-4) {
          amplitude.assertRefuses(0.9, "a modulator without memory");
          amplitude.assertRefuses(other[0], "half the time constant");
          phase.assertRefuses(other[1], "half the time constant");
        }
      }
    }
  }

  @Test
  void differentFramesLeaveATrace() {
    double period = 1e-3;
    double tau = 0.8e-3;
    double keep = Math.exp(-period / tau);
    double amplitude = 0;
    double phase = 0;
    double[][] frames = {{1, 1}, {0.2, 3}, {0.7, 0.5}, {0, 0}, {0.7, 0.5}};
    try (Light light = open(tau, period, "")) {
      for (double[] frame : frames) {
        amplitude = frame[0] + (amplitude - frame[0]) * keep;
        phase = frame[1] + (phase - frame[1]) * keep;
        double[] shown = load(light, frame[0], frame[1]);
        Validation trace =
            new Validation(
                "settling",
                "frame of %s after others, τ = 0.8 T".formatted(frame[0]),
                "previous + (target − previous)(1 − e^(−T/τ))",
                MODEL,
                amplitude,
                shown[0],
                TOLERANCE,
                "2e-6 for floats");
        trace.check();
        trace.assertRefuses(frame[0], "a modulator without memory");
        new Validation(
                "settling",
                "frame of phase %s after others, τ = 0.8 T".formatted(frame[1]),
                "previous + (target − previous)(1 − e^(−T/τ))",
                MODEL,
                phase,
                shown[1],
                TOLERANCE / amplitude,
                "2e-6 for floats, over the amplitude")
            .check();
      }
    }
  }

  @Test
  void pixelsRememberEachForItself() {
    double keep = Math.exp(-1 / 1.5);
    Frames.Plane first = (y, x) -> x > 0 ? 0.9 : 0.1;
    Frames.Plane second = (y, x) -> y > 0 ? 0.8 : 0.3;
    float[] a = Frames.amplitude(N, N, first);
    float[] b = Frames.amplitude(N, N, second);
    float[] expected =
        Frames.amplitude(N, N, (y, x) -> (1 - keep) * (second.at(y, x) + keep * first.at(y, x)));
    try (Light light = open(1.5e-3, 1e-3, "")) {
      light.field(a);
      double[] shown = Diffraction.amplitudes(light.field(b), N, N);
      Validation pixels =
          new Validation(
              "settling",
              "two halves after two other halves, τ = 1.5 T",
              "(1−k)(b + k·a) per pixel, k = e^(−T/τ), relative error",
              MODEL,
              0,
              Diffraction.relativeError(shown, Diffraction.widened(expected)),
              TOLERANCE,
              "2e-6 for floats");
      pixels.check();
      pixels.assertRefuses(
          Diffraction.relativeError(
              Diffraction.widened(Frames.amplitude(N, N, second)), Diffraction.widened(expected)),
          "a modulator without memory");
    }
  }

  @Test
  void outsideAWindowThePanelGoesBlank() {
    double keep = Math.exp(-1 / 0.9);
    float[] full = Frames.uniform(N, N, 1, 0);
    double inside = 1 - Math.pow(keep, 3);
    double outside = 1 + ((1 - keep) * keep - 1) * keep;
    float[] expected =
        Frames.amplitude(N, N, (y, x) -> y >= -2 && y < 2 && x >= -1 && x < 2 ? inside : outside);
    try (Light light = open(0.9e-3, 1e-3, "")) {
      light.field(full);
      light.field(new FrameShape(4, 3), Frames.uniform(4, 3, 1, 0), 0);
      double[] shown = Diffraction.amplitudes(light.field(full), N, N);
      Validation panel =
          new Validation(
              "settling",
              "full frame, window of 4×3, full frame, τ = 0.9 T",
              "1 − k³ inside, 1 + ((1−k)k − 1)k outside, k = e^(−T/τ), relative error",
              MODEL,
              0,
              Diffraction.relativeError(shown, Diffraction.widened(expected)),
              TOLERANCE,
              "2e-6 for floats");
      panel.check();
      panel.assertRefuses(
          Diffraction.relativeError(
              Diffraction.widened(Frames.uniform(N, N, inside, 0)), Diffraction.widened(expected)),
          "a panel that keeps its frame outside the window");
    }
  }

  @Test
  void sequencesRememberInTheirOrder() {
    double keep = Math.exp(-1);
    double[] asked = {1, 0.5, 0, 0.25, 1, 1};
    FrameShape shape = new FrameShape(N, N);
    FrameSequence sequence =
        new FrameSequence(
            shape,
            asked.length,
            List.of(Readout.plain(N * N * Light.HC / (Light.POWER * Light.WAVELENGTH))),
            2,
            ExposureControl.fixed(),
            FloatBuffer.allocate(2 * N * N * asked.length),
            FloatBuffer.allocate(2 * N * N * asked.length));
    for (int i = 0; i < asked.length; i++) {
      sequence
          .amplitudes()
          .put(sequence.amplitudeOffset(i), Frames.uniform(N, N, asked[i], 0), 0, 2 * N * N);
      sequence.identify(i, i, 0);
    }
    try (Light light = open(1e-3, 1e-3, "")) {
      assertEquals(Determinism.NONE, light.device().description().capabilities().determinism());
      light.device().submit(sequence, JobOptions.defaults()).await();
    }
    double state = 0;
    for (int i = 0; i < asked.length; i++) {
      state = asked[i] + (state - asked[i]) * keep;
      int axis = sequence.countOffset(i, 0) + N * N + N / 2 * N + N / 2;
      Validation frame =
          new Validation(
              "settling",
              "frame %d of a sequence, τ = T".formatted(i),
              "previous + (target − previous)(1 − e^(−T/τ))",
              MODEL,
              state,
              -sequence.counts().get(axis) / N,
              TOLERANCE,
              "2e-6 for floats");
      frame.check();
      frame.assertRefuses(asked[i], "a modulator without memory");
    }
  }
}
