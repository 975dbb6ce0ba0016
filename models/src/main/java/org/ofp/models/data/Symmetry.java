// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/**
 * The eight symmetries of the square: four turns by 90°, each with or without a flip. As a number
 * from 0 to 7: the old position of the new (row, column) is found by exchanging the two if bit 2 is
 * set, then counting the row from the end if bit 1 is set and the column if bit 0 is. 0 changes
 * nothing.
 */
final class Symmetry {
  static final int COUNT = 8;

  private Symmetry() {}

  static void apply(int symmetry, int side, int[] from, int[] to) {
    Steps steps = new Steps(symmetry, side);
    for (int row = 0; row < side; row++) {
      int at = steps.first + row * steps.perRow;
      for (int column = 0; column < side; column++) {
        to[row * side + column] = from[at + column * steps.perColumn];
      }
    }
  }

  /** Writes to {@code to} from {@code offset} on. */
  static void apply(int symmetry, int side, byte[] from, byte[] to, int offset) {
    Steps steps = new Steps(symmetry, side);
    for (int row = 0; row < side; row++) {
      int at = steps.first + row * steps.perRow;
      for (int column = 0; column < side; column++) {
        to[offset + row * side + column] = from[at + column * steps.perColumn];
      }
    }
  }

  /** Where the first new pixel was, and how the old position moves per new row and column. */
  private static final class Steps {
    final int first;
    final int perRow;
    final int perColumn;

    Steps(int symmetry, int side) {
      boolean transposed = (symmetry & 4) != 0;
      boolean rowsFromEnd = (symmetry & 2) != 0;
      boolean columnsFromEnd = (symmetry & 1) != 0;
      int down = rowsFromEnd ? -side : side;
      int right = columnsFromEnd ? -1 : 1;
      first = (rowsFromEnd ? side * (side - 1) : 0) + (columnsFromEnd ? side - 1 : 0);
      perRow = transposed ? right : down;
      perColumn = transposed ? down : right;
    }
  }
}
