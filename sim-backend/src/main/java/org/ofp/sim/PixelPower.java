// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.InputPlane;
import org.ofp.optics.PixelEnvelope;

/**
 * Stage 4 for the power: {@code |E|²} averaged over the light-sensitive square of each detector
 * pixel.
 *
 * <p>{@code |E|²} has twice the bandwidth of E, so it is taken at half the pitch, from the frame
 * padded to twice its sides, where nothing of it is lost. Its Fourier coefficients A[m] are the
 * autocorrelation of the light in the input plane; averaging over a pixel multiplies them by {@code
 * sinc(√F·m/N)} per axis, exactly, and the sum over them at the pixels' centres is a DFT of A
 * folded to the frame's size. Works frame by frame in buffers of its own making. Immutable, safe
 * for use by several threads.
 */
final class PixelPower {
  private final FrameShape shape;
  private final FftPlan fine;
  private final FftPlan pixels;

  /** Weights of the field at half pitch; twice over the rows, see {@link #square}. */
  private final float[] rowWeights;

  private final float[] colWeights;
  private final NonuniformTransform places;
  private final Sampling sampling;
  private final float[] rowTransfer;
  private final float[] colTransfer;

  /** Light of the gaps at half pitch, interleaved; null if there is none. */
  private final float[] gapLight;

  /**
   * @param sampling where the pixels look; null if pixel by pixel at the DFT's bins
   * @param envelope of the SLM's pixels
   * @param gaps what the gaps between them reflect; null if nothing
   * @param plane factors of the light in the modulator's plane; null where they are all 1
   */
  PixelPower(
      BenchParameters bench,
      FrameShape shape,
      Sampling sampling,
      PixelEnvelope envelope,
      GapLight gaps,
      float[] plane,
      FftKernel kernel) {
    this.shape = shape;
    this.sampling = sampling;
    int rows = 2 * shape.rows();
    int cols = 2 * shape.cols();
    fine = kernel.plan(rows, cols);
    pixels = kernel.plan(shape.rows(), shape.cols());
    // A magnified pattern is looked at through pixels that are smaller on its own scale.
    double width = Math.sqrt(bench.sensor().fillFactor()) / bench.lens().magnification();
    rowTransfer = transfer(width, rows);
    colTransfer = transfer(width, cols);
    places =
        sampling == null
            ? null
            : new NonuniformTransform(
                rows, cols, shape.rows(), shape.cols(), sampling.v(), sampling.u(), kernel);
    rowWeights = new float[rows];
    for (int row = 0; row < rows; row++) {
      rowWeights[row] = (float) (2 * envelope.row(place(row, rows)));
    }
    colWeights = new float[cols];
    for (int col = 0; col < cols; col++) {
      colWeights[col] = (float) envelope.col(place(col, cols));
    }
    gapLight = gaps == null ? null : reflectGaps(gaps, LightPath.light(plane, shape));
  }

  private float[] reflectGaps(GapLight gaps, float[] light) {
    float[] grid = padded(light, 0);
    fine.forward(grid, 0, 1);
    for (int row = 0, i = 0; row < fine.rows(); row++) {
      for (int col = 0; col < fine.cols(); col++, i += 2) {
        float weight = 2 * gaps.weight(place(row, fine.rows()), place(col, fine.cols()));
        grid[i] *= weight;
        grid[i + 1] *= weight;
      }
    }
    return grid;
  }

  /** The place of a bin of the fine grid, in pixels from the axis. */
  private static double place(int bin, int fineSize) {
    return (bin < fineSize / 2 ? bin : bin - fineSize) / 2.0;
  }

  /** sinc(width·m/N) for m at index m mod 2N. */
  private static float[] transfer(double width, int fineSize) {
    float[] transfer = new float[fineSize];
    for (int i = 0; i < fineSize; i++) {
      int m = i < fineSize / 2 ? i : i - fineSize;
      transfer[i] = (float) InputPlane.sinc(width * m / (fineSize / 2.0));
    }
    return transfer;
  }

