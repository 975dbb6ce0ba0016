// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

/**
 * How a trial did in a rung.
 *
 * @param trial its number, from 0
 * @param rung from 0
 * @param epochs that it was to be trained for by then
 * @param mIoU the best epoch's so far, percent; NaN where training failed
 * @param bestEpoch from 1; 0 where training failed
 * @param seconds wall-clock time of training so far, all rungs together
 * @param failure why training failed; null if it did not
 */
public record Score(
    int trial, int rung, int epochs, double mIoU, int bestEpoch, double seconds, String failure) {

  /** Whether training failed. */
  public boolean failed() {
    return failure != null;
  }

  /** For ranking: an mIoU that is undefined is worse than any other. */
  double rank() {
    return Double.isNaN(mIoU) ? Double.NEGATIVE_INFINITY : mIoU;
  }
}
