// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

/** How the learning rate changes in the course of a training. */
public enum RateSchedule {
  /** It does not. */
  CONSTANT,

  /**
   * It rises linearly over the first twentieth of the steps, then falls to 0 along half a cosine,
   * over all epochs: so a training must not be stopped early, and its number of epochs is part of
   * what it is.
   *
   * <p>Reference: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts",
   * ICLR 2017, equation (5), without restarts.
   */
  COSINE;

  private static final double WARM_UP = 1.0 / 20;

  /**
   * What the learning rate is multiplied by in a step.
   *
   * @param step from 1
   * @param steps of the whole training, at least {@code step}
   * @return above 0 to 1
   */
  public double factor(long step, long steps) {
    if (this == CONSTANT) {
      return 1;
    }
    double warm = Math.ceil(WARM_UP * steps);
    if (step <= warm) {
      return step / warm;
    }
    return 0.5 * (1 + Math.cos(Math.PI * (step - warm) / (steps - warm + 1)));
  }
}
