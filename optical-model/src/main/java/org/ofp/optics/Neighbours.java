// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The grid points around each place along one axis, and the interpolation kernel's values there;
 * part of {@link NonuniformTables}. Immutable; the arrays are shared and must not be written to.
 */
public final class Neighbours {
  private final int size;
  private final int[] first;
  private final float[] weights;

  /**
   * @param size of the grid, which is periodic
   * @param perUnit grid points per unit of the places
   */
  Neighbours(double[] places, int size, double perUnit) {
    int width = NonuniformTables.WIDTH;
    this.size = size;
    first = new int[places.length];
    weights = new float[width * places.length];
    for (int i = 0; i < places.length; i++) {
      double place = places[i] * perUnit;
      double start = Math.ceil(place - width / 2.0);
      for (int a = 0; a < width; a++) {
        weights[width * i + a] = (float) NonuniformTables.kernel(place - start - a);
      }
      first[i] = (int) Math.floorMod((long) start, (long) size);
    }
  }

  /** How many places there are. */
  public int count() {
    return first.length;
  }

  /** The grid index of the first neighbour of every place, 0 to the grid's size − 1. */
  public int[] first() {
    return first;
  }

  /** Weights of the neighbours, {@code [place][neighbour]}. */
  public float[] weights() {
    return weights;
  }

  /** The grid index of a neighbour. */
  public int index(int place, int neighbour) {
    int index = first[place] + neighbour;
    return index < size ? index : index - size;
  }

  /** The weight of a neighbour. */
  public float weight(int place, int neighbour) {
    return weights[NonuniformTables.WIDTH * place + neighbour];
  }
}
