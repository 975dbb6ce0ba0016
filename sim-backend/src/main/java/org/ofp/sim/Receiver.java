// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CounterRandom;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.NoiseStage;
import org.ofp.optics.NormalQuantile;
import org.ofp.optics.ReferenceParameters;

/**
 * Stage 5, reference beam and readout: field and power at the sensor's pixels → expected electrons.
 *
 * <p>A square-law sensor gets {@code |E|² + R² + 2γR(Re E·cos θ + Im E·sin θ)}, a coherent receiver
 * gives {@code γR·Re(E·exp(−iθ))} and the quadrature of it. γ is the visibility times what flicker
 * leaves of the coherent part. The reference's phase is off by its step error, a constant, noise
 * from read to read and drift since the frame was loaded; the source's intensity noise is common to
 * both beams. Immutable, safe for use by several threads.
 */
final class Receiver {
  private final BenchParameters bench;
  private final ReferenceParameters reference;
  private final int pixels;
  private final double electronsPerSecond;
  private final double amplitude;
  private final double coherence;

  /** PRNU, factors per plane and pixel; null where all are 1. */
  private final float[][] responsivity;

  Receiver(BenchParameters bench, FrameShape shape) {
    this.bench = bench;
    reference = bench.reference();
    pixels = shape.pixels();
    electronsPerSecond = bench.electronsPerSecond();
    amplitude = reference.amplitude() * (1 + reference.gainError());
    coherence = bench.coherence();
    responsivity = new FixedPattern(bench, shape).responsivity(planes());
  }

  /** Whether a coherent read is the field times a number. */
  boolean isProportional() {
    return bench.readout() == ReadoutMode.COHERENT
        && responsivity == null
        && reference.iqGainError() == 0
        && reference.iqPhaseError() == 0
        && reference.phaseError() == 0
        && reference.phaseNoise() == 0
        && reference.drift() == 0;
  }

  /**
   * Electrons for a power of 1, in this exposure.
   *
   * @param power of the source relative to the nominal one
   */
  double electrons(Workbench workbench, int step, Readout readout, double power) {
    double noise = bench.beam().intensityNoise();
    double factor = 1;
    if (noise > 0) {
      double sigma = Math.sqrt(noise / (2 * readout.exposure()));
      factor =
          Math.max(
              0, 1 + sigma * normal(workbench, step, NoiseStage.BEAM, NoiseStage.BEAM_INTENSITY));
    }
    return electronsPerSecond * readout.exposure() * power * factor;
  }

  /** Values per pixel. */
  int planes() {
    return bench.readout().planes();
  }

  /** Electrons of a coherent read for a field of 1, given those for a power of 1. */
  double beat(double electrons) {
    return electrons * amplitude * coherence;
  }

  /** Power of the local oscillator in units of F². */
  double oscillatorPower() {
    return amplitude * amplitude;
  }

  /**
   * The expected electrons of a plane of a read, into the workbench's signal.
   *
   * @param workbench with the field at the sensor
   * @param step how many reads of this frame came before
   * @param electrons for a power of 1
   * @param power of each pixel, null where it is that of the field
   */
  void receive(
      Workbench workbench, int plane, int step, Readout readout, double electrons, float[] power) {
    float[] re = workbench.re();
    float[] im = workbench.im();
    float[] out = workbench.signal();
    float scale = (float) electrons;
    if (bench.readout() == ReadoutMode.COHERENT) {
      double phase = phaseOff(workbench, step, readout);
      double gain = beat(electrons);
      if (plane == 0) {
        mix(re, im, pixels, (float) (gain * cos(phase)), (float) (gain * sin(phase)), out);
      } else {
        phase += reference.iqPhaseError();
        gain *= 1 + reference.iqGainError();
        mix(re, im, pixels, (float) (-gain * sin(phase)), (float) (gain * cos(phase)), out);
      }
    } else if (readout.referenceOn()) {
      double phase =
          readout.referencePhase()
              + reference.stepError() * readout.referencePhase() / (Math.PI / 2)
              + phaseOff(workbench, step, readout);
      float offset = (float) (amplitude * amplitude);
      float inPhase = (float) (2 * coherence * amplitude * cos(phase));
      float quadrature = (float) (2 * coherence * amplitude * sin(phase));
      if (power == null) {
        interfere(re, im, pixels, scale, offset, inPhase, quadrature, out);
      } else {
        interfere(re, im, power, pixels, scale, offset, inPhase, quadrature, out);
      }
    } else if (power == null) {
      square(re, im, pixels, scale, out);
    } else {
      copy(power, pixels, scale, out);
    }
    if (responsivity != null) {
      respond(responsivity[plane], pixels, out);
    }
  }

  /** What the reference's phase is off by, apart from its steps. */
  private double phaseOff(Workbench workbench, int step, Readout readout) {
    double phase = reference.phaseError();
    if (reference.drift() != 0) {
      double period = bench.sensor().readPeriod() + readout.exposure();
      phase += reference.drift() * (workbench.elapsed() + period / 2);
    }
    if (reference.phaseNoise() > 0) {
      phase += reference.phaseNoise() * normal(workbench, step, NoiseStage.REFERENCE, 0);
    }
    return phase;
  }

  private double normal(Workbench workbench, int step, int stage, int index) {
    int i = workbench.current();
    long key =
        CounterRandom.key(bench.seed(), workbench.frameId(i), workbench.repeat(i), step, stage);
    return NormalQuantile.gaussian(key, index);
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

  // All arrays from index 0: with an offset into one of them the loops take six times as long.

  private static void mix(float[] re, float[] im, int n, float cos, float sin, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = cos * re[i] + sin * im[i];
    }
  }

  private static void square(float[] re, float[] im, int n, float scale, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = scale * (re[i] * re[i] + im[i] * im[i]);
    }
  }

  private static void copy(float[] power, int n, float scale, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = scale * power[i];
    }
  }

  // The dark fringe of equal amplitudes may round to just below zero.

  private static void interfere(
      float[] re, float[] im, int n, float scale, float offset, float cos, float sin, float[] out) {
    for (int i = 0; i < n; i++) {
      float power = re[i] * re[i] + im[i] * im[i] + offset;
      out[i] = scale * Math.max(power + cos * re[i] + sin * im[i], 0f);
    }
  }

  private static void interfere(
      float[] re,
      float[] im,
      float[] power,
      int n,
      float scale,
      float offset,
      float cos,
      float sin,
      float[] out) {
    for (int i = 0; i < n; i++) {
      float light = power[i] + offset + cos * re[i] + sin * im[i];
      out[i] = scale * Math.max(light, 0f);
    }
  }

  private static void respond(float[] responsivity, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] *= responsivity[i];
    }
  }
}
