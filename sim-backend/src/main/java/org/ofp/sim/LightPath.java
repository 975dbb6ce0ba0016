// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CounterRandom;
import org.ofp.optics.InputPlane;
import org.ofp.optics.NoiseStage;
import org.ofp.optics.NormalQuantile;
import org.ofp.optics.PixelEnvelope;

/**
 * Stages 2 to 4 for frames of one shape: displayed amplitude → light in the modulator's plane →
 * {@link Lens} → field, and {@link PixelPower power}, at the sensor's pixels.
 *
 * <p>What does not depend on the frame is tabulated: the factors of {@link InputPlane} and the
 * light that the SLM's gaps reflect. Immutable, safe for use by several threads, each with its own
 * {@link Workbench}.
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
    InputPlane input = new InputPlane(bench, shape);
    boolean integrated = bench.sensor().fillFactor() > 0;
    openPlane = input.isPlain() ? null : input.factors(false);
    plane = integrated ? input.factors(true) : openPlane;
    boolean undistorted = bench.lens().isUndistorted();
    Sampling sampling = undistorted ? null : new Sampling(bench, shape);
    // On a detector that maps the pattern otherwise the map takes the shift, too.
    PixelEnvelope envelope =
        new PixelEnvelope(bench.slm().fillFactor(), shape.rows(), shape.cols())
            .shifted(
                undistorted ? bench.lens().shiftY() : 0, undistorted ? bench.lens().shiftX() : 0);
    lens =
        undistorted
            ? new CentredLens(shape, envelope, fft)
            : new DistortingLens(shape, sampling, sampling.weights(), fft);
    GapLight gaps = GapLight.of(bench.slm().gapReflectivity(), envelope);
    gapRe = gaps == null ? null : new float[shape.pixels()];
    gapIm = gaps == null ? null : new float[shape.pixels()];
    if (gaps != null) {
      reflectGaps(gaps, sampling);
    }
    power =
        integrated ? new PixelPower(bench, shape, sampling, envelope, gaps, openPlane, fft) : null;
  }

  private void reflectGaps(GapLight gaps, Sampling sampling) {
    float[] light = light(plane, shape);
    Lens bare =
        sampling == null
            ? CentredLens.ideal(shape, fft)
            : new DistortingLens(shape, sampling, sampling.amplitudes(), fft);
    bare.propagate(light, 0, new Lanes(), gapRe, gapIm);
    for (int i = 0; i < shape.pixels(); i++) {
      float weight =
          sampling == null
              ? gaps.weight(i / shape.cols() - shape.axisRow(), i % shape.cols() - shape.axisCol())
              : gaps.weight(sampling.v()[i], sampling.u()[i]);
      gapRe[i] *= weight;
      gapIm[i] *= weight;
    }
  }

  /** The light of a panel that reflects everywhere alike. */
  static float[] light(float[] plane, FrameShape shape) {
    if (plane != null) {
      return plane.clone();
    }
    float[] light = new float[2 * shape.pixels()];
    for (int i = 0; i < light.length; i += 2) {
      light[i] = 1;
    }
    return light;
  }

  /** Whether the power at the pixels is not that of the field. */
  boolean integratesPower() {
    return power != null;
  }

  /** Whether the light is left as it is up to the lens. */
  boolean isClear() {
    return plane == null && power == null && bench.beam().pointing() == 0;
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
          bench.beam().pointing() == 0 ? this : tilted(workbench.frameId(i), workbench.repeat(i));
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

  /**
   * The path of a frame whose beam points elsewhere: a tilt α moves all of the pattern by
   * N·pitch·α/λ detector pixels. One tilt per frame, the same for its reads. All tables are made
   * anew, which is slow, but right for the gaps' light and the pixels' envelope, too.
   */
  private LightPath tilted(long id, int repeat) {
    long key = CounterRandom.key(bench.seed(), id, repeat, 0, NoiseStage.BEAM);
    double turns = bench.slm().pitch() * bench.beam().pointing() / bench.beam().wavelength();
    double y = shape.rows() * turns * NormalQuantile.gaussian(key, NoiseStage.BEAM_TILT_ROWS);
    double x = shape.cols() * turns * NormalQuantile.gaussian(key, NoiseStage.BEAM_TILT_COLS);
    return new LightPath(bench.shifted(x, y), shape, fft);
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