  /**
   * The mean power over each pixel.
   *
   * @param light leaving the modulator's plane, interleaved, from {@code offset}
   * @param power receives one value per pixel, as the sensor sees them
   */
  void average(float[] light, int offset, float[] power) {
    float[] coefficients = coefficients(light, offset);
    if (places == null) {
      fold(coefficients, power);
    } else {
      interpolate(coefficients, power);
    }
    for (int i = 0; i < shape.pixels(); i++) {
      power[i] = Math.max(power[i], 0f); // rounding may go below darkness
    }
  }

  /** A frame in the middle of one with twice its sides, its axis at index [0,0]. */
  private float[] padded(float[] light, int offset) {
    float[] grid = new float[2 * fine.rows() * fine.cols()];
    for (int row = 0; row < shape.rows(); row++) {
      int to = Math.floorMod(row - shape.axisRow(), fine.rows()) * fine.cols();
      for (int col = 0; col < shape.cols(); col++) {
        int from = offset + 2 * (row * shape.cols() + col);
        int at = 2 * (to + Math.floorMod(col - shape.axisCol(), fine.cols()));
        grid[at] = light[from];
        grid[at + 1] = light[from + 1];
      }
    }
    return grid;
  }

  /** The coefficients A·sinc of the power, index origin [0,0], on the fine grid. */
  private float[] coefficients(float[] light, int offset) {
    float[] grid = padded(light, offset);
    fine.forward(grid, 0, 1);
    square(grid);
    fine.inverse(grid, 0, 1);
    for (int row = 0, i = 0; row < fine.rows(); row++) {
      for (int col = 0; col < fine.cols(); col++, i += 2) {
        float factor = rowTransfer[row] * colTransfer[col];
        grid[i] *= factor;
        grid[i + 1] *= factor;
      }
    }
    return grid;
  }

  /** Field at half pitch → its power, in the scale of the unitary transform of the frame. */
  private void square(float[] grid) {
    for (int row = 0, i = 0; row < fine.rows(); row++) {
      for (int col = 0; col < fine.cols(); col++, i += 2) {
        float weight = rowWeights[row] * colWeights[col];
        float re = weight * grid[i];
        float im = weight * grid[i + 1];
        if (gapLight != null) {
          re += gapLight[i];
          im += gapLight[i + 1];
        }
        grid[i] = re * re + im * im;
        grid[i + 1] = 0;
      }
    }
  }

  private void fold(float[] fineGrid, float[] power) {
    int rows = shape.rows();
    int cols = shape.cols();
    float[] folded = new float[2 * rows * cols];
    for (int row = 0, i = 0; row < 2 * rows; row++) {
      for (int col = 0; col < 2 * cols; col++, i += 2) {
        int at = 2 * (row % rows * cols + col % cols);
        folded[at] += fineGrid[i];
        folded[at + 1] += fineGrid[i + 1];
      }
    }
    pixels.forward(folded, 0, 1);
    // The unitary factors: 1/√(4RC) of the inverse, and 1/√(RC) here, where there should be 1/4RC.
    for (int row = 0; row < rows; row++) {
      int to = (row + shape.axisRow()) % rows * cols;
      for (int col = 0; col < cols; col++) {
        power[to + (col + shape.axisCol()) % cols] = folded[2 * (row * cols + col)] / 2;
      }
    }
  }

  private void interpolate(float[] fineGrid, float[] power) {
    int rows = fine.rows();
    int cols = fine.cols();
    float[] centred = new float[fineGrid.length];
    for (int row = 0, i = 0; row < rows; row++) {
      int to = (row + rows / 2) % rows * cols;
      for (int col = 0; col < cols; col++, i += 2) {
        int at = 2 * (to + (col + cols / 2) % cols);
        centred[at] = fineGrid[i];
        centred[at + 1] = fineGrid[i + 1];
      }
    }
    float[] im = new float[shape.pixels()];
    places.evaluate(centred, 0, new float[places.gridFloats()], power, im);
    float unitary = (float) (1 / Math.sqrt((double) rows * cols));
    float[] amplitudes = sampling.amplitudes();
    for (int i = 0; i < shape.pixels(); i++) {
      power[i] *= unitary * amplitudes[i] * amplitudes[i];
    }
  }
}
