// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.ofp.optics.Benches.bench;

import org.junit.jupiter.api.Test;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.Determinism;
import org.ofp.device.EnergyUse;
import org.ofp.device.FrameShape;
import org.ofp.device.Shading;

class BenchParametersValidationTest {
  @Test
  void photonsOfANanowattForAMillisecond() {
    BenchParameters bench = bench("ideal", "source.power", "1e-9");
    // P·t·λ/(hc) = 1e-12 · 633e-9 / 1.98644586e-25; five digits are published.
    assertEquals(3.1866e6, bench.photons(1e-3), 50);
    // hc of the SI of 2019, to its published digits.
    assertEquals(1e-12 * 633e-9 / 1.986445857e-25, bench.photons(1e-3), 3.2e6 * 1e-9);
  }

  @Test
  void detectorPitch() {
    // λf/(N dx) with λ = 633 nm, f = 0.1 m, N = 1024, dx = 8 µm; six digits are published.
    assertEquals(7.72705e-6, bench("ideal").detectorPitch(1024), 5e-12);
  }

  @Test
  void aUniformFrameDeliversAllPhotonsToOnePixel() {
    BenchParameters bench = bench("demonstrator", "sensor.qe", "0.25");
    double centre = bench.electronsPerSecond() * bench.frame().pixels(); // |F|² = R·C
    assertEquals(0.25 * bench.photons(1), centre, 1e-9 * centre);
    // A window: its share of the power in its own zero order, |F|² = its own pixels.
    double window = bench.electronsPerSecond() * 64 * 64;
    assertEquals(0.25 * bench.photons(1) * 64 * 64 / (512 * 512), window, 1e-9 * window);
  }

  @Test
  void sensitivityIsGainTimesElectrons() {
    BenchParameters square = bench("demonstrator", "sensor.gain", "0.5");
    assertEquals(0.5 * square.electronsPerSecond(), square.calibration().sensitivity());
    BenchParameters coherent = bench("ideal", "sensor.gain", "0.5", "reference.amplitude", "3");
    assertEquals(1.5 * coherent.electronsPerSecond(), coherent.calibration().sensitivity());
  }

  @Test
  void fullScaleIsTheConverterOrTheFullWell() {
    assertEquals(Double.POSITIVE_INFINITY, bench("ideal").fullScale());
    assertEquals(127, bench("ideal", "adc.bits", "8").fullScale());
    // 0.04 DN per electron, 64 DN black: 1e5 electrons are 4064 DN, below 4095.
    assertEquals(4064, bench("demonstrator").fullScale());
    assertEquals(4095, bench("demonstrator", "sensor.full-well", "off").fullScale());
    assertEquals(255, bench("demonstrator", "adc.bits", "8").fullScale());
    // The full well is a number of electrons: with twice the gain it has twice the numbers.
    assertEquals(
        2064, bench("demonstrator", "sensor.full-well", "25000").fullScale(2), "2·1000 + 64");
    // A converter gives whole numbers at the full well, too: 0.0333·1000 + 64 = 97.3.
    assertEquals(
        97, bench("demonstrator", "sensor.full-well", "1000", "sensor.gain", "0.0333").fullScale());
    assertEquals(
        97.3,
        bench(
                "demonstrator",
                "sensor.full-well",
                "1000",
                "sensor.gain",
                "0.0333",
                "adc.bits",
                "off")
            .fullScale(),
        1e-9);
  }

  @Test
  void noiseMayBeSwitchedOff() {
    String[] quiet = {"sensor.shot-noise", "off", "sensor.read-noise", "off", "source.rin", "off"};
    assertEquals(Determinism.NOISELESS, bench("demonstrator", quiet).determinism());
    for (int left = 0; left < quiet.length; left += 2) {
      String[] others = quiet.clone();
      others[left] = quiet[(left + 2) % quiet.length];
      assertEquals(Determinism.SEEDED, bench("demonstrator", others).determinism(), quiet[left]);
    }
  }

  @Test
  void descriptionsFollowFromTheParameters() {
    BenchParameters bench = bench("demonstrator");
    Capabilities capabilities = bench.capabilities(BufferKind.DIRECT);
    assertEquals(bench.frame(), capabilities.maxFrame());
    assertEquals(12, capabilities.adcBits());
    assertEquals(1e-6, capabilities.minExposure());
    assertEquals(16.7e-3, capabilities.framePeriod());
    assertEquals(2e-3, capabilities.readPeriod());
    assertEquals(BufferKind.DIRECT, capabilities.preferredBuffers());
    Calibration calibration = bench.calibration();
    assertEquals(bench.sensor().gain() * bench.electronsPerSecond(), calibration.sensitivity());
    assertEquals(1, calibration.referenceAmplitude());
    assertEquals(
        0, bench("demonstrator", "readout", "intensity").calibration().referenceAmplitude());
  }

