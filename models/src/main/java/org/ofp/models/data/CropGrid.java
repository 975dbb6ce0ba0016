// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/**
 * The squares that one picture is cut into: as many as fit side by side without overlap, the whole
 * of them centred in the picture, so that what is left over is cut from all edges alike (the odd
 * pixel at the bottom and right). A 6000×4000 picture has six of 2000 and nothing left over.
 *
 * @param side rows and columns of a square
 * @param rows of squares
 * @param columns of squares
 * @param top first picture row of the first square
 * @param left first picture column of the first square
 */
record CropGrid(int side, int rows, int columns, int top, int left) {
  /** The article's. */
  private static final int DEFAULT_SIDE = 2000;

  /** The default side for a picture. */
  static int defaultSide(int width, int height) {
    return Math.min(DEFAULT_SIDE, Math.min(width, height));
  }

  /** The grid of a picture that has at least one square. */
  static CropGrid of(int width, int height, int side) {
    int rows = height / side;
    int columns = width / side;
    return new CropGrid(
        side, rows, columns, (height - rows * side) / 2, (width - columns * side) / 2);
  }

  int count() {
    return rows * columns;
  }

  /** First picture row of a square, counted row by row. */
  int top(int index) {
    return top + index / columns * side;
  }

  /** First picture column of a square. */
  int left(int index) {
    return left + index % columns * side;
  }

  /** The pixels of one square of a picture {@code width} pixels wide. */
  int[] cut(int index, int[] picture, int width) {
    int[] square = new int[side * side];
    for (int row = 0; row < side; row++) {
      System.arraycopy(picture, (top(index) + row) * width + left(index), square, row * side, side);
    }
    return square;
  }
}
