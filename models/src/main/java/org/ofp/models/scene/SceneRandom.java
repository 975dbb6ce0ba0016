// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import org.ofp.models.network.NamedRandom;

/** The random choices of one scene, in the order in which it is built. */
final class SceneRandom {
  private final NamedRandom numbers;
  private long next;

  SceneRandom(long seed, long index) {
    numbers = new NamedRandom(seed, "scene " + index);
  }

  /** In [0, 1). */
  double unit() {
    return numbers.unit(next++);
  }

  /** In [low, high). */
  double in(double low, double high) {
    return low + (high - low) * unit();
  }

  /** From low to high, both included. */
  int whole(int low, int high) {
    return low + (int) (unit() * (high - low + 1));
  }

  /** True with a probability. */
  boolean chance(double probability) {
    return unit() < probability;
  }

  /** One or minus one. */
  int sign() {
    return chance(0.5) ? 1 : -1;
  }

  /** A direction in radians. */
  double angle() {
    return in(0, 2 * Math.PI);
  }

  /** Roughly normal, mean 0 and deviation 1, never beyond ±3.5: the sum of four uniform numbers. */
  double normal() {
    return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
  }

  /** One of some colours 0xRRGGBB, a little lighter or darker and of another tint. */
  Colour colour(int... choices) {
    Colour base = Colour.of(choices[whole(0, choices.length - 1)]);
    double light = in(0.78, 1.25);
    return new Colour(
        base.red() * light * in(0.92, 1.08),
        base.green() * light * in(0.94, 1.06),
        base.blue() * light * in(0.90, 1.10));
  }
}
