// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.LightTables;
import org.ofp.optics.PointedBeam;

/**
 * Stages 2 to 4 for frames of one shape: displayed amplitude → light in the modulator's plane →
 * {@link Lens} → field, and {@link PixelPower power}, at the sensor's pixels.
 *
 * <p>What does not depend on the frame is tabulated: the {@link LightTables}, and the light that
 * the SLM's gaps reflect. Immutable, safe for use by several threads, each with its own {@link
 * Workbench}.
 */
final class LightPath {
  private final BenchParameters bench;
  private final FrameShape shape;
  private final FftKernel fft;
  private final Lens lens;

  /** Factors of the field; null where they are all 1. */
  private final float[] plane;

  /** The same without the integration over detector pixels, for the power. */
  private final float[] openPlane;

  /** Unmodulated field at the sensor; null where there is none. */
  private final float[] gapRe;

  private final float[] gapIm;

  /** Null where the power is that of the field. */
  private final PixelPower power;

  LightPath(BenchParameters bench, FrameShape shape, FftKernel fft) {
    this.bench = bench;
    this.shape = shape;
    this.fft = fft;
    LightTables tables = new LightTables(bench, shape);
    openPlane = tables.openPlane();
    plane = tables.plane();
    lens =
        tables.places() == null
            ? new CentredLens(shape, tables.lens(), fft)
            : new DistortingLens(shape, tables.places(), tables.sampling().weights(), fft);
    boolean gaps = tables.gapWeights() != null;
    gapRe = gaps ? new float[shape.pixels()] : null;
    gapIm = gaps ? new float[shape.pixels()] : null;
    if (gaps) {
      reflectGaps(tables);
    }
    power = tables.power() == null ? null : new PixelPower(tables, shape, fft);
  }

  private void reflectGaps(LightTables tables) {
    Lens bare =
        tables.places() == null
            ? CentredLens.ideal(shape, fft)
            : new DistortingLens(shape, tables.places(), tables.sampling().amplitudes(), fft);
    bare.propagate(tables.evenLight(true), 0, new Lanes(), gapRe, gapIm);
    float[] weights = tables.gapWeights();
    for (int i = 0; i < weights.length; i++) {
      gapRe[i] *= weights[i];
      gapIm[i] *= weights[i];
    }
  }

  /** Whether the power at the pixels is not that of the field. */
  boolean integratesPower() {
    return power != null;
  }

  /** Whether the light is left as it is up to the lens. */
  boolean isClear() {
    return plane == null && power == null && !PointedBeam.wanders(bench);
  }

  /**
   * Takes frames from the modulator to the detector, where the workbench has their fields.
   *
   * @param light {@code count} displayed frames from {@code offset}, overwritten unless {@link
   *     #isClear}
   */
  void illuminate(Workbench workbench, float[] light, int offset, int count) {
    for (int i = 0; i < count; i++) {
      LightPath path =
          PointedBeam.wanders(bench) ? tilted(workbench.frameId(i), workbench.repeat(i)) : this;
      path.propagate(workbench, light, offset + 2 * shape.pixels() * i, i);
    }
  }

  private void propagate(Workbench workbench, float[] light, int offset, int i) {
    if (power != null) {
      power.average(workbench.light(light, offset, openPlane), 0, workbench.power(i));
    }
    if (plane != null) {
      multiply(light, offset, plane);
    }
    float[] re = workbench.re(i);
    float[] im = workbench.im(i);
    lens.propagate(light, offset, workbench.lanes(), re, im);
    if (gapRe != null) {
      add(gapRe, re);
      add(gapIm, im);
    }
  }

  /** The path of a frame whose beam points elsewhere. All tables are made anew, which is slow. */
  private LightPath tilted(long id, int repeat) {
    return new LightPath(PointedBeam.of(bench, shape, id, repeat), shape, fft);
  }

  /** Multiplies a frame by complex factors. */
  static void multiply(float[] frame, int offset, float[] factors) {
    for (int i = 0; i < factors.length; i += 2) {
      float re = frame[offset + i];
      float im = frame[offset + i + 1];
      frame[offset + i] = re * factors[i] - im * factors[i + 1];
      frame[offset + i + 1] = re * factors[i + 1] + im * factors[i];
    }
  }

  private static void add(float[] gap, float[] field) {
    for (int i = 0; i < gap.length; i++) {
      field[i] += gap[i];
    }
  }
}
