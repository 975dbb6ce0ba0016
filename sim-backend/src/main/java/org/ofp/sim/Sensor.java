// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CounterRandom;
import org.ofp.optics.ShotNoise;

/**
 * Stages 5 and 6, reference beam and sensor: field at the sensor's pixels → digital numbers.
 *
 * <p>A square-law sensor sees {@code |E|² + R² + 2R(Re E·cos θ + Im E·sin θ)}; a coherent receiver
 * sees both quadratures. Electrons get shot and read noise, are clipped at the full well, turned
 * into digital numbers with rounding (mid-tread), and clipped again at the converter's range.
 * Immutable, safe for use by several threads.
 */
final class Sensor {
  /** Stage numbers in the keys of random numbers. */
  private static final int STAGE_SENSOR = 6;

  /** The float below ½. Above 2^23, where all floats are whole, adding ½ itself would round up. */
  private static final float HALF = 0x1.fffffep-2f;

  private final BenchParameters bench;
  private final boolean coherent;
  private final double electronsPerSecond;
  private final double readVariance;

  Sensor(BenchParameters bench) {
    this.bench = bench;
    coherent = bench.readout() == ReadoutMode.COHERENT;
    electronsPerSecond = bench.electronsPerSecond() * (coherent ? bench.referenceAmplitude() : 1);
    readVariance = bench.readNoise() * bench.readNoise();
  }

  /**
   * Reads once.
   *
   * @param re quadratures of the field at the sensor, {@code n} values each, as {@code im}
   * @param step how many reads of this frame came before; separates their noise
   * @param scratch room for {@code n} values
   * @param counts receives {@code planes·n} digital numbers from {@code target}
   * @return values that were clipped
   */
  int read(
      float[] re,
      float[] im,
      int n,
      Readout readout,
      long frameId,
      int repeat,
      int step,
      float[] scratch,
      float[] counts,
      int target) {
    double electrons = electronsPerSecond * readout.exposure();
    if (coherent) {
      scale(re, n, (float) electrons, counts, target);
      scale(im, n, (float) electrons, counts, target + n);
    } else if (readout.referenceOn()) {
      double reference = bench.referenceAmplitude();
      interfere(
          re,
          im,
          n,
          (float) electrons,
          (float) (reference * reference),
          (float) (2 * reference * exactCos(readout.referencePhase())),
          (float) (2 * reference * exactCos(readout.referencePhase() - Math.PI / 2)),
          counts,
          target);
    } else {
      square(re, im, n, (float) electrons, counts, target);
    }
    int values = coherent ? 2 * n : n;
    addNoise(counts, target, values, readout.exposure(), frameId, repeat, step, scratch);
    return digitise(counts, target, values, readout.gain());
  }

  /** Cosine that is exactly 0 or ±1 at multiples of π/2. */
  private static double exactCos(double phase) {
    double cos = Math.cos(phase);
    return Math.abs(cos) < 1e-15 ? 0 : cos;
  }

  private static void scale(float[] e, int n, float electrons, float[] out, int target) {
    for (int i = 0; i < n; i++) {
      out[target + i] = electrons * e[i];
    }
  }

  private static void square(
      float[] re, float[] im, int n, float electrons, float[] out, int target) {
    for (int i = 0; i < n; i++) {
      out[target + i] = electrons * (re[i] * re[i] + im[i] * im[i]);
    }
  }

  private static void interfere(
      float[] re,
      float[] im,
      int n,
      float electrons,
      float referencePower,
      float cos,
      float sin,
      float[] out,
      int target) {
    for (int i = 0; i < n; i++) {
      float power = re[i] * re[i] + im[i] * im[i] + referencePower;
      // The dark fringe of equal amplitudes may round to just below zero.
      out[target + i] = electrons * Math.max(power + cos * re[i] + sin * im[i], 0f);
    }
  }

  private void addNoise(
      float[] electrons,
      int from,
      int n,
      double exposure,
      long frameId,
      int repeat,
      int step,
      float[] scratch) {
    if (!bench.shotNoise() && readVariance == 0) {
      return;
    }
    long key = CounterRandom.key(bench.seed(), frameId, repeat, step, STAGE_SENSOR);
    if (bench.shotNoise() && !coherent) {
      ShotNoise.apply(electrons, from, n, 0, readVariance, key, scratch);
      return;
    }
    double variance = readVariance + (coherent ? oscillatorVariance(exposure) : 0);
    for (int i = 0; i < n; i++) {
      electrons[from + i] += (float) ShotNoise.readNoise(variance, key, i);
    }
  }

  /** Shot noise of a balanced receiver is that of its local oscillator. */
  private double oscillatorVariance(double exposure) {
    double reference = bench.referenceAmplitude();
    return bench.shotNoise() ? bench.electronsPerSecond() * exposure * reference * reference : 0;
  }

  private int digitise(float[] counts, int from, int n, double readoutGain) {
    double gain = bench.gain() * readoutGain;
    double max = bench.fullScale(readoutGain);
    if (bench.adcBits() == 0) {
      return analogue(counts, from, n, (float) gain, (float) bench.blackLevel(), (float) max);
    }
    float black = (float) bench.blackLevel();
    return coherent
        ? bipolar(counts, from, n, (float) gain, black, (int) max)
        : unipolar(counts, from, n, (float) gain, black, (int) max);
  }

  private static int analogue(float[] x, int from, int n, float gain, float black, float max) {
    int clipped = 0;
    for (int i = from; i < from + n; i++) {
      float dn = gain * x[i] + black;
      clipped += Math.abs(dn) > max ? 1 : 0;
      x[i] = Math.max(-max, Math.min(max, dn));
    }
    return clipped;
  }

  // Rounding half away from zero, by casts: Math.round costs several times as much.

  private static int unipolar(float[] x, int from, int n, float gain, float black, int max) {
    int clipped = 0;
    for (int i = from; i < from + n; i++) {
      int code = (int) (gain * x[i] + black + HALF);
      clipped += code > max ? 1 : 0;
      x[i] = Math.max(0, Math.min(max, code));
    }
    return clipped;
  }

  private static int bipolar(float[] x, int from, int n, float gain, float black, int max) {
    int clipped = 0;
    for (int i = from; i < from + n; i++) {
      float dn = gain * x[i] + black;
      int code = (int) (dn + Math.copySign(HALF, dn));
      clipped += code > max || code < -max ? 1 : 0;
      x[i] = Math.max(-max, Math.min(max, code));
    }
    return clipped;
  }
}