  @Test
  void whateverDependsOnThePastIsNotRepeatable() {
    assertEquals(Determinism.NONE, bench("ideal", "slm.settle", "1e-3").determinism());
    assertEquals(Determinism.NONE, bench("ideal", "source.drift", "0.1").determinism());
    for (String noisy :
        new String[] {
          "source.rin", "beam.pointing", "reference.phase-noise", "sensor.read-noise"
        }) {
      assertEquals(Determinism.SEEDED, bench("ideal", noisy, "1e-6").determinism(), noisy);
    }
    for (String fixed : new String[] {"sensor.prnu", "sensor.dsnu", "slm.dead-pixels"}) {
      assertEquals(Determinism.NOISELESS, bench("ideal", fixed, "0.01").determinism(), fixed);
    }
  }

  @Test
  void theMeasuredCalibrationKnowsTheLightsWayOnTheAxis() {
    // A centred Gaussian beam of waist w over M pixels per axis with mean square 1 is, on the axis,
    // 1/√(mean of exp(−2r²/w²)) = √(M·p·√2/(w·√π)) per axis where w is small against the panel and
    // large against a pixel. Here w = 64 of 1024 pixels of 8 µm.
    BenchParameters beam =
        bench(
            "ideal",
            "rows",
            "1024",
            "cols",
            "1024",
            "beam.waist",
            "512e-6",
            "calibration",
            "measured");
    double onAxis = 1024 * Math.sqrt(2 / Math.PI) / 64;
    assertEquals(onAxis, beam.axialTransmission(), 1e-9 * onAxis);
    assertEquals(64, beam.calibration().shading().beamWaist(), 1e-9);
    // Counts per second for |F| = 1 follow: with the field where the oscillator beats with it, with
    // its square where intensity is read.
    double electrons = beam.electronsPerSecond();
    assertEquals(1, beam.calibration().sensitivity() / (electrons * onAxis), 1e-9);
    BenchParameters square =
        bench(
            "ideal",
            "rows",
            "1024",
            "cols",
            "1024",
            "beam.waist",
            "512e-6",
            "readout",
            "four-step",
            "slm.fill-factor",
            "0.5",
            "reference.amplitude",
            "2",
            "calibration",
            "measured");
    Calibration calibration = square.calibration();
    double transmission = 0.5 * onAxis;
    assertEquals(1, calibration.sensitivity() / (electrons * transmission * transmission), 1e-9);
    assertEquals(2 / transmission, calibration.referenceAmplitude(), 1e-9);
    assertEquals(0.5, calibration.shading().slmFillFactor());
  }

  @Test
  void theMeasuredCalibrationKnowsFlicker() {
    // J0(0.3) = 0.977626 (Abramowitz and Stegun, table 9.1).
    String[] options = {
      "slm.flicker",
      "0.3",
      "reference.visibility",
      "0.8",
      "calibration",
      "measured",
      "readout",
      "four-step"
    };
    assertEquals(0.8 * 0.977626, bench("ideal", options).calibration().visibility(), 1e-6);
    options[7] = "coherent";
    BenchParameters coherent = bench("ideal", options);
    assertEquals(1, coherent.calibration().visibility());
    assertEquals(
        0.8 * 0.977626, coherent.calibration().sensitivity() / coherent.electronsPerSecond(), 1e-6);
  }

  @Test
  void theNominalCalibrationKnowsNoShading() {
    String[] options = {
      "sensor.fill-factor", "1", "slm.fill-factor", "0.9", "calibration", "nominal"
    };
    assertEquals(Shading.none(), bench("ideal", options).calibration().shading());
    options[5] = "measured";
    assertEquals(
        new Shading(0.9, 1, Double.POSITIVE_INFINITY),
        bench("ideal", options).calibration().shading());
  }

  @Test
  void darkCurrentDoublesWithWarming() {
    // I_ref·2^((T−T_ref)/T_d), EMVA 1288, section 4.
    String[] options = {
      "sensor.dark-current", "20", "sensor.temperature", "313.15", "sensor.dark-doubling", "8"
    };
    assertEquals(20 * Math.pow(2, 2.5), bench("ideal", options).sensor().darkCurrent(), 1e-9);
    options[3] = "285.15";
    assertEquals(10, bench("ideal", options).sensor().darkCurrent(), 1e-9);
    options[3] = "293.15";
    assertEquals(20, bench("ideal", options).sensor().darkCurrent());
  }

  @Test
  void energyAndTimeFollowFromTheProfile() {
    Capabilities c = bench("demonstrator").capabilities(BufferKind.HEAP);
    assertEquals(new EnergyUse(1e-6, 40e-9, 10e-9), c.energy());
    // Load 16.7 ms, four reads of 2 ms and 1 ms of exposure.
    assertEquals(28.7e-3, c.frameSeconds(4, 1e-3), 1e-12);
    // Light for 4 ms, 1024 pixels written once and digitised four times.
    assertEquals(
        1e-6 * 4e-3 + 1024 * 40e-9 + 4096 * 10e-9,
        c.frameJoules(new FrameShape(32, 32), 4, 1e-3),
        1e-15);
    Capabilities photonic = bench("photonic").capabilities(BufferKind.HEAP);
    assertEquals(2e-9, photonic.frameSeconds(1, 1e-9), 1e-18);
    assertEquals(
        10e-3 * 1e-9 + 121 * 1e-12 + 2 * 121 * 5e-12, // both quadratures are digitised
        photonic.frameJoules(new FrameShape(11, 11), 1, 1e-9),
        1e-18);
  }
}
