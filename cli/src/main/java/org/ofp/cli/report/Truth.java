// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

/**
 * How well a class map agrees with the ground truth, as shares.
 *
 * @param pixelAccuracy share of the counted pixels that are right
 * @param meanIou mean intersection over union over the classes that are there
 */
record Truth(double pixelAccuracy, double meanIou) {
  static Truth of(byte[] truth, byte[] found, int classes) {
    ClassOverlap overlap = ClassOverlap.ofTruth(truth, found, classes);
    return new Truth(overlap.agreement(), overlap.meanIou());
  }
}
