// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.optics.Neighbours;
import org.ofp.optics.NonuniformTables;

/**
 * {@link NonuniformTables} in a GPU's memory: sums at places between the bins of a DFT.
 *
 * @param rows of the coefficients
 * @param cols of the coefficients
 * @param gridRows of the grid that is transformed
 * @param gridCols of the grid that is transformed
 * @param rowWeights address of the coefficients' factors over the rows
 * @param colWeights address of the coefficients' factors over the columns
 * @param rowFirst address of the first grid row of each place
 * @param rowNeighbours address of the weights of each place's rows
 * @param colFirst address of the first grid column of each place
 * @param colNeighbours address of the weights of each place's columns
 */
record PlacesTable(
    int rows,
    int cols,
    int gridRows,
    int gridCols,
    long rowWeights,
    long colWeights,
    long rowFirst,
    long rowNeighbours,
    long colFirst,
    long colNeighbours) {
  /** Null for null. */
  static PlacesTable of(NonuniformTables tables, TableStore store) {
    if (tables == null) {
      return null;
    }
    Neighbours rows = tables.rowNeighbours();
    Neighbours cols = tables.colNeighbours();
    return new PlacesTable(
        tables.rows(),
        tables.cols(),
        tables.gridRows(),
        tables.gridCols(),
        store.floats(tables.rowWeights()),
        store.floats(tables.colWeights()),
        store.ints(rows.first()),
        store.floats(rows.weights()),
        store.ints(cols.first()),
        store.floats(cols.weights()));
  }

  int gridPixels() {
    return gridRows * gridCols;
  }
}
