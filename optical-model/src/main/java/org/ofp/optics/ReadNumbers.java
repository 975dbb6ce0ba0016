// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.ReadoutMode;

/**
 * What stages 5 and 6 do to one read of one frame, as numbers in the precision in which pixels are
 * computed; made by {@link ReadModel#prepare}, and used again and again. With E = re + i·im the
 * field at a pixel and P its power, which is |E|² unless it was averaged over the pixel ({@link
 * PowerTables}), the electrons expected are
 *
 * <pre>
 *   scale·P                                                       reference blocked
 *   scale·max(P + offset + inPhase·re + quadrature·im, 0)         reference on
 *   inPhase·re + quadrature·im                                    coherent, per plane
 * </pre>
 *
 * <p>times the pixel's responsivity. A square-law sensor adds {@link #dark}. Noise of {@link
 * #noiseKey} follows by {@link ShotNoise}, or, of a coherent receiver with shot noise, {@code
 * √(noiseConstant + noiseScale·P)·z}. The sum with the pixel's dark signal times {@link #gain} plus
 * {@link #blackLevel} is rounded if the sensor has a converter, limited to {@link #leastCode} and
 * {@link #mostCode}, and clipped at ±{@link #limit}.
 *
 * <p>A mutable holder, so that reads allocate nothing; not thread-safe.
 */
public final class ReadNumbers {
  double electrons;
  float scale;
  boolean referenceOn;
  float offset;
  final float[] inPhase = new float[2];
  final float[] quadrature = new float[2];
  long noiseKey;
  float dark;
  float noiseConstant;
  float noiseScale;
  float countsPerField;
  float gain;
  float blackLevel;
  float limit;
  int leastCode;
  int mostCode;

  /** Electrons for a power of 1, in this exposure. */
  double electrons() {
    return electrons;
  }

  /** The same as a factor of the power; not of a coherent readout. */
  public float scale() {
    return scale;
  }

  /** Whether a square-law sensor sees the reference beam, too. */
  public boolean isReferenceOn() {
    return referenceOn;
  }

  /** Power of the reference beam; with {@link #isReferenceOn}. */
  public float offset() {
    return offset;
  }

  /**
   * Factor of the field's real part; of a square-law sensor with {@link #isReferenceOn}.
   *
   * @param plane 0, or 1 with {@link ReadoutMode#COHERENT}
   */
  public float inPhase(int plane) {
    return inPhase[plane];
  }

  /** Factor of the field's imaginary part, as {@link #inPhase}. */
  public float quadrature(int plane) {
    return quadrature[plane];
  }

  /** Key of the sensor's noise, see {@link CounterRandom}; plane 1 goes on where plane 0 ends. */
  public long noiseKey() {
    return noiseKey;
  }

  /** Electrons of the dark current that are added before the noise; 0 of a coherent readout. */
  public float dark() {
    return dark;
  }

  /** Variance in the dark of a coherent readout with shot noise, in electrons². */
  public float noiseConstant() {
    return noiseConstant;
  }

  /** How much a power of 1 adds to that. */
  public float noiseScale() {
    return noiseScale;
  }

  /** Digital numbers for a field of 1, where {@link ReadModel#isProportional}. */
  public float countsPerField() {
    return countsPerField;
  }

  /** Digital numbers per electron. */
  public float gain() {
    return gain;
  }

  /** Digital number of the dark. */
  public float blackLevel() {
    return blackLevel;
  }

  /** Largest magnitude of a digital number; those beyond it saturate. Infinite if there is none. */
  public float limit() {
    return limit;
  }

  /** With a converter, the least number before clipping: one more than clips, or 0. */
  public int leastCode() {
    return leastCode;
  }

  /** With a converter, the largest number before clipping: one more than {@link #limit}. */
  public int mostCode() {
    return mostCode;
  }
}
