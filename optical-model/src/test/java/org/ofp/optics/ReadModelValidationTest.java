// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Benches.bench;
import static org.ofp.optics.Statistics.assertWithin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Readout;

class ReadModelValidationTest {
  /** Relative: the numbers are floats. */
  private static final double ROUNDING = 2e-7;

  private static final Readout PLAIN = Readout.plain(2e-3);

  private static ReadNumbers numbers(BenchParameters bench, Readout readout, double elapsed) {
    return numbers(bench, 0, 0, elapsed, readout);
  }

  private static ReadNumbers numbers(
      BenchParameters bench, long id, int step, double elapsed, Readout readout) {
    ReadNumbers numbers = new ReadNumbers();
    new ReadModel(bench).prepare(id, 0, step, elapsed, readout, 1, numbers);
    return numbers;
  }

  private static void assertNear(double expected, double actual) {
    assertEquals(expected, actual, ROUNDING * Math.max(Math.abs(expected), 1e-9));
  }

  @Test
  void electronsFollowExposureAndPower() {
    BenchParameters bench = bench("demonstrator", "source.rin", "off");
    ReadNumbers numbers = new ReadNumbers();
    new ReadModel(bench).prepare(1, 0, 0, 0, PLAIN, 0.9, numbers);
    double electrons = bench.electronsPerSecond() * 2e-3 * 0.9;
    assertEquals(electrons, numbers.electrons(), 1e-12 * electrons);
    assertEquals((float) numbers.electrons(), numbers.scale());
    assertFalse(numbers.isReferenceOn());
    assertNear(20 * 2e-3, numbers.dark());
    assertNear(0.04, numbers.gain());
    assertEquals(64, numbers.blackLevel());
    assertEquals(4e-3, new ReadModel(bench).seconds(PLAIN), 1e-15);
    assertEquals(400, new ReadModel(bench).readVariance());
  }

  /** |E + R·exp(iθ)|² with the visibility γ: R² and 2γR·cos θ, 2γR·sin θ. */
  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void aStepOfTheReference(int step) {
    BenchParameters bench =
        bench(
            "demonstrator",
            "reference.amplitude",
            "3",
            "reference.gain-error",
            "0.1",
            "reference.visibility",
            "0.8",
            "reference.step-error",
            "0.02",
            "reference.phase-error",
            "0.3",
            "reference.drift",
            "5");
    Readout readout = Readout.withReference(1e-3, step * Math.PI / 2);
    ReadNumbers numbers = numbers(bench, readout, 7e-3);
    assertTrue(numbers.isReferenceOn());
    // The drift in the middle of a read of 2 ms + 1 ms that began after 7 ms.
    double theta = step * (Math.PI / 2 + 0.02) + 0.3 + 5 * 8.5e-3;
    assertNear(3.3 * 3.3, numbers.offset());
    assertEquals(2 * 0.8 * 3.3 * Math.cos(theta), numbers.inPhase(0), 1e-6);
    assertEquals(2 * 0.8 * 3.3 * Math.sin(theta), numbers.quadrature(0), 1e-6);
  }

  @Test
  void stepsWithoutErrorsAreExact() {
    BenchParameters bench = bench("demonstrator");
    float[][] expected = {{2, 0}, {0, 2}, {-2, 0}, {0, -2}};
    for (int step = 0; step < 4; step++) {
      Readout readout = Readout.withReference(1e-3, step * Math.PI / 2);
      ReadNumbers numbers = numbers(bench, readout, 0);
      assertEquals(expected[step][0], numbers.inPhase(0));
      assertEquals(expected[step][1], numbers.quadrature(0));
    }
  }

  @Test
  void aCoherentReceiverMixesBothQuadratures() {
    BenchParameters bench =
        bench(
            "ideal",
            "reference.amplitude",
            "2",
            "reference.phase-error",
            "0.4",
            "iq.gain-error",
            "0.1",
            "iq.phase-error",
            "0.05",
            "slm.flicker",
            "0.5",
            "sensor.shot-noise",
            "on",
            "sensor.read-noise",
            "7",
            "sensor.dark-current",
            "1000");
    ReadNumbers numbers = numbers(bench, PLAIN, 0);
    double electrons = bench.electronsPerSecond() * 2e-3;
    double beat = electrons * 2 * Bessel.j0(0.5);
    // γR·Re(E·exp(−iθ)) = γR·(re·cos θ + im·sin θ), and the quadrature of it.
    assertNear(beat * Math.cos(0.4), numbers.inPhase(0));
    assertNear(beat * Math.sin(0.4), numbers.quadrature(0));
    assertNear(-1.1 * beat * Math.sin(0.45), numbers.inPhase(1));
    assertNear(1.1 * beat * Math.cos(0.45), numbers.quadrature(1));
    // Variance σr² + dark + s(R² + |E|²)/2; the dark currents themselves cancel.
    assertNear(49 + 2 + electrons * 4 / 2, numbers.noiseConstant());
    assertNear(electrons / 2, numbers.noiseScale());
    assertEquals(0, numbers.dark());
  }

