// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * Stages 2 to 4, from displayed amplitude to the light at the sensor's pixels, as tables for frames
 * of one shape: the factors of {@link InputPlane}, the lens, the light that the SLM's gaps reflect,
 * and the integration over detector pixels. What a beam that wanders changes from frame to frame is
 * in {@link PointedBeam}. Immutable; the arrays are shared and must not be written to.
 */
public final class LightTables {
  private final FrameShape shape;
  private final float[] plane;
  private final float[] openPlane;
  private final Sampling sampling;
  private final NonuniformTables places;
  private final LensFactors lens;
  private final float[] gapWeights;
  private final PowerTables power;

  /** The light of a bench, for frames of one shape. */
  public LightTables(BenchParameters bench, FrameShape shape) {
    this.shape = shape;
    InputPlane input = new InputPlane(bench, shape);
    boolean integrated = bench.sensor().fillFactor() > 0;
    openPlane = input.isPlain() ? null : input.factors(false);
    plane = integrated ? input.factors(true) : openPlane;
    boolean undistorted = bench.lens().isUndistorted();
    sampling = undistorted ? null : new Sampling(bench, shape);
    places =
        undistorted
            ? null
            : new NonuniformTables(
                shape.rows(), shape.cols(), shape.rows(), shape.cols(), sampling.v(), sampling.u());
    // On a detector that maps the pattern otherwise the map takes the shift, too.
    PixelEnvelope envelope =
        new PixelEnvelope(bench.slm().fillFactor(), shape.rows(), shape.cols())
            .shifted(
                undistorted ? bench.lens().shiftY() : 0, undistorted ? bench.lens().shiftX() : 0);
    lens = undistorted ? new LensFactors(shape, envelope) : null;
    GapLight gaps = GapLight.of(bench.slm().gapReflectivity(), envelope);
    gapWeights = gaps == null ? null : gapWeights(gaps);
    power = integrated ? new PowerTables(bench, shape, sampling, envelope, gaps) : null;
  }

  private float[] gapWeights(GapLight gaps) {
    float[] weights = new float[shape.pixels()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          sampling == null
              ? gaps.weight(i / shape.cols() - shape.axisRow(), i % shape.cols() - shape.axisCol())
              : gaps.weight(sampling.v()[i], sampling.u()[i]);
    }
    return weights;
  }

  /** Factors of the displayed amplitudes, interleaved, {@code [R][C]}; null where all are 1. */
  public float[] plane() {
    return plane;
  }

  /** The same without the integration over detector pixels, for the power. */
  public float[] openPlane() {
    return openPlane;
  }

  /** Factors of the DFT; null where the pattern is turned, magnified or distorted. */
  public LensFactors lens() {
    return lens;
  }

  /** Where the detector's pixels look; null where at the DFT's bins. */
  public Sampling sampling() {
    return sampling;
  }

  /** The sums there, of R×C coefficients; null where at the DFT's bins. */
  public NonuniformTables places() {
    return places;
  }

  /**
   * The light of the gaps, which is added to the field, over that of a panel that reflects
   * everywhere alike through {@link #plane} and a lens behind point-like pixels ({@link
   * LensFactors#ideal}, or {@link #places} weighted by {@link Sampling#amplitudes}): one factor per
   * detector pixel; null if there is none.
   */
  public float[] gapWeights() {
    return gapWeights;
  }

  /** The power at the detector's pixels; null where it is that of the field. */
  public PowerTables power() {
    return power;
  }

  /**
   * The light of a panel that reflects everywhere alike, interleaved, made anew.
   *
   * @param integrated whether times {@link #plane}, else {@link #openPlane}
   */
  public float[] evenLight(boolean integrated) {
    float[] factors = integrated ? plane : openPlane;
    if (factors != null) {
      return factors.clone();
    }
    float[] light = new float[2 * shape.pixels()];
    for (int i = 0; i < light.length; i += 2) {
      light[i] = 1;
    }
    return light;
  }
}
