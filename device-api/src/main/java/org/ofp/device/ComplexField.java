// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Objects;

/**
 * A complex field on a grid: row-major, interleaved {@code re, im}, float32, index origin [0,0].
 *
 * <p>A view of the caller's array, as safe for threads as that is.
 */
@Stable(since = "0.1")
public final class ComplexField {
  private final FrameShape shape;
  private final float[] values;

  /**
   * A field over an array.
   *
   * @param shape rows and columns
   * @param values {@code 2·rows·cols} numbers, not copied
   */
  public ComplexField(FrameShape shape, float[] values) {
    if (values.length != 2 * shape.pixels()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a field of "
              + shape
              + " needs "
              + 2 * shape.pixels()
              + " numbers (re, im), not "
              + values.length);
    }
    this.shape = shape;
    this.values = values;
  }

  /** Rows and columns. */
  public FrameShape shape() {
    return shape;
  }

  /** The numbers themselves, not a copy. */
  public float[] values() {
    return values;
  }

  /** A field of zeros. */
  public static ComplexField zeros(int rows, int cols) {
    FrameShape shape = new FrameShape(rows, cols);
    return new ComplexField(shape, new float[2 * shape.pixels()]);
  }

  /** A field from {@code rows·cols} real numbers. */
  public static ComplexField ofReal(int rows, int cols, float[] real) {
    ComplexField field = zeros(rows, cols);
    if (real.length != field.shape.pixels()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a real field of "
              + field.shape
              + " needs "
              + field.shape.pixels()
              + " numbers, not "
              + real.length);
    }
    for (int i = 0; i < real.length; i++) {
      field.values[2 * i] = real[i];
    }
    return field;
  }

  /** Real part at a pixel. */
  public float re(int row, int col) {
    return values[index(row, col)];
  }

  /** Imaginary part at a pixel. */
  public float im(int row, int col) {
    return values[index(row, col) + 1];
  }

  private int index(int row, int col) {
    Objects.checkIndex(row, shape.rows());
    Objects.checkIndex(col, shape.cols());
    return 2 * (row * shape.cols() + col);
  }

  @Override
  public String toString() {
    return "ComplexField[" + shape + "]";
  }
}
