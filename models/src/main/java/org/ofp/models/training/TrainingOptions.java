// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.time.Duration;

/**
 * How a network is trained. Immutable.
 *
 * @param epochs at most so many, at least 1
 * @param batchSize samples per step, at least 1
 * @param learningRate of Adam, above 0
 * @param loss what is minimised
 * @param patience epochs without a better validation mIoU before training stops; 0: never
 * @param seed of the order of the samples, of augmentation and of stochastic depth
 * @param augment whether samples are flipped and turned by 90°
 * @param checkpointEvery longest time between two checkpoints; there is one after every epoch too
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    double learningRate,
    LossKind loss,
    int patience,
    long seed,
    boolean augment,
    Duration checkpointEvery) {}
