// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Determinism;

/** The source: its power, how it drifts, and where it points from frame to frame. */
class SourceValidationTest {
  private static final int N = 32;

  /** Electrons on the whole detector for a uniform frame. */
  private static double electrons(double power, double wavelength, double seconds, String options) {
    try (Light light =
        Light.squareLaw(
            N, N, "source.power=%s&wavelength=%s%s".formatted(power, wavelength, options))) {
      return Arrays.stream(light.exposure(seconds).intensity(Frames.uniform(N, N, 1, 0))).sum();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1e-9,633e-9,1e-3,3.1866e6",
    "1e-3,633e-9,1e-6,3.1866e9",
    "5e-6,1550e-9,2e-4,7.8028e9",
    "1e-12,405e-9,10,2.0388e7"
  })
  void power(double power, double wavelength, double seconds, double expected) {
    Validation photons =
        new Validation(
            "source power",
            "%s W × %s s at %s m, uniform frame".formatted(power, seconds, wavelength),
            "P·t·λ/(hc)",
            "SI; physics.md, Radiometry",
            expected,
            electrons(power, wavelength, seconds, ""),
            2e-5 * expected,
            "the value is stated to five digits");
    photons.check();
    photons.assertRefuses(electrons(power, 633e-9 * 1.1, seconds, ""), "another wavelength");
    photons.assertRefuses(electrons(power * 1.001, wavelength, seconds, ""), "0.1 % more power");
    new Validation(
            "source power",
            "%s W, Gaussian beam".formatted(power),
            "the power is that on the active area, whatever the profile",
            "physics.md, Illumination",
            expected,
            electrons(power, wavelength, seconds, "&beam.waist=" + 10 * Light.PITCH),
            2e-5 * expected,
            "the value is stated to five digits")
        .check();
  }

  @ParameterizedTest
  @CsvSource({"0.1,1", "0.03,0.25", "0.5,0.037"})
  void drift(double depth, double period) {
    // Nothing but the loads takes time worth mentioning: 10 ms each, and no read period.
    String options =
        "source.drift=%s&source.drift-period=%s&slm.frame-period=0.01&sensor.read-period=0"
            .formatted(depth, period);
    float[] uniform = Frames.uniform(N, N, 1, 0);
    try (Light light = Light.squareLaw(N, N, options);
        Light steady = Light.squareLaw(N, N, "")) {
      assertEquals(Determinism.NONE, light.device().description().capabilities().determinism());
      double nominal = Light.share(steady.intensity(uniform), N, N, 0, 0);
      for (int load = 1; load <= 25; load++) {
        double time = 0.01 * load;
        double expected = 1 + depth * Math.sin(2 * Math.PI * time / period);
        Validation power =
            new Validation(
                "source drift",
                "d = %s, period %s s, after %.2f s of device time".formatted(depth, period, time),
                "1 + d·sin(2πT/period)",
                "physics.md, Illumination",
                expected,
                Light.share(light.intensity(uniform), N, N, 0, 0),
                1e-6 + depth * 2 * Math.PI * 1e-8 / period,
                "floats, and 10 ns of the clock");
        power.check();
        if (Math.abs(expected - 1) > 1e-3) {
          power.assertRefuses(nominal, "a steady source");
        }
      }
    }
  }

