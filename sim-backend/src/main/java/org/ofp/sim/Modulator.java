// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.Display;
import org.ofp.optics.Drive;
import org.ofp.optics.ModulatorTables;

/**
 * Stage 1, the SLM: requested amplitude → {@link Drive} → {@link Crosstalk} → {@link PanelMemory} →
 * {@link Display} → bad pixels.
 *
 * <p>Where every pixel stands for itself and its phase has levels, the last steps are one look-up;
 * where the modulator is continuous and linear there is nothing to do but to clamp: see {@link
 * ModulatorTables}. Immutable apart from the panel's memory, which the caller guards; else safe for
 * use by several threads.
 */
final class Modulator {
  private final FrameShape shape;
  private final Drive drive;
  private final Display display;
  private final Crosstalk crosstalk;
  private final ModulatorTables tables;
  private final int[] badPixels;
  private final float[] badAmplitudes;

  Modulator(BenchParameters bench, FrameShape shape, FftKernel fft) {
    this.shape = shape;
    double sigma = bench.slm().crosstalk();
    crosstalk = sigma == 0 ? null : new Crosstalk(sigma, shape, fft);
    tables = new ModulatorTables(bench, shape);
    drive = tables.drive();
    display = tables.display();
    badPixels = tables.badPixels();
    badAmplitudes = tables.badAmplitudes();
  }

  /** Whether frames are shown as they are, apart from the clamp. */
  boolean isTransparent() {
    return tables.isTransparent();
  }

  /**
   * Replaces requested frames by displayed ones.
   *
   * @param a {@code count} frames from index 0
   * @param excess whether any |a| exceeds 1, by rounding; the other frames need not be looked
   *     through again
   * @param memory null on a panel that settles at once
   * @param lanes of this thread
   */
  void modulate(float[] a, int count, boolean excess, PanelMemory memory, Lanes lanes) {
    int n = count * shape.pixels();
    if (tables.isContinuous()) {
      if (excess) {
        clamp(a, n);
      }
    } else if (tables.isLookUp()) {
      lookUp(a, n, tables.magnitudes(), tables.circle(), lanes);
    } else {
      drive.set(a, 0, n);
      for (int frame = 0; frame < count; frame++) {
        int offset = 2 * shape.pixels() * frame;
        if (crosstalk != null) {
          crosstalk.blur(a, offset);
        }
        if (memory != null) {
          memory.settle(a, offset, shape);
        }
      }
      display.show(a, 0, n);
    }
    for (int frame = 0; frame < count; frame++) {
      showBadPixels(a, 2 * shape.pixels() * frame);
    }
  }

  private void showBadPixels(float[] a, int offset) {
    for (int i = 0; i < badPixels.length; i++) {
      a[offset + 2 * badPixels[i]] = badAmplitudes[2 * i];
      a[offset + 2 * badPixels[i] + 1] = badAmplitudes[2 * i + 1];
    }
  }

  private static void clamp(float[] a, int n) {
    for (int i = 0; i < 2 * n; i += 2) {
      float power = a[i] * a[i] + a[i + 1] * a[i + 1];
      if (power > 1) {
        float scale = (float) (1 / Math.sqrt(power));
        a[i] *= scale;
        a[i + 1] *= scale;
      }
    }
  }

  /**
   * The nearest levels of amplitude and phase. 3.4 ns a pixel on one core (JDK 17, 3.9 GHz), a
   * third of it for taking pixels apart and together; 10 ns pixel by pixel.
   */
  private static void lookUp(float[] a, int n, float[] magnitudes, float[] circle, Lanes lanes) {
    float perRadian = (float) (circle.length / (4 * Math.PI));
    float[] magnitude = lanes.a;
    float[] level = lanes.b;
    for (int done = 0; done < n; done += Lanes.BLOCK) {
      int length = Math.min(Lanes.BLOCK, n - done);
      lanes.split(a, 2 * done, length);
      magnitudes(lanes.re, lanes.im, length, magnitude);
      if (magnitudes != null) {
        index(magnitude, length, magnitudes.length - 1);
        lookUp(magnitude, length, magnitudes);
      }
      Phase.of(lanes.re, lanes.im, length, level);
      index(level, length, perRadian);
      show(magnitude, level, length, circle, a, 2 * done);
    }
  }

  private static void magnitudes(float[] re, float[] im, int n, float[] magnitude) {
    for (int i = 0; i < n; i++) {
      magnitude[i] = Math.min(1, (float) Math.sqrt(re[i] * re[i] + im[i] * im[i]));
    }
  }

  /**
   * Leaves the whole number nearest to {@code scale·x} in the low bits of x: floats from 2^23 to
   * 2^24 are whole numbers. A cast per look-up costs 0.3 ns more.
   */
  private static void index(float[] x, int n, float scale) {
    for (int i = 0; i < n; i++) {
      x[i] = scale * x[i] + 0x1.8p23f;
    }
  }

  // The lengths of tables are powers of two, and with a mask they need no bounds checks.

  private static void lookUp(float[] x, int n, float[] table) {
    for (int i = 0; i < n; i++) {
      x[i] = table[Float.floatToRawIntBits(x[i]) & (table.length - 1)];
    }
  }

  private static void show(
      float[] magnitude, float[] level, int n, float[] circle, float[] a, int target) {
    for (int i = 0; i < n; i++) {
      int k = 2 * Float.floatToRawIntBits(level[i]) & (circle.length - 2);
      a[target + 2 * i] = magnitude[i] * circle[k];
      a[target + 2 * i + 1] = magnitude[i] * circle[k + 1];
    }
  }
}
