// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** Foretells how accurate a layer's result will be. Implementations are pure and thread-safe. */
@FunctionalInterface
public interface SnrEstimate {
  /**
   * Signal-to-noise ratio of a layer's output in decibels: power of the output without its mean
   * over power of the error, in the convention of docs/PHYSICS.md.
   *
   * @return decibels, infinite for an exact device; NaN if not known
   */
  double decibels(ConvolutionPlan plan);

  /** The estimate of one who does not know. */
  static SnrEstimate unknown() {
    return plan -> Double.NaN;
  }
}
