// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Checks of sizes and ranges, in 64-bit arithmetic so that no product wraps around. */
final class Checks {

  private Checks() {}

  static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + ", must be at least " + least);
    }
  }

  /** A frame's floats must be countable by an int: rows·cols ≤ 2³⁰ − 1. */
  static void frame(int rows, int cols) {
    atLeast("rows", rows, 1);
    atLeast("cols", cols, 1);
    if (2L * rows * cols > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A frame of " + rows + "x" + cols + " exceeds 2^30 - 1 pixels");
    }
  }

  /** {@code count} items of {@code size} floats from {@code offset} lie within {@code length}. */
  static void range(String name, int offset, long size, int count, int length) {
    // size < 2^63 / 2^31 is not given for all ints, so compare by division.
    if (offset < 0 || count < 0 || offset > length || (length - offset) / size < count) {
      throw new IndexOutOfBoundsException(
          name + " has " + length + " floats; needed " + count + " x " + size + " from " + offset);
    }
  }

  /** The floats of a·b·c complex numbers can be counted by an int. */
  static void complexLength(String name, int a, int b, int c) {
    if (2 * product(a, b, c) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " of 2*" + a + "*" + b + "*" + c + " floats exceeds 2^31 - 1");
    }
  }

  /** Engines read and write memory as the processor does. */
  static void nativeOrder(String name, FloatBuffer buffer) {
    if (buffer.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(name + " is not in native byte order");
    }
  }

  static void writable(String name, FloatBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException(name + " is read-only");
    }
  }

  /** {@code have} floats are at least a·b·c. */
  static void length(String name, int have, int a, int b, int c) {
    if (product(a, b, c) > have) {
      throw new IllegalArgumentException(
          name + " has " + have + " floats left, needs " + a + "*" + b + "*" + c);
    }
  }

  /** Exact below 2⁵³, which is all that the comparison with an int needs; cannot overflow. */
  private static double product(int a, int b, int c) {
    return (double) a * b * c;
  }
}
