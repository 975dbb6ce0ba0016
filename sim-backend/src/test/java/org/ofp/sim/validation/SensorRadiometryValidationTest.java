// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Devices;
import org.ofp.device.EnergyUse;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Watts and seconds to photons and joules. */
class SensorRadiometryValidationTest {
  private static final String SI = "SI of 2019: h = 6.62607015e-34 J·s, c = 299792458 m/s";

  /** All counts behind a uniform frame of |a| = 1. */
  private static double total(String options, int rows, int cols, double exposure) {
    FrameShape shape = new FrameShape(rows, cols);
    try (OpticalFourierDevice device = Devices.open("sim:ideal?readout=intensity&" + options)) {
      device.load(SlmFrame.of(shape, Frames.uniform(rows, cols, 1, 0), 0));
      device.transform();
      DetectorFrame into = DetectorFrame.allocate(shape, 1);
      device.read(Readout.plain(exposure), into);
      return Arrays.stream(Diffraction.widened(into.counts().array())).sum();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1e-9, 1e-3, 633e-9, 1",
    "1e-9, 1e-3, 633e-9, 0.6",
    "1e-6, 1e-5, 633e-9, 0.25",
    "1e-2, 1e-9, 1550e-9, 0.8",
    "3e-7, 2, 405e-9, 0.5"
  })
  void photons(double power, double seconds, double wavelength, double qe) {
    double expected = qe * power * seconds * wavelength / Light.HC;
    String options =
        "rows=32&cols=48&source.power=" + power + "&wavelength=" + wavelength + "&sensor.qe=" + qe;
    Validation photons =
        new Validation(
            "photons",
            power + " W, " + seconds + " s, " + wavelength + " m, η = " + qe,
            "η·P·t·λ/(hc)",
            SI,
            expected,
            total(options, 32, 48, seconds),
            1e-6 * expected,
            "amplitude good to 4e-7, power to twice that");
    photons.check();
    photons.assertRefuses(total(options, 32, 48, 1.001 * seconds), "a longer exposure");
    if (power == 1e-9 && qe == 1) {
      assertEquals(3.1866e6, photons.measured(), 50, "the digits of physics.md");
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 32", "1, 1", "31, 47", "32, 48"})
  void aWindowGetsItsShareOfTheBeam(int rows, int cols) {
    double all = 1e-9 * 1e-3 * 633e-9 / Light.HC;
    double expected = all * rows * cols / (32 * 48);
    new Validation(
            "photons of a window",
            rows + "×" + cols + " of 32×48",
            "P·t·λ/(hc)·(window's pixels)/(all pixels)",
            SI,
            expected,
            total("rows=32&cols=48&source.power=1e-9", rows, cols, 1e-3),
            1e-6 * expected,
            "amplitude good to 4e-7, power to twice that")
        .check();
  }

  @ParameterizedTest
  @CsvSource({"100e-6, 0", "60e-6, 40e-6", "1e-3, 0"})
  void thePowerIsThatOnTheActiveArea(double waist, double shift) {
    // Whatever the profile: its mean square is 1.
    double expected = 1e-9 * 1e-3 * 633e-9 / Light.HC;
    String options =
        "rows=32&cols=48&source.power=1e-9&beam.waist=" + waist + "&beam.shift-x=" + shift;
    new Validation(
            "photons of a Gaussian beam",
            "w = " + waist + " m, shift " + shift + " m",
            "P·t·λ/(hc), P the power on the active area",
            SI,
            expected,
            total(options, 32, 48, 1e-3),
            2e-6 * expected,
            "float sums over the pattern")
        .check();
  }

  @ParameterizedTest
  @CsvSource({"1", "0.5", "0.09"})
  void aFillFactorTakesItsShareOfTheLight(double fill) {
    // Evenly lit pixels: one SLM pixel on the axis.
    try (Sensed bench = new Sensed(16, 12, "readout=intensity&sensor.fill-factor=" + fill)) {
      double[] counts = bench.even(1000, 1);
      new Validation(
              "sensor fill factor, even light",
              "F_d = " + fill,
              "electrons ∝ F_d",
              "docs/PHYSICS.md",
              1000 * fill,
              Sample.mean(counts),
              1e-3 * fill,
              "rounding of floats")
          .check();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sim:demonstrator, 64, 4, 1e-3",
    "sim:photonic, 11, 1, 1e-9",
    "sim:photonic, 11, 3, 5e-9",
    "sim:lcos-phase?rows=32&cols=32, 32, 4, 1e-2"
  })
  void timeAndEnergyOfAFrame(String uri, int side, int reads, double exposure) {
    FrameShape shape = new FrameShape(side, side);
    try (OpticalFourierDevice device = Devices.open(uri)) {
      Capabilities c = device.description().capabilities();
      int frames = 5;
      DetectorFrame into = DetectorFrame.allocate(shape, c.readout().planes());
      for (int i = 0; i < frames; i++) {
        device.load(SlmFrame.of(shape, Frames.uniform(side, side, 1, 0), i));
        device.transform();
        for (int k = 0; k < reads; k++) {
          device.read(Readout.plain(exposure), into);
        }
      }
      double expected = frames * (c.framePeriod() + reads * (c.readPeriod() + exposure));
      assertEquals(expected, frames * c.frameSeconds(reads, exposure), 1e-12 * expected);
      Validation time =
          new Validation(
              "time of a frame",
              uri + ", " + reads + " reads of " + exposure + " s",
              "frame period + reads·(read period + exposure), in s for 5 frames",
              "docs/PHYSICS.md",
              expected,
              device.telemetry().deviceTime().toNanos() * 1e-9,
              1e-9 + 1e-9 * expected,
              "the clock counts nanoseconds");
      time.check();
      EnergyUse energy = c.energy();
      double joules =
          energy.sourcePower() * reads * exposure
              + energy.writeEnergy() * side * side
              + energy.sampleEnergy() * side * side * reads * c.readout().planes();
      new Validation(
              "energy of a frame",
              uri + ", " + side + "×" + side + ", " + reads + " reads",
              "P·reads·t + pixels·E_write + pixels·reads·planes·E_sample, in J",
              "docs/PHYSICS.md",
              joules,
              c.frameJoules(shape, reads, exposure),
              1e-12 * joules,
              "the same sum")
          .check();
    }
  }
}
