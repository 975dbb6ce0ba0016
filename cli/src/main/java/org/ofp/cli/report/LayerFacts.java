// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

/**
 * What a layer took of a picture, over all its tiles. Frames, route and host time are those of the
 * run; MACs, device time, energy and predicted accuracy are the planner's, see {@link
 * org.ofp.cli.plan.PlanReport}.
 *
 * @param number from 1, in the order in which the layers ran
 * @param name of its parameters
 * @param computes what it computes, for people
 * @param rows rows of its input map
 * @param cols columns of its input map
 * @param route where it ran
 * @param reason why there
 * @param frames shown on the device
 * @param macsElectronic real multiply-accumulates if electronics does it all
 * @param macsHybrid those left to electronics
 * @param predictedSnrDb NaN if not known, infinite without light
 * @param measuredSnrDb NaN if not measured
 * @param hostSeconds wall-clock time
 * @param deviceSeconds expected time of the device
 * @param deviceJoules expected energy of the device; NaN if it declares none
 * @param saturated detector counts that clipped
 */
record LayerFacts(
    int number,
    String name,
    String computes,
    int rows,
    int cols,
    String route,
    String reason,
    long frames,
    long macsElectronic,
    long macsHybrid,
    double predictedSnrDb,
    double measuredSnrDb,
    double hostSeconds,
    double deviceSeconds,
    double deviceJoules,
    long saturated) {

  /** Whether it ran by light. */
  boolean optical() {
    return frames > 0;
  }

  /** Whether its accuracy was measured. */
  boolean measured() {
    return !Double.isNaN(measuredSnrDb);
  }
}
