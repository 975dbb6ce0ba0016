// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import org.ofp.models.evaluation.Bootstrap;

/**
 * How confidence intervals were found; see {@link Bootstrap}.
 *
 * @param level the nominal share of such intervals that contain the true value
 * @param method for people
 * @param pictures source pictures; with fewer than {@link Bootstrap#LEAST_PICTURES} there are no
 *     intervals
 * @param resamples how often as many pictures were drawn
 * @param seed of the draws
 */
public record Confidence(double level, String method, int pictures, int resamples, long seed) {
  /** Fixed, so that the same evaluation tells the same intervals. */
  static final long SEED = 0;

  static Confidence of(int pictures) {
    return new Confidence(
        Bootstrap.LEVEL,
        "bootstrap over source pictures, percentiles expanded for few of them",
        pictures,
        Bootstrap.RESAMPLES,
        SEED);
  }
}
