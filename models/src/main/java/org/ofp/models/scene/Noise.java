// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import org.ofp.models.network.NamedRandom;

/**
 * Value noise: random numbers on a lattice of unit cells, smoothly interpolated, with a period of
 * 256 cells. Immutable and thread-safe.
 *
 * <p>Reference: D. Ebert et al., "Texturing and Modeling: A Procedural Approach", chapter 2.
 */
final class Noise {
  private static final int PERIOD = 256;

  private final float[] lattice = new float[PERIOD * PERIOD];

  Noise() {
    NamedRandom random = new NamedRandom(0, "scene noise");
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = random.symmetric(i);
    }
  }

  /** From −1 to 1. */
  double at(double x, double y) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    int ix = (int) fx;
    int iy = (int) fy;
    double tx = smooth(x - fx);
    double ty = smooth(y - fy);
    double top = cell(ix, iy) + (cell(ix + 1, iy) - cell(ix, iy)) * tx;
    double bottom = cell(ix, iy + 1) + (cell(ix + 1, iy + 1) - cell(ix, iy + 1)) * tx;
    return top + (bottom - top) * ty;
  }

  /** Octaves that halve in size and strength; from −1 to 1, mostly within ±0.5. */
  double octaves(double x, double y, int count) {
    double sum = 0;
    double weight = 0;
    double strength = 1;
    double frequency = 1;
    for (int i = 0; i < count; i++) {
      // Each octave elsewhere, so that lattice lines do not coincide.
      sum += strength * at(x * frequency + 17.3 * i, y * frequency - 9.1 * i);
      weight += strength;
      strength *= 0.5;
      frequency *= 2;
    }
    return sum / weight;
  }

  /** The random number of a cell, from −1 to 1, constant in it. */
  double cell(int x, int y) {
    return lattice[(y & (PERIOD - 1)) * PERIOD + (x & (PERIOD - 1))];
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
