// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A plan with what it is judged by.
 *
 * @param plan the plan
 * @param aim what the objective wants least of, before anything else
 * @param hostNanoseconds time of the computer, with spectra that are kept
 */
record PlanCandidate(ConvolutionPlan plan, double aim, double hostNanoseconds) {

  static PlanCandidate of(ConvolutionPlan plan, Objective objective, SnrEstimate snr) {
    double aim =
        switch (objective) {
          case HOST_TIME -> 0;
          case DEVICE_TIME -> plan.deviceSeconds();
          case ACCURACY -> {
            // Predictions are not good enough for more than whole decibels.
            double decibels = Math.floor(snr.decibels(plan));
            yield Double.isNaN(decibels) ? Double.POSITIVE_INFINITY : -decibels;
          }
        };
    return new PlanCandidate(plan, aim, plan.hostNanoseconds());
  }

  long bytes() {
    return plan.spectraBytes();
  }

  /**
   * The first of the best.
   *
   * @param candidates at least one
   * @param charge nanoseconds for its spectra, added to the time of the computer
   */
  static PlanCandidate best(
      List<PlanCandidate> candidates, ToDoubleFunction<PlanCandidate> charge) {
    PlanCandidate best = null;
    double bestHost = 0;
    for (PlanCandidate candidate : candidates) {
      double host = candidate.hostNanoseconds + charge.applyAsDouble(candidate);
      boolean better =
          best == null
              || candidate.aim < best.aim
              || (candidate.aim == best.aim && host < bestHost);
      if (better) {
        best = candidate;
        bestHost = host;
      }
    }
    return best;
  }
}
