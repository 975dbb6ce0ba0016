// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * The colour of a face at a point. Implementations are pure functions, so threads may share one.
 */
@FunctionalInterface
interface Surface {
  /**
   * Sets the colour.
   *
   * @param u metres along the face, horizontally
   * @param v metres along the face, across u: up on a wall or a roof
   * @param shade receives the colour, and knows how coarsely the face is seen
   */
  void paint(double u, double v, Shade shade);

  /** The same colour all over, with a little unevenness of hand's breadth. */
  static Surface plain(Noise noise, Colour colour, double unevenness) {
    return (u, v, shade) -> shade.set(colour, 1 + unevenness * noise.octaves(8 * u, 8 * v, 2));
  }
}
