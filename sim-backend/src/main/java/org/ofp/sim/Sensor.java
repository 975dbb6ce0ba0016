// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CounterRandom;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.NoiseStage;
import org.ofp.optics.SensorParameters;
import org.ofp.optics.ShotNoise;

/**
 * Stage 6, the sensor after EMVA 1288: expected electrons → digital numbers.
 *
 * <p>Dark current joins the light's electrons, both get shot noise; read noise and the pixel's own
 * dark signal are added; the sum is turned into the nearest digital numbers (mid-tread) and clipped
 * at the full well and the converter's range. A balanced coherent receiver has the shot noise of
 * oscillator and signal, and its dark currents cancel. Immutable, safe for use by several threads.
 */
final class Sensor {
  /** Added and taken away again this rounds: floats from 2^23 to 2^24 are whole numbers. */
  private static final float WHOLE = 0x1.8p23f;

  /** The codes that are rounded with {@link #WHOLE}. */
  private static final int FEW_CODES = 1 << 21;

  /** The float below ½. Above 2^23, where all floats are whole, adding ½ itself would round up. */
  private static final float HALF = 0x1.fffffep-2f;

  private final BenchParameters bench;
  private final SensorParameters sensor;
  private final boolean coherent;
  private final int pixels;
  private final double readVariance;

  /** DSNU in electrons per plane and pixel; null where there is none. */
  private final float[][] darkSignal;

  /** Of any pixel of the first plane, at least 0. */
  private final float mostDarkSignal;

  Sensor(BenchParameters bench, FrameShape shape) {
    this.bench = bench;
    sensor = bench.sensor();
    coherent = bench.readout() == ReadoutMode.COHERENT;
    pixels = shape.pixels();
    readVariance = sensor.readNoise() * sensor.readNoise();
    darkSignal = new FixedPattern(bench, shape).darkSignal(bench.readout().planes());
    float most = 0;
    for (int i = 0; darkSignal != null && i < pixels; i++) {
      most = Math.max(most, darkSignal[0][i]);
    }
    mostDarkSignal = most;
  }

  /** Whether digital numbers are the expected electrons times the gain. */
  boolean isTransparent() {
    return coherent
        && !sensor.shotNoise()
        && readVariance == 0
        && darkSignal == null
        && sensor.adcBits() == 0
        && bench.fullScale() == Double.POSITIVE_INFINITY;
  }

  /** Digital numbers per electron at a readout's gain. */
  double gain(Readout readout) {
    return sensor.gain() * readout.gain();
  }

  /**
   * Turns expected electrons of a plane, the workbench's signal, into digital numbers.
   *
   * @param workbench with the field at the sensor
   * @param step how many reads of this frame came before; separates their noise
   * @param electrons of the light for a power of 1
   * @param oscillator power of the local oscillator, for a coherent readout
   * @param power of each pixel, null where it is that of the field
   * @return values that were clipped
   */
  int digitise(
      Workbench workbench,
      int plane,
      int step,
      Readout readout,
      double electrons,
      double oscillator,
      float[] power) {
    float[] x = workbench.signal();
    double dark = sensor.darkCurrent() * readout.exposure();
    if (dark > 0 && !coherent) {
      add((float) dark, x, pixels);
    }
    long key = key(workbench, step);
    int first = plane * pixels;
    if (!sensor.shotNoise()) {
      if (readVariance > 0) {
        ShotNoise.addReadNoise(x, 0, pixels, first, readVariance, key, workbench.noise());
      }
    } else if (coherent) {
      // Each pair of diodes sees half of both beams and has its shot noise: s(R² + |E|²)/2.
      float scale = (float) electrons / 2;
      float constant = (float) (readVariance + dark + electrons * oscillator / 2);
      float[] z = workbench.normals(key, first);
      if (power == null) {
        addNoise(z, workbench.re(), workbench.im(), pixels, constant, scale, x);
      } else {
        addNoise(z, power, pixels, constant, scale, x);
      }
    } else {
      ShotNoise.apply(x, 0, pixels, first, readVariance, key, workbench.noise());
    }
    return count(x, darkSignal == null ? null : darkSignal[plane], pixels, readout);
  }

  private long key(Workbench workbench, int step) {
    int frame = workbench.current();
    return CounterRandom.key(
        bench.seed(), workbench.frameId(frame), workbench.repeat(frame), step, NoiseStage.SENSOR);
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
  PeakReader.Peak peak(Workbench workbench, int step, Readout readout) {
    float[] x = workbench.signal();
    double dark = sensor.darkCurrent() * readout.exposure();
    if (dark > 0) {
      add((float) dark, x, pixels);
    }
    long key = key(workbench, step);
    Candidates candidates = workbench.candidates();
    candidates.takeBrightest(x, pixels);
    count(candidates, readout, key, workbench.noise());
    double electrons = leastElectrons(candidates.greatest(), gain(readout));
    candidates.take((float) ShotNoise.leastMeanFor(electrons, readVariance), x, pixels);
    int clipped = count(candidates, readout, key, workbench.noise());
    return new PeakReader.Peak(candidates.greatest(), clipped);
  }

  /** The fewest electrons, noise included, that any pixel needs for a count. */
  private double leastElectrons(float count, double gain) {
    double black = sensor.blackLevel();
    double unrounded = count - 0.5;
    double floatRounding = 0.01 + 1e-6 * (count + black);
    return (unrounded - floatRounding - black) / gain - mostDarkSignal;
  }

  private int count(Candidates candidates, Readout readout, long key, ShotNoise.Scratch scratch) {
    int n = candidates.size();
    ShotNoise.applyTo(candidates.electrons, candidates.pixels, n, readVariance, key, scratch);
    float[] dark = darkSignal == null ? null : candidates.of(darkSignal[0]);
    return count(candidates.electrons, dark, n, readout);
  }

  /** Electrons → digital numbers; returns how many were clipped. */
  private int count(float[] x, float[] dark, int n, Readout readout) {
    float gain = (float) gain(readout);
    if (dark == null) {
      amplify(x, n, gain, (float) sensor.blackLevel());
    } else {
      amplify(x, dark, n, gain, (float) sensor.blackLevel());
    }
    return convert(x, n, bench.fullScale(readout.gain()));
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

  private int convert(float[] x, int n, double max) {
    if (sensor.adcBits() == 0) {
      return max == Double.POSITIVE_INFINITY ? 0 : clip(x, n, (float) max);
    }
    // One code more at either end that is clipped.
    int most = (int) max + 1;
    int least = coherent ? -most : 0;
    if (most < FEW_CODES) {
      round(x, n, least, most);
    } else {
      roundToMany(x, n, least, most);
    }
    return clip(x, n, (int) max);
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
