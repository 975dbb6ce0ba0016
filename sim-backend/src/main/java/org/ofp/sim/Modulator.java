// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.SlmParameters;

/**
 * Stage 1, the SLM: requested amplitude → {@link Drive} → {@link Crosstalk} → {@link PanelMemory} →
 * {@link Display} → bad pixels.
 *
 * <p>Where every pixel stands for itself and its phase has levels, the last steps are one look-up;
 * where the modulator is continuous and linear there is nothing to do but to clamp. Immutable apart
 * from the panel's memory, which the caller guards; else safe for use by several threads.
 */
final class Modulator {
  private final FrameShape shape;
  private final Drive drive;
  private final Display display;
  private final Crosstalk crosstalk;
  private final boolean continuous;

  /** Displayed amplitude of every amplitude level; null where amplitudes are shown as they are. */
  private final float[] magnitudes;

  /** cos and sin of every phase level, interleaved; null where the look-up cannot be used. */
  private final float[] circle;

  /** Pixels that do not follow their drive, and what they show, interleaved. */
  private final int[] badPixels;

  private final float[] badAmplitudes;

  Modulator(BenchParameters bench, FrameShape shape, FftKernel fft) {
    SlmParameters slm = bench.slm();
    this.shape = shape;
    drive = new Drive(slm);
    display = new Display(slm);
    crosstalk = slm.crosstalk() == 0 ? null : new Crosstalk(slm.crosstalk(), shape, fft);
    boolean linear =
        !slm.iqDrive()
            && slm.modulation() == Modulation.COMPLEX
            && slm.amplitudeResponse().isLinear()
            && slm.floor() == 0;
    boolean alone = crosstalk == null && slm.settle() == 0;
    continuous =
        alone
            && linear
            && slm.amplitudeBits() == 0
            && slm.phaseBits() == 0
            && slm.phaseResponse().isLinear()
            && slm.phaseRange() == 2 * Math.PI;
    boolean levels =
        alone
            && slm.phaseBits() > 0
            && (slm.amplitudeBits() > 0 || linear)
            && slm.modulation() != Modulation.AMPLITUDE_ONLY;
    magnitudes =
        levels && slm.amplitudeBits() > 0 ? magnitudes((1 << slm.amplitudeBits()) - 1) : null;
    circle = levels ? circle(1 << slm.phaseBits()) : null;
    FixedPattern pattern = new FixedPattern(bench, shape);
    badPixels = badPixels(pattern);
    badAmplitudes = badAmplitudes(pattern);
  }

  private float[] magnitudes(int steps) {
    float[] magnitudes = new float[steps + 1];
    for (int level = 0; level <= steps; level++) {
      magnitudes[level] = (float) display.magnitude((double) level / steps);
    }
    return magnitudes;
  }

  private float[] circle(int levels) {
    float[] circle = new float[2 * levels];
    for (int level = 0; level < levels; level++) {
      double phase = display.angle((double) level / levels);
      circle[2 * level] = (float) Math.cos(phase);
      circle[2 * level + 1] = (float) Math.sin(phase);
    }
    return circle;
  }

  private int[] badPixels(FixedPattern pattern) {
    return pattern.hasBadPixels()
        ? IntStream.range(0, shape.pixels())
            .filter(i -> pattern.isDead(i) || pattern.isStuck(i))
            .toArray()
        : new int[0];
  }

  private float[] badAmplitudes(FixedPattern pattern) {
    float[] amplitudes = new float[2 * badPixels.length];
    for (int i = 0; i < badPixels.length; i++) {
      if (pattern.isStuck(badPixels[i])) {
        amplitudes[2 * i] = (float) pattern.stuckDrive(badPixels[i], 0);
        amplitudes[2 * i + 1] = (float) pattern.stuckDrive(badPixels[i], 1);
        display.show(amplitudes, 2 * i, 1);
      }
    }
    return amplitudes;
  }

  /** Whether frames are shown as they are, apart from the clamp. */
  boolean isTransparent() {
    return continuous && badPixels.length == 0;
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
    if (continuous) {
      if (excess) {
        clamp(a, n);
      }
    } else if (circle != null) {
      lookUp(a, n, magnitudes, circle, lanes);
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
