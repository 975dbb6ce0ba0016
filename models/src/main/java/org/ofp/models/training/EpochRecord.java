// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

/**
 * What came of one epoch.
 *
 * @param epoch from 1
 * @param trainingLoss mean over the epoch's steps
 * @param validationLoss mean over the validation batches
 * @param pixelAccuracy percent, on the validation samples; so are the following
 * @param classAccuracy percent, mean over (image, class) pairs
 * @param mIoU percent, mean over (image, class) pairs
 * @param datasetMIoU percent, from one confusion matrix
 * @param seconds wall-clock time, validation included, over all sessions
 * @param samplesPerSecond of the training steps alone, in this session
 * @param waitSeconds how long steps waited for data, in this session
 */
public record EpochRecord(
    int epoch,
    double trainingLoss,
    double validationLoss,
    double pixelAccuracy,
    double classAccuracy,
    double mIoU,
    double datasetMIoU,
    double seconds,
    double samplesPerSecond,
    double waitSeconds) {}
