// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An array as it travels in {@code .npy} files: a shape, and single-precision values in row-major
 * order. A complex element is two values, real before imaginary.
 */
public final class NpyArray {
  private final boolean complex;
  private final int[] shape;
  private final float[] values;

  private NpyArray(boolean complex, int[] shape, float[] values) {
    this.complex = complex;
    this.shape = shape.clone();
    this.values = Objects.requireNonNull(values);
    long expected = complex ? 2 : 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      expected = Math.multiplyExact(expected, dimension);
    }
    if (expected != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fill the shape " + Arrays.toString(shape));
    }
  }

  /** A real array over the given values, which are not copied. */
  public static NpyArray real(float[] values, int... shape) {
    return new NpyArray(false, shape, values);
  }

  /** A complex array over the given interleaved values, which are not copied. */
  public static NpyArray complex(float[] interleaved, int... shape) {
    return new NpyArray(true, shape, interleaved);
  }

  /** Whether elements are complex. */
  public boolean isComplex() {
    return complex;
  }

  /** The number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** The extent of one dimension, the slowest first. */
  public int dimension(int axis) {
    return shape[axis];
  }

  /** All extents, the slowest first. */
  public int[] shape() {
    return shape.clone();
  }

  /** {@link #shape()} as a list, for records. */
  public List<Integer> extents() {
    return Arrays.stream(shape).boxed().toList();
  }

  /** The values themselves, not a copy. */
  public float[] values() {
    return values;
  }

  /** Type and shape as messages show them, for example {@code <c8 [2, 512, 512]}. */
  @Override
  public String toString() {
    return NpyHeader.type(complex) + " " + Arrays.toString(shape);
  }
}
