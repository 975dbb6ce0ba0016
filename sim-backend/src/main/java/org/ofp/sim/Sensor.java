// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.ReadModel;
import org.ofp.optics.ReadNumbers;
import org.ofp.optics.SensorParameters;
import org.ofp.optics.ShotNoise;

/**
 * Stage 6, the sensor after EMVA 1288: expected electrons → digital numbers.
 *
 * <p>Dark current joins the light's electrons, both get shot noise; read noise and the pixel's own
 * dark signal are added; the sum is turned into the nearest digital numbers (mid-tread) and clipped
 * at the full well and the converter's range, by the numbers of a {@link ReadModel}. Immutable,
 * safe for use by several threads.
 */
final class Sensor {
  /** Added and taken away again this rounds: floats from 2^23 to 2^24 are whole numbers. */
  private static final float WHOLE = 0x1.8p23f;

  /** The codes that are rounded with {@link #WHOLE}. */
  private static final int FEW_CODES = 1 << 21;

  /** The float below ½. Above 2^23, where all floats are whole, adding ½ itself would round up. */
  private static final float HALF = 0x1.fffffep-2f;

  private final SensorParameters sensor;
  private final ReadModel model;
  private final boolean coherent;
  private final int pixels;
  private final double readVariance;

  /** DSNU in electrons per plane and pixel; null where there is none. */
  private final float[][] darkSignal;

  /** Of any pixel of the first plane, at least 0. */
  private final float mostDarkSignal;

  Sensor(BenchParameters bench, FrameShape shape, ReadModel model) {
    sensor = bench.sensor();
    this.model = model;
    coherent = bench.readout() == ReadoutMode.COHERENT;
    pixels = shape.pixels();
    readVariance = model.readVariance();
    darkSignal = new FixedPattern(bench, shape).darkSignal(bench.readout().planes());
    float most = 0;
    for (int i = 0; darkSignal != null && i < pixels; i++) {
      most = Math.max(most, darkSignal[0][i]);
    }
    mostDarkSignal = most;
  }

  /**
   * Turns expected electrons of a plane, the workbench's signal, into digital numbers.
   *
   * @param workbench with the field at the sensor and the read's numbers
   * @param power of each pixel, null where it is that of the field
   * @return values that were clipped
   */
  int digitise(Workbench workbench, int plane, float[] power) {
    ReadNumbers numbers = workbench.numbers();
    float[] x = workbench.signal();
    if (numbers.dark() > 0) {
      add(numbers.dark(), x, pixels);
    }
    long key = numbers.noiseKey();
    int first = plane * pixels;
    if (!sensor.shotNoise()) {
      if (readVariance > 0) {
        ShotNoise.addReadNoise(x, 0, pixels, first, readVariance, key, workbench.noise());
      }
    } else if (coherent) {
      float scale = numbers.noiseScale();
      float constant = numbers.noiseConstant();
      float[] z = workbench.normals(key, first);
      if (power == null) {
        addNoise(z, workbench.re(), workbench.im(), pixels, constant, scale, x);
      } else {
        addNoise(z, power, pixels, constant, scale, x);
      }
    } else {
      ShotNoise.apply(x, 0, pixels, first, readVariance, key, workbench.noise());
    }
    return count(x, darkSignal == null ? null : darkSignal[plane], pixels, numbers);
  }

  /** Whether {@link #peak} can be asked. */
  boolean tellsPeak() {
    return !coherent && sensor.shotNoise() && sensor.adcBits() > 0;
  }

  /**
   * The largest count, and how many were clipped: what {@link #digitise} would give, but with noise
   * drawn only for pixels that can be the largest. They are few, since noise is bounded, see {@link
   * ShotNoise#leastMeanFor}. The workbench's signal is left as expected electrons.
   */
  PeakReader.Peak peak(Workbench workbench, Readout readout) {
    ReadNumbers numbers = workbench.numbers();
    float[] x = workbench.signal();
    if (numbers.dark() > 0) {
      add(numbers.dark(), x, pixels);
    }
    Candidates candidates = workbench.candidates();
    candidates.takeBrightest(x, pixels);
    count(candidates, numbers, workbench.noise());
    double electrons = leastElectrons(candidates.greatest(), model.gain(readout));
    candidates.take((float) ShotNoise.leastMeanFor(electrons, readVariance), x, pixels);
    int clipped = count(candidates, numbers, workbench.noise());
    return new PeakReader.Peak(candidates.greatest(), clipped);
  }

  /** The fewest electrons, noise included, that any pixel needs for a count. */
  private double leastElectrons(float count, double gain) {
    double black = sensor.blackLevel();
    double unrounded = count - 0.5;
    double floatRounding = 0.01 + 1e-6 * (count + black);
    return (unrounded - floatRounding - black) / gain - mostDarkSignal;
  }

  private int count(Candidates candidates, ReadNumbers numbers, ShotNoise.Scratch scratch) {
    int n = candidates.size();
    long key = numbers.noiseKey();
    ShotNoise.applyTo(candidates.electrons, candidates.pixels, n, readVariance, key, scratch);
    float[] dark = darkSignal == null ? null : candidates.of(darkSignal[0]);
    return count(candidates.electrons, dark, n, numbers);
  }

  /** Electrons → digital numbers; returns how many were clipped. */
  private int count(float[] x, float[] dark, int n, ReadNumbers numbers) {
    if (dark == null) {
      amplify(x, n, numbers.gain(), numbers.blackLevel());
    } else {
      amplify(x, dark, n, numbers.gain(), numbers.blackLevel());
    }
    if (sensor.adcBits() > 0) {
      convert(x, n, numbers.leastCode(), numbers.mostCode());
    }
    return numbers.limit() == Float.POSITIVE_INFINITY ? 0 : clip(x, n, numbers.limit());
  }

  private static void add(float value, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += value;
    }
  }

  /** Adds normal numbers times √(constant + scale·|E|²). */
  private static void addNoise(
      float[] z, float[] re, float[] im, int n, float constant, float scale, float[] x) {
    for (int i = 0; i < n; i++) {
      float light = re[i] * re[i] + im[i] * im[i];
      x[i] += (float) Math.sqrt(constant + scale * light) * z[i];
    }
  }

  private static void addNoise(
      float[] z, float[] power, int n, float constant, float scale, float[] x) {
    for (int i = 0; i < n; i++) {
      x[i] += (float) Math.sqrt(constant + scale * power[i]) * z[i];
    }
  }

  private static void amplify(float[] x, int n, float gain, float black) {
    for (int i = 0; i < n; i++) {
      x[i] = gain * x[i] + black;
    }
  }

  private static void amplify(float[] x, float[] dark, int n, float gain, float black) {
    for (int i = 0; i < n; i++) {
      x[i] = gain * (x[i] + dark[i]) + black;
    }
  }

  private static void convert(float[] x, int n, int least, int most) {
    if (most < FEW_CODES) {
      round(x, n, least, most);
    } else {
      roundToMany(x, n, least, most);
    }
  }

  private static void round(float[] x, int n, float least, float most) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(least, Math.min(most, x[i])) + WHOLE - WHOLE;
    }
  }

  /** By casts: {@link Math#round} costs several times as much. */
  private static void roundToMany(float[] x, int n, int least, int most) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(least, Math.min(most, (int) (x[i] + Math.copySign(HALF, x[i]))));
    }
  }

  private static int clip(float[] x, int n, float max) {
    int clipped = 0;
    for (int i = 0; i < n; i++) {
      if (Math.abs(x[i]) > max) {
        x[i] = Math.copySign(max, x[i]);
        clipped++;
      }
    }
    return clipped;
  }
}
