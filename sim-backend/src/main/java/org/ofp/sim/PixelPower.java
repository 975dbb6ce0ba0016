// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.LightTables;
import org.ofp.optics.PowerTables;

/**
 * Stage 4 for the power: {@code |E|²} averaged over the light-sensitive square of each detector
 * pixel, by the {@link PowerTables} and FFTs. Works frame by frame in buffers of its own making.
 * Immutable, safe for use by several threads.
 */
final class PixelPower {
  private final FrameShape shape;
  private final FftPlan fine;
  private final FftPlan pixels;

  /** Weights of the field at half pitch. */
  private final float[] rowWeights;

  private final float[] colWeights;

  /** Null if the pixels look at the DFT's bins, as the amplitudes of the map. */
  private final NonuniformTransform places;

  private final float[] amplitudes;
  private final float[] rowTransfer;
  private final float[] colTransfer;

  /** Light of the gaps at half pitch, interleaved; null if there is none. */
  private final float[] gapLight;

  PixelPower(LightTables light, FrameShape shape, FftKernel kernel) {
    this.shape = shape;
    PowerTables tables = light.power();
    fine = kernel.plan(2 * shape.rows(), 2 * shape.cols());
    pixels = kernel.plan(shape.rows(), shape.cols());
    rowTransfer = tables.rowTransfer();
    colTransfer = tables.colTransfer();
    rowWeights = tables.rowWeights();
    colWeights = tables.colWeights();
    boolean distorted = tables.places() != null;
    places = distorted ? new NonuniformTransform(tables.places(), kernel) : null;
    amplitudes = distorted ? light.sampling().amplitudes() : null;
    gapLight =
        tables.gapWeights() == null
            ? null
            : reflectGaps(tables.gapWeights(), light.evenLight(false));
  }

  private float[] reflectGaps(float[] weights, float[] light) {
    float[] grid = padded(light, 0);
    fine.forward(grid, 0, 1);
    for (int i = 0; i < weights.length; i++) {
      grid[2 * i] *= weights[i];
      grid[2 * i + 1] *= weights[i];
    }
    return grid;
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
    for (int i = 0; i < shape.pixels(); i++) {
      power[i] *= unitary * amplitudes[i] * amplitudes[i];
    }
  }
}