  /** Each makes more of a read than the field times a number. */
  @ParameterizedTest
  @CsvSource({
    "pitch, 8e-6, true",
    "reference.amplitude, 3, true",
    "reference.gain-error, 0.1, true",
    "slm.flicker, 0.1, true",
    "sensor.prnu, 0.01, false",
    "sensor.dsnu, 1, false",
    "sensor.read-noise, 1, false",
    "sensor.shot-noise, on, false",
    "sensor.full-well, 1e6, false",
    "adc.bits, 12, false",
    "iq.gain-error, 0.1, false",
    "iq.phase-error, 0.1, false",
    "reference.phase-error, 0.1, false",
    "reference.phase-noise, 0.1, false",
    "reference.drift, 0.1, false",
    "readout, intensity, false"
  })
  void anIdealReadIsTheFieldTimesANumber(String name, String value, boolean proportional) {
    BenchParameters bench = bench("ideal", name, value, "sensor.gain", "0.5");
    assertEquals(proportional, new ReadModel(bench).isProportional());
    if (proportional) {
      double amplitude = bench.reference().amplitude() * (1 + bench.reference().gainError());
      double perSecond = 0.5 * bench.electronsPerSecond() * amplitude * bench.coherence();
      assertNear(perSecond * 2e-3, numbers(bench, PLAIN, 0).countsPerField());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // adc.bits, full well, readout, its gain, limit, least, most
    "12, off, intensity, 1, 4095, 0, 4096",
    "12, off, coherent, 1, 2047, -2048, 2048",
    "12, 1e4, intensity, 1, 510, 0, 511",
    "12, 1e4, intensity, 4, 2010, 0, 2011",
    "24, off, intensity, 1, 16777215, 0, 16777216",
    "off, 1e4, intensity, 1, 510, 0, 0",
    "off, off, intensity, 1, Infinity, 0, 0"
  })
  void theLimitsOfADigitalNumber(
      String bits, String well, String readout, double gain, float limit, int least, int most) {
    String black = readout.equals("coherent") ? "0" : "10";
    BenchParameters bench =
        bench(
            "ideal",
            "adc.bits",
            bits,
            "sensor.full-well",
            well,
            "readout",
            readout,
            "sensor.gain",
            "0.05",
            "sensor.black-level",
            black,
            "sensor.read-noise",
            "1");
    ReadNumbers numbers = numbers(bench, new Readout(1e-3, gain, false, 0), 0);
    assertEquals(limit, numbers.limit());
    assertEquals(least, numbers.leastCode());
    assertEquals(most, numbers.mostCode());
    assertNear(0.05 * gain, numbers.gain());
  }

  @Test
  void noiseFromReadToRead() {
    // RIN/(2t) = 1e-6/2e-3 is a variance of 5e-4.
    BenchParameters bench =
        bench("demonstrator", "source.rin", "1e-6", "reference.phase-noise", "0.01");
    int n = Statistics.count(5000, 200_000);
    double electrons = bench.electronsPerSecond() * 1e-3;
    Statistics.Moments power = new Statistics.Moments(1);
    Statistics.Moments phase = new Statistics.Moments(0);
    for (int i = 0; i < n; i++) {
      ReadNumbers numbers = numbers(bench, i / 4, i % 4, 0, Readout.withReference(1e-3, 0));
      power.add(numbers.electrons() / electrons);
      phase.add(Math.asin(numbers.quadrature(0) / 2));
    }
    double error = Statistics.SIGMAS * Math.sqrt(2.0 / n);
    assertWithin(5e-4, power.about(2), 5e-4 * error, "intensity");
    assertWithin(1e-4, phase.about(2), 1e-4 * error, "phase");
    assertWithin(0, power.about(1), Statistics.SIGMAS * Math.sqrt(5e-4 / n), "mean intensity");
  }

  @Test
  void theSensorsNoiseHasAKeyOfItsOwn() {
    BenchParameters bench = bench("demonstrator");
    long key = numbers(bench, 5, 2, 0, PLAIN).noiseKey();
    assertEquals(CounterRandom.key(bench.seed(), 5, 0, 2, NoiseStage.SENSOR), key);
    assertEquals(key, numbers(bench, 5, 2, 1, PLAIN.exposure(1)).noiseKey());
    assertNotEquals(key, numbers(bench, 5, 3, 0, PLAIN).noiseKey());
    assertNotEquals(key, numbers(bench, 6, 2, 0, PLAIN).noiseKey());
  }

  @Test
  void aHolderIsUsedAgain() {
    BenchParameters bench = bench("demonstrator");
    ReadModel model = new ReadModel(bench);
    ReadNumbers numbers = new ReadNumbers();
    model.prepare(1, 0, 0, 0, Readout.withReference(1e-3, 1), 1, numbers);
    assertTrue(numbers.isReferenceOn());
    model.prepare(1, 0, 0, 0, PLAIN, 1, numbers);
    assertFalse(numbers.isReferenceOn());
    assertEquals(numbers(bench, 1, 0, 0, PLAIN).scale(), numbers.scale());
  }
}