  /** Places of the spot in pixels, rows first, for frames of different ids. */
  private static double[][] places(String options, int frames) {
    double[][] places = new double[2][frames];
    float[] gaussian = Frames.amplitude(N, N, (y, x) -> Math.exp(-(x * x + y * y) / 30.0));
    try (Light light = Light.squareLaw(N, N, options)) {
      for (int i = 0; i < frames; i++) {
        double[] spot = light.intensity(gaussian, i);
        places[0][i] = Spots.row(spot, N, N);
        places[1][i] = Spots.column(spot, N, N);
      }
    }
    return places;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 2e-4, 3e-3})
  void pointing(double sigma) {
    int frames = Sample.count(2000, 20_000);
    long seed = 4;
    String bench = "seed=" + seed + "&beam.pointing=";
    double[][] places = places(bench + sigma, frames);
    double[][] wrong = places(bench + 1.5 * sigma, 500);
    double expected = N * Light.PITCH * sigma / Light.WAVELENGTH;
    for (int axis = 0; axis < 2; axis++) {
      String parameters =
          "σ = %s rad, %d frames, seed %d, over the %s"
              .formatted(sigma, frames, seed, axis == 0 ? "rows" : "columns");
      Validation spread =
          new Validation(
              "beam pointing",
              parameters,
              "RMS movement σ·N·dx/λ in detector pixels",
              "x = f·tan α; physics.md, Illumination",
              expected,
              Math.sqrt(Sample.variance(places[axis])),
              Sample.SIGMAS * expected / Math.sqrt(2.0 * frames),
              Sample.ORIGIN);
      spread.check();
      spread.assertRefuses(Math.sqrt(Sample.variance(wrong[axis])), "a σ larger by half");
      new Validation(
              "beam pointing",
              parameters,
              "mean movement",
              "no preferred direction",
              0,
              Sample.mean(places[axis]),
              Sample.SIGMAS * expected / Math.sqrt(frames),
              Sample.ORIGIN)
          .check();
    }
    Validation independent =
        new Validation(
            "beam pointing",
            "σ = %s rad, %d frames, seed %d".formatted(sigma, frames, seed),
            "correlation of the two axes",
            "independent axes",
            0,
            Sample.correlation(places[0], places[1]),
            Sample.SIGMAS / Math.sqrt(frames),
            Sample.ORIGIN);
    independent.check();
    independent.assertRefuses(Sample.correlation(places[0], places[0]), "one tilt for both axes");
  }

  @Test
  void pointingMovesAllLightAlike() {
    // A dark frame leaves what the gaps reflect of a Gaussian beam; it tilts with the beam.
    double sigma = 1e-3;
    String options =
        "seed=4&beam.waist=%s&slm.fill-factor=0.5&slm.gap-reflectivity=1&beam.pointing="
            .formatted(5 * Light.PITCH);
    for (long id = 0; id < 3; id++) {
      double[] gaps;
      double[] pixels;
      double[] still;
      try (Light light = Light.squareLaw(N, N, options + sigma);
          Light steady = Light.squareLaw(N, N, options + "off")) {
        gaps = light.intensity(Frames.uniform(N, N, 0, 0), id);
        pixels = light.intensity(Frames.uniform(N, N, 1, 0), id);
        still = steady.intensity(Frames.uniform(N, N, 0, 0), id);
      }
      Validation place =
          new Validation(
              "beam pointing",
              "σ = 1 mrad, frame %d: gaps' light and modulated light".formatted(id),
              "both at one place, in pixels",
              "x = f·tan α",
              Spots.column(pixels, N, N),
              Spots.column(gaps, N, N),
              0.01 * Math.abs(Spots.column(pixels, N, N)) + 1e-4,
              "envelopes of pixel and gap move a spot of 2 pixels' radius by less than 1 %");
      place.check();
      place.assertRefuses(Spots.column(still, N, N), "gaps that do not move");
    }
  }

  @Test
  void pointingBelongsToTheFrame() {
    float[] gaussian = Frames.amplitude(N, N, (y, x) -> Math.exp(-(x * x + y * y) / 30.0));
    try (Light light = Light.squareLaw(N, N, "beam.pointing=1e-3")) {
      double[] first = light.intensity(gaussian, 7);
      double[] other = light.intensity(gaussian, 8);
      double[] again = light.intensity(gaussian, 7);
      assertArrayEquals(first, again, "one id, one tilt");
      Validation movement =
          new Validation(
              "beam pointing",
              "σ = 1 mrad, the same frame id again",
              "movement in pixels",
              "noise is keyed by the frame's id",
              0,
              Spots.column(again, N, N) - Spots.column(first, N, N),
              1e-9,
              "bit for bit the same");
      movement.check();
      movement.assertRefuses(
          Spots.column(other, N, N) - Spots.column(first, N, N), "another frame's tilt");
    }
  }
}
