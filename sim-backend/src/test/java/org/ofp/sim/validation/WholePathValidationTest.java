// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.Readout;

/**
 * Modulator, illumination, lens and gaps all at once, in the light's order, against the same
 * physics written down once more in double precision. Effects that are right each for itself could
 * still be applied in the wrong order, or to the wrong frame of a sequence.
 */
class WholePathValidationTest {
  private static final String MODEL = "physics.md, Stages";
  private static final int BITS = 5;
  private static final int LEVELS = 64;

  private static final double RANGE = 5.8;
  private static final double GAMMA = 1.3;
  private static final double FLOOR = 0.1;
  private static final double FILL = 0.85;

  /** Waist of the beam and diameter of the pupil in pixels; the pupil is wider than the frames. */
  private static final double WAIST = 15;

  private static final double PUPIL = 50;

  private static String options(double blur) {
    return ("slm.amplitude-bits=%d&slm.phase-bits=6&slm.phase-range=%s&slm.gamma=%s&slm.contrast=%s"
                + "&slm.fill-factor=%s&slm.gap-reflectivity=0.09&beam.waist=%s&beam.shift-x=%s"
                + "&lens.zernike.7=0.3&slm.wavefront=5:-0.2,3:0.1&lens.pupil=%s")
            .formatted(
                BITS,
                RANGE,
                GAMMA,
                1 / (FLOOR * FLOOR),
                FILL,
                WAIST * Light.PITCH,
                2 * Light.PITCH,
                PUPIL * Light.PITCH)
        + (blur == 0 ? "" : "&slm.crosstalk=" + blur);
  }

  /** Requests in the middle of their levels' intervals. */
  private static float[] random(int rows, int cols, long seed) {
    Random random = new Random(seed);
    return Frames.of(
        rows,
        cols,
        (y, x) -> (random.nextInt((1 << BITS) - 1) + 0.2) / ((1 << BITS) - 1),
        (y, x) -> 2 * Math.PI * (random.nextInt(LEVELS) + 0.2) / LEVELS);
  }

  private static double[] expected(float[] asked, int rows, int cols, double blur) {
    int n = rows * cols;
    double[] amplitude = new double[n];
    double[] turns = new double[n];
    int steps = (1 << BITS) - 1;
    for (int i = 0; i < n; i++) {
      amplitude[i] =
          (double) Math.round(Math.hypot(asked[2 * i], asked[2 * i + 1]) * steps) / steps;
      double angle = Math.atan2(asked[2 * i + 1], asked[2 * i]) / (2 * Math.PI);
      turns[i] = (double) Math.floorMod(Math.round(angle * LEVELS), LEVELS) / LEVELS;
    }
    amplitude = Blur.cyclic(amplitude, rows, cols, blur);
    turns = Blur.cyclic(turns, rows, cols, blur);
    double[] beam = beam(rows, cols);
    double[] lit = new double[2 * n];
    double[] gaps = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double y = Frames.y(i, rows, cols) / (PUPIL / 2);
      double x = Frames.x(i, cols) / (PUPIL / 2);
      double aberration =
          0.3 * Math.sqrt(8) * (3 * (x * x + y * y) - 2) * y
              - 0.2 * Math.sqrt(6) * (x * x - y * y)
              + 0.1 * 2 * Math.sqrt(6) * x * y;
      double shown = FLOOR + (1 - FLOOR) * Math.pow(Math.max(0, Math.min(1, amplitude[i])), GAMMA);
      double phase = RANGE * turns[i] + aberration;
      lit[2 * i] = beam[i] * shown * Math.cos(phase);
      lit[2 * i + 1] = beam[i] * shown * Math.sin(phase);
      gaps[2 * i] = beam[i] * Math.cos(aberration);
      gaps[2 * i + 1] = beam[i] * Math.sin(aberration);
    }
    double[] field = new Diffraction(lit, rows, cols).field();
    double[] unmodulated = new Diffraction(gaps, rows, cols).field();
    for (int i = 0; i < 2 * n; i++) {
      double y = (double) Frames.y(i / 2, rows, cols) / rows;
      double x = (double) Frames.x(i / 2, cols) / cols;
      double side = Math.sqrt(FILL);
      double envelope = FILL * Optics.sinc(side * y) * Optics.sinc(side * x);
      field[i] =
          envelope * field[i] + 0.3 * (Optics.sinc(y) * Optics.sinc(x) - envelope) * unmodulated[i];
    }
    return field;
  }

  private static double[] beam(int rows, int cols) {
    double[] beam = new double[rows * cols];
    double power = 0;
    for (int i = 0; i < beam.length; i++) {
      double y = Frames.y(i, rows, cols);
      double x = Frames.x(i, cols) - 2;
      beam[i] = Math.exp(-(x * x + y * y) / (WAIST * WAIST));
      power += beam[i] * beam[i] / beam.length;
    }
    for (int i = 0; i < beam.length; i++) {
      beam[i] /= Math.sqrt(power);
    }
    return beam;
  }

  @ParameterizedTest
  @CsvSource({"20,26,0", "20,26,0.7", "17,31,0", "17,31,1.2"})
  void allAtOnce(int rows, int cols, double blur) {
    FrameShape shape = new FrameShape(rows, cols);
    int frames = 40;
    int n = shape.pixels();
    FrameSequence sequence =
        new FrameSequence(
            shape,
            frames,
            List.of(Readout.plain(n * Light.HC / (Light.POWER * Light.WAVELENGTH))),
            2,
            ExposureControl.fixed(),
            FloatBuffer.allocate(2 * n * frames),
            FloatBuffer.allocate(2 * n * frames));
    for (int i = 0; i < frames; i++) {
      sequence.amplitudes().put(sequence.amplitudeOffset(i), random(rows, cols, i), 0, 2 * n);
      sequence.identify(i, i, 0);
    }
    String options = options(blur);
    try (Light light = Light.coherent(rows, cols, options)) {
      light.device().submit(sequence, JobOptions.defaults()).await();
      for (int i = 0; i < frames; i += 13) {
        float[] asked = random(rows, cols, i);
        double[] verbs = light.field(asked);
        double[] submitted = new double[2 * n];
        for (int j = 0; j < n; j++) {
          submitted[2 * j] = sequence.counts().get(sequence.countOffset(i, 0) + j);
          submitted[2 * j + 1] = sequence.counts().get(sequence.countOffset(i, 0) + n + j);
        }
        assertEquals(0, Diffraction.relativeError(submitted, verbs), "frame " + i);
        double[] expected = expected(asked, rows, cols, blur);
        Validation path =
            new Validation(
                "whole path",
                "%d×%d, frame %d, 14 options, crosstalk %s".formatted(rows, cols, i, blur),
                "the stages in double precision, relative error",
                MODEL,
                0,
                Diffraction.relativeError(verbs, expected),
                3e-6,
                "a drive of up to 1 turn, phases, products and transforms in float");
        path.check();
        path.assertRefuses(
            Diffraction.relativeError(
                Light.field(rows, cols, options.replace("slm.gap-reflectivity=0.09&", ""), asked),
                expected),
            "absorbing gaps");
        path.assertRefuses(
            Diffraction.relativeError(
                Light.field(
                    rows, cols, options.replace("&slm.contrast=", "&slm.contrast=1"), asked),
                expected),
            "a better contrast");
      }
    }
  }
}
