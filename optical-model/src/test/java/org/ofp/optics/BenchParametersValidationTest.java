// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;

class BenchParametersValidationTest {
  private static BenchParameters bench(String profile, String... pairs) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return BenchParameters.of(new Options(BenchProfile.of(profile).options(), given));
  }

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
    assertEquals(0.5 * square.electronsPerSecond(), square.sensitivity());
    BenchParameters coherent = bench("ideal", "sensor.gain", "0.5", "reference.amplitude", "3");
    assertEquals(1.5 * coherent.electronsPerSecond(), coherent.sensitivity());
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
  void thePresetsAreWhatTheySay() {
    BenchParameters ideal = bench("ideal");
    assertEquals(new FrameShape(4096, 4096), ideal.frame());
    assertEquals(ReadoutMode.COHERENT, ideal.readout());
    assertEquals(Determinism.NOISELESS, ideal.determinism());
    assertEquals(0, ideal.adcBits() + ideal.amplitudeBits() + ideal.phaseBits());

    BenchParameters demonstrator = bench("demonstrator");
    assertEquals(new FrameShape(512, 512), demonstrator.frame());
    assertEquals(ReadoutMode.FOUR_STEP, demonstrator.readout());
    assertEquals(Determinism.SEEDED, demonstrator.determinism());
    assertEquals(633e-9, demonstrator.wavelength());
    assertEquals(0.1, demonstrator.focalLength());
    assertEquals(8e-6, demonstrator.pitch());
    assertEquals(8, demonstrator.amplitudeBits());
    assertEquals(8, demonstrator.phaseBits());
    assertEquals(12, demonstrator.adcBits());
    assertTrue(demonstrator.shotNoise());
    assertEquals(20, demonstrator.readNoise());
    assertEquals(1e5, demonstrator.fullWell());
    assertEquals(64, demonstrator.blackLevel());
  }

  @Test
  void noiseMayBeSwitchedOff() {
    BenchParameters quiet =
        bench("demonstrator", "sensor.shot-noise", "off", "sensor.read-noise", "off");
    assertEquals(Determinism.NOISELESS, quiet.determinism());
    assertEquals(
        Determinism.SEEDED, bench("demonstrator", "sensor.shot-noise", "off").determinism());
    assertEquals(
        Determinism.SEEDED, bench("demonstrator", "sensor.read-noise", "off").determinism());
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
    Calibration calibration = bench.calibration("c");
    assertEquals(bench.sensitivity(), calibration.sensitivity());
    assertEquals(1, calibration.referenceAmplitude());
    assertEquals(
        0, bench("demonstrator", "readout", "intensity").calibration("c").referenceAmplitude());
  }

  @Test
  void contradictionsNameBothSides() {
    assertContradiction(
        "sensor.min-exposure", "sensor.min-exposure", "2", "sensor.max-exposure", "1");
    assertContradiction("sensor.exposure", "sensor.exposure", "1e-7");
    assertContradiction("sensor.exposure", "sensor.exposure", "2");
    assertContradiction("adc.bits", "sensor.black-level", "4095");
    assertContradiction("sensor.black-level", "readout", "coherent");
    assertContradiction("sensor.black-level", "sensor.black-level", "300", "adc.bits", "8");
  }

  private static void assertContradiction(String part, String... pairs) {
    DeviceException e = assertThrows(DeviceException.class, () -> bench("demonstrator", pairs));
    assertEquals(ErrorCode.INVALID_OPTION, e.code());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void everyOptionTakesItsDefaultAndItsWholeRange() {
    for (OptionSpec spec : BenchOptions.specs()) {
      spec.requireValid(spec.defaultValue());
      assertTrue(!spec.meaning().isEmpty() && !spec.meaning().contains("\n"), spec.name());
      if (spec.type() == OptionSpec.Type.NUMBER) {
        spec.requireValid(Double.toString(spec.min()));
        spec.requireValid(Double.toString(spec.max()));
        assertThrows(
            DeviceException.class, () -> spec.requireValid(Double.toString(spec.max() * 1.01)));
      }
      if (spec.offAllowed()) {
        spec.requireValid("off");
      } else {
        assertThrows(DeviceException.class, () -> spec.requireValid("off"), spec.name());
      }
    }
    BenchParameters.of(new Options(BenchOptions.specs(), Map.of()));
  }

  @Test
  void theExtremesOfASingleOptionGiveABenchOrAReason() {
    for (String profile : BenchProfile.presets()) {
      for (OptionSpec spec : BenchOptions.specs()) {
        if (spec.type() != OptionSpec.Type.NUMBER && spec.type() != OptionSpec.Type.INTEGER) {
          continue;
        }
        for (double value : new double[] {spec.min(), spec.max()}) {
          String text =
              spec.type() == OptionSpec.Type.INTEGER
                  ? Long.toString((long) value)
                  : Double.toString(value);
          try {
            bench(profile, spec.name(), text).calibration("c");
          } catch (DeviceException e) {
            assertEquals(ErrorCode.INVALID_OPTION, e.code(), spec.name() + " = " + text);
          }
        }
      }
    }
  }
}
