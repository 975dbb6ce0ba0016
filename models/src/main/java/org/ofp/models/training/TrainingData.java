// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.ofp.models.data.Samples;

/** What a network is trained and judged on. Immutable. */
public final class TrainingData {
  private final Samples training;
  private final Samples validation;
  private final double[] classWeights;

  /**
   * @param training samples to learn from
   * @param validation samples that decide when to stop, and which epoch was best
   * @param classWeights one per class, for the weighted cross-entropy
   */
  public TrainingData(Samples training, Samples validation, double[] classWeights) {
    this.training = training;
    this.validation = validation;
    this.classWeights = classWeights.clone();
  }

  /** Samples to learn from. */
  public Samples training() {
    return training;
  }

  /** Samples that decide when to stop, and which epoch was best. */
  public Samples validation() {
    return validation;
  }

  /** One per class, for the weighted cross-entropy. */
  public double[] classWeights() {
    return classWeights.clone();
  }

  /** How many classes there are. */
  public int classes() {
    return classWeights.length;
  }
}
