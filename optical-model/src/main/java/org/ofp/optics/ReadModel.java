// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;

/**
 * Stages 5 and 6, reference beam, readout and sensor, apart from what is done pixel by pixel: from
 * the parameters of a read to its {@link ReadNumbers}.
 *
 * <p>A square-law sensor gets {@code |E|² + R² + 2γR(Re E·cos θ + Im E·sin θ)}, a coherent receiver
 * gives {@code γR·Re(E·exp(−iθ))} and the quadrature of it. γ is the visibility times what flicker
 * leaves of the coherent part. The reference's phase is off by its step error, a constant, noise
 * from read to read and drift since the frame was loaded; the source's intensity noise is common to
 * both beams. A balanced coherent receiver has the shot noise of oscillator and signal, and its
 * dark currents cancel. Immutable, safe for use by several threads.
 */
public final class ReadModel {
  private final BenchParameters bench;
  private final ReferenceParameters reference;
  private final SensorParameters sensor;
  private final boolean coherent;
  private final double electronsPerSecond;
  private final double amplitude;
  private final double coherence;
  private final double readVariance;
  private final boolean proportional;

  /** The reads of a bench. */
  public ReadModel(BenchParameters bench) {
    this.bench = bench;
    reference = bench.reference();
    sensor = bench.sensor();
    coherent = bench.readout() == ReadoutMode.COHERENT;
    electronsPerSecond = bench.electronsPerSecond();
    amplitude = reference.amplitude() * (1 + reference.gainError());
    coherence = bench.coherence();
    readVariance = sensor.readNoise() * sensor.readNoise();
    proportional = coherent && isReceiverPlain() && isSensorTransparent();
  }

  private boolean isReceiverPlain() {
    return sensor.responseNonUniformity() == 0
        && reference.iqGainError() == 0
        && reference.iqPhaseError() == 0
        && reference.phaseError() == 0
        && reference.phaseNoise() == 0
        && reference.drift() == 0;
  }

  private boolean isSensorTransparent() {
    return !sensor.shotNoise()
        && readVariance == 0
        && sensor.darkNonUniformity() == 0
        && sensor.adcBits() == 0
        && bench.fullScale() == Double.POSITIVE_INFINITY;
  }

  /** Whether reads are the field times {@link ReadNumbers#countsPerField}, and nothing else. */
  public boolean isProportional() {
    return proportional;
  }

  /** Variance of the read noise in electrons². */
  public double readVariance() {
    return readVariance;
  }

  /** Device seconds that a read takes. */
  public double seconds(Readout readout) {
    return sensor.readPeriod() + readout.exposure();
  }

  /** Digital numbers per electron at a readout's gain. */
  public double gain(Readout readout) {
    return sensor.gain() * readout.gain();
  }

  /**
   * Works a read's numbers out.
   *
   * @param id the caller's frame id
   * @param repeat of the frame
   * @param step how many reads of this frame came before, metering included; separates their noise
   * @param elapsed device seconds since the frame was loaded, see {@link #seconds}
   * @param power of the source relative to the nominal one, see {@link BenchClock#sourcePower}
   * @param into receives the numbers
   */
  public void prepare(
      long id,
      int repeat,
      int step,
      double elapsed,
      Readout readout,
      double power,
      ReadNumbers into) {
    double electrons = electrons(id, repeat, step, readout, power);
    into.electrons = electrons;
    if (proportional) {
      into.countsPerField = (float) (beat(electrons) * gain(readout));
      return;
    }
    into.scale = (float) electrons;
    into.referenceOn = !coherent && readout.referenceOn();
    if (coherent) {
      mix(phaseOff(id, repeat, step, elapsed, readout), beat(electrons), into);
    } else if (readout.referenceOn()) {
      double steps =
          readout.referencePhase()
              + reference.stepError() * readout.referencePhase() / (Math.PI / 2);
      interfere(steps + phaseOff(id, repeat, step, elapsed, readout), into);
    }
    detect(electrons, readout, into);
    into.noiseKey = CounterRandom.key(bench.seed(), id, repeat, step, NoiseStage.SENSOR);
  }

  private double electrons(long id, int repeat, int step, Readout readout, double power) {
    double noise = bench.beam().intensityNoise();
    double factor = 1;
    if (noise > 0) {
      double sigma = Math.sqrt(noise / (2 * readout.exposure()));
      long key = CounterRandom.key(bench.seed(), id, repeat, step, NoiseStage.BEAM);
      factor = Math.max(0, 1 + sigma * NormalQuantile.gaussian(key, NoiseStage.BEAM_INTENSITY));
    }
    return electronsPerSecond * readout.exposure() * power * factor;
  }

  /** Electrons of a coherent read for a field of 1, given those for a power of 1. */
  private double beat(double electrons) {
    return electrons * amplitude * coherence;
  }

  private void mix(double phase, double gain, ReadNumbers into) {
    into.inPhase[0] = (float) (gain * cos(phase));
    into.quadrature[0] = (float) (gain * sin(phase));
    double quadraturePhase = phase + reference.iqPhaseError();
    double quadratureGain = gain * (1 + reference.iqGainError());
    into.inPhase[1] = (float) (-quadratureGain * sin(quadraturePhase));
    into.quadrature[1] = (float) (quadratureGain * cos(quadraturePhase));
  }

  private void interfere(double phase, ReadNumbers into) {
    into.offset = (float) (amplitude * amplitude);
    into.inPhase[0] = (float) (2 * coherence * amplitude * cos(phase));
    into.quadrature[0] = (float) (2 * coherence * amplitude * sin(phase));
  }

  /** What the reference's phase is off by, apart from its steps. */
  private double phaseOff(long id, int repeat, int step, double elapsed, Readout readout) {
    double phase = reference.phaseError();
    if (reference.drift() != 0) {
      phase += reference.drift() * (elapsed + seconds(readout) / 2);
    }
    if (reference.phaseNoise() > 0) {
      long key = CounterRandom.key(bench.seed(), id, repeat, step, NoiseStage.REFERENCE);
      phase += reference.phaseNoise() * NormalQuantile.gaussian(key, 0);
    }
    return phase;
  }

  private void detect(double electrons, Readout readout, ReadNumbers into) {
    double dark = sensor.darkCurrent() * readout.exposure();
    into.dark = coherent ? 0 : (float) dark;
    // Each pair of diodes sees half of both beams and has its shot noise: s(R² + |E|²)/2.
    into.noiseScale = (float) electrons / 2;
    into.noiseConstant = (float) (readVariance + dark + electrons * (amplitude * amplitude) / 2);
    into.gain = (float) gain(readout);
    into.blackLevel = (float) sensor.blackLevel();
    double most = bench.fullScale(readout.gain());
    if (sensor.adcBits() == 0) {
      into.limit = (float) most;
    } else {
      // One code more at either end that is clipped.
      into.limit = (int) most;
      into.mostCode = (int) most + 1;
      into.leastCode = coherent ? -into.mostCode : 0;
    }
  }

  /** Cosine that is exactly 0 or ±1 at multiples of π/2. */
  private static double cos(double phase) {
    double cos = Math.cos(phase);
    return Math.abs(cos) < 1e-15 ? 0 : cos;
  }

  private static double sin(double phase) {
    double sin = Math.sin(phase);
    return Math.abs(sin) < 1e-15 ? 0 : sin;
  }
}
