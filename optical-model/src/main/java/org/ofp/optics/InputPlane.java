// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * What happens to the light in the modulator's plane whatever is displayed: illumination, flatness
 * of the panel, and everything about the lens that is a function of the place in its pupil, which
 * in a 2f processor is this plane.
 *
 * <ul>
 *   <li>Aberrations are phases over the pupil. Its diameter is {@code lens.pupil}, or that of the
 *       circle about the frame.
 *   <li>A detector Δz behind the focal plane sees the angular spectrum that has travelled on by Δz:
 *       {@code exp(−iπΔz·r²/(λf²))} at radius r (Goodman, section 3.10), a defocus of W20 =
 *       Δz·D²/8f² at the edge of the pupil.
 *   <li>A lateral shift of the pattern is a linear phase.
 *   <li>Integrating the field over detector pixels at DFT pitch is a convolution of the pattern
 *       with the pixel, hence a factor {@code sinc(√F·n/N)} per axis here.
 * </ul>
 */
public final class InputPlane {
  /** Points per pixel and axis that decide how much of a pixel the pupil covers. */
  private static final int SUBPIXELS = 16;

  private final BenchParameters bench;
  private final FrameShape shape;
  private final Illumination illumination;
  private final double pupilRadius;

  /**
   * The plane for frames of one shape.
   *
   * @param shape of the frame, centred on the panel
   */
  public InputPlane(BenchParameters bench, FrameShape shape) {
    this.bench = bench;
    this.shape = shape;
    illumination = Illumination.of(bench);
    double pupil = bench.lens().pupil();
    pupilRadius =
        pupil < Double.POSITIVE_INFINITY
            ? pupil / 2 / bench.slm().pitch()
            : Math.hypot(shape.rows(), shape.cols()) / 2;
  }

  /** Whether the light is that of an ideal bench, apart from the integration over pixels. */
  public boolean isPlain() {
    LensParameters lens = bench.lens();
    return illumination.isUniform()
        && bench.slm().wavefront().isFlat()
        && lens.aberrations().isFlat()
        && lens.defocus() == 0
        && !shifts()
        && lens.pupil() == Double.POSITIVE_INFINITY;
  }

  /** Shifts are taken here, unless the pattern is turned or scaled before: then with that. */
  private boolean shifts() {
    LensParameters lens = bench.lens();
    return lens.isUndistorted() && (lens.shiftX() != 0 || lens.shiftY() != 0);
  }

  /**
   * The complex factors by which the modulated light is multiplied, interleaved.
   *
   * @param integrated whether with the integration of the field over detector pixels
   */
  public float[] factors(boolean integrated) {
    float[] factors = new float[2 * shape.pixels()];
    double fill = integrated ? bench.sensor().fillFactor() : 0;
    for (int row = 0; row < shape.rows(); row++) {
      double y = row - shape.axisRow();
      double weightY = sinc(Math.sqrt(fill) * y / shape.rows());
      for (int col = 0; col < shape.cols(); col++) {
        double x = col - shape.axisCol();
        double amplitude =
            illumination.at(y, x)
                * covered(y, x)
                * weightY
                * sinc(Math.sqrt(fill) * x / shape.cols());
        double phase = phase(row, col, y, x);
        int i = 2 * (row * shape.cols() + col);
        factors[i] = (float) (amplitude * Math.cos(phase));
        factors[i + 1] = (float) (amplitude * Math.sin(phase));
      }
    }
    return factors;
  }

  /** sin πx/πx. */
  public static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private double phase(int row, int col, double y, double x) {
    LensParameters lens = bench.lens();
    double pupilX = x / pupilRadius;
    double pupilY = y / pupilRadius;
    FrameShape panel = bench.frame();
    double u = (col + panel.axisCol() - shape.axisCol() + 0.5) / panel.cols();
    double v = (row + panel.axisRow() - shape.axisRow() + 0.5) / panel.rows();
    double pitch = bench.slm().pitch();
    double radius2 = (x * x + y * y) * pitch * pitch;
    double focal = lens.focalLength();
    double phase =
        bench.slm().wavefront().phase(pupilX, pupilY, u, v)
            + lens.aberrations().phase(pupilX, pupilY, u, v)
            - Math.PI * lens.defocus() * radius2 / (bench.beam().wavelength() * focal * focal);
    if (shifts()) {
      phase += 2 * Math.PI * (lens.shiftX() * x / shape.cols() + lens.shiftY() * y / shape.rows());
    }
    return phase;
  }

  /** Share of a pixel's area inside the pupil. */
  private double covered(double y, double x) {
    double distance = Math.hypot(x, y);
    if (bench.lens().pupil() == Double.POSITIVE_INFINITY || distance < pupilRadius - 1) {
      return 1;
    }
    if (distance > pupilRadius + 1) {
      return 0;
    }
    int inside = 0;
    for (int i = 0; i < SUBPIXELS; i++) {
      for (int j = 0; j < SUBPIXELS; j++) {
        double dy = y + (i + 0.5) / SUBPIXELS - 0.5;
        double dx = x + (j + 0.5) / SUBPIXELS - 0.5;
        inside += dx * dx + dy * dy <= pupilRadius * pupilRadius ? 1 : 0;
      }
    }
    return (double) inside / (SUBPIXELS * SUBPIXELS);
  }
}
