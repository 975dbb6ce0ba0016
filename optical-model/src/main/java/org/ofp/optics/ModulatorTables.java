// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;

/**
 * Stage 1, the SLM, as tables for frames of one shape, and which of three ways shows a frame:
 *
 * <ul>
 *   <li>{@link #isContinuous}: amplitudes are shown as they are, apart from a clamp to |a| ≤ 1.
 *   <li>{@link #isLookUp}: every pixel stands for itself and its phase has levels. The magnitude is
 *       that at index {@code steps·|a|} of {@link #magnitudes}, or |a| itself, the phase that at
 *       index {@code levels·arg(a)/2π} of {@link #circle}, both rounded.
 *   <li>Else {@link #drive}, crosstalk ({@link CrosstalkTransfer}), {@link Settling} and {@link
 *       #display}, one after the other.
 * </ul>
 *
 * <p>Then the {@link #badPixels} show what they always do. Immutable; the arrays are shared and
 * must not be written to.
 */
public final class ModulatorTables {
  private final FrameShape shape;
  private final Drive drive;
  private final Display display;
  private final boolean continuous;
  private final float[] magnitudes;
  private final float[] circle;
  private final int[] badPixels;
  private final float[] badAmplitudes;

  /** The modulator of a bench, for frames of one shape. */
  public ModulatorTables(BenchParameters bench, FrameShape shape) {
    SlmParameters slm = bench.slm();
    this.shape = shape;
    drive = new Drive(slm);
    display = new Display(slm);
    boolean linear =
        !slm.iqDrive()
            && slm.modulation() == Modulation.COMPLEX
            && slm.amplitudeResponse().isLinear()
            && slm.floor() == 0;
    boolean alone = slm.crosstalk() == 0 && slm.settle() == 0;
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

  /** Requested amplitude → drives. */
  public Drive drive() {
    return drive;
  }

  /** Drives → displayed amplitude. */
  public Display display() {
    return display;
  }

  /** Whether good pixels show what is asked for, apart from the clamp. */
  public boolean isContinuous() {
    return continuous;
  }

  /** Whether every pixel shows that, so that nothing has to be done but to clamp. */
  public boolean isTransparent() {
    return continuous && badPixels.length == 0;
  }

  /** Whether {@link #circle} is to be used. */
  public boolean isLookUp() {
    return circle != null;
  }

  /**
   * Displayed amplitude of every amplitude level, 2^bits values; null where amplitudes are shown as
   * they are or by the third way.
   */
  public float[] magnitudes() {
    return magnitudes;
  }

  /** cos and sin of every phase level, interleaved, 2·2^bits values; null unless looked up. */
  public float[] circle() {
    return circle;
  }

  /** Indices in the frame of the pixels that do not follow their drive, ascending. */
  public int[] badPixels() {
    return badPixels;
  }

  /** What they show, interleaved. */
  public float[] badAmplitudes() {
    return badAmplitudes;
  }
}
