// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.ofp.models.data.Samples;

/**
 * What a network is trained and judged on.
 *
 * @param training samples to learn from
 * @param validation samples that decide when to stop, and which epoch was best
 * @param classWeights one per class, for the weighted cross-entropy
 */
public record TrainingData(Samples training, Samples validation, double[] classWeights) {}
