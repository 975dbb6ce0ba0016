// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.Arrays;

/** A photon-transfer curve: variance over mean at rising light, and the line through it. */
final class PhotonTransfer {
  final double[] means;
  final double[] variances;
  final double[] differences;

  private PhotonTransfer(int points) {
    means = new double[points];
    variances = new double[points];
    differences = new double[points];
  }

  static PhotonTransfer of(Sensed bench, double black, int points, double step) {
    PhotonTransfer transfer = new PhotonTransfer(points);
    for (int i = 0; i < points; i++) {
      double[] first = bench.even(step * (i + 1), 2L * i);
      double[] second = bench.even(step * (i + 1), 2L * i + 1);
      transfer.means[i] = (Sample.mean(first) + Sample.mean(second)) / 2 - black;
      transfer.variances[i] = Sample.variance(first);
      transfer.differences[i] = Sample.variance(Sample.difference(first, second)) / 2;
    }
    return transfer;
  }

  double slope(double[] variances) {
    double centre = Sample.mean(means);
    double[] x = Arrays.stream(means).map(m -> m - centre).toArray();
    return Sample.covariance(x, variances) / Sample.variance(x);
  }

  double intercept() {
    return Sample.mean(differences) - slope(differences) * Sample.mean(means);
  }

  /** Standard error of the slope if a variance is known to √(2/n) of itself. */
  double slopeError(int n) {
    double centre = Sample.mean(means);
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum += Math.pow((means[i] - centre) * differences[i], 2) * 2 / n;
    }
    return Math.sqrt(sum) / (means.length * Sample.variance(means));
  }

  /** Standard error of the intercept. */
  double interceptError(int n) {
    double centre = Sample.mean(means);
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      double weight =
          1.0 / means.length
              - centre * (means[i] - centre) / (means.length * Sample.variance(means));
      sum += Math.pow(weight * differences[i], 2) * 2 / n;
    }
    return Math.sqrt(sum);
  }
}
