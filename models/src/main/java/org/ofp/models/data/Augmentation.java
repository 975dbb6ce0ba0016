// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import org.ofp.models.network.NamedRandom;

/**
 * What is done to samples before a network learns from them: nothing, or one of the eight
 * symmetries of the square, each as probable as the others, image and labels alike. Immutable; a
 * pure function of (seed, epoch, index of the sample), whatever the order and the threads.
 */
public final class Augmentation {
  private static final Augmentation NONE = new Augmentation(null);

  private final NamedRandom random;

  private Augmentation(NamedRandom random) {
    this.random = random;
  }

  /** Leaves samples as they are. */
  public static Augmentation none() {
    return NONE;
  }

  /** Flips and turns by multiples of 90°. */
  public static Augmentation flipsAndTurns(long seed, int epoch) {
    return new Augmentation(new NamedRandom(seed, "augmentation of epoch " + epoch));
  }

  /** Which {@link Symmetry} the sample goes through. */
  int symmetry(int index) {
    return random == null ? 0 : (int) (random.unit(index) * Symmetry.COUNT);
  }
}
