// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;

/**
 * What {@code ofp evaluate --json} prints.
 *
 * @param model the network
 * @param weights the file of its weights, or {@code shipped}; null if it is untrained
 * @param device address of the device, or none
 * @param data the folder of pictures and masks
 * @param split which of its pictures: all, training or validation
 * @param samples how many squares
 * @param side rows and columns of each
 * @param figures how well the network did on the device
 * @param electronic how well it did in libtorch; null unless compared
 * @param difference of both; null unless compared
 * @param confidence how the intervals of all these were found
 * @param agreement share of pixels in which both give the same class, mean over the samples; null
 *     unless compared
 * @param logitsSnrDb of the device's logits against libtorch's, mean over the samples; null unless
 *     compared
 * @param deviceSeconds wall-clock time of the network on the device; null without one
 * @param electronicSeconds wall-clock time of the network in libtorch; null where it was not run
 * @param frames shown on the device
 * @param deviceBusySeconds how long the device itself was busy, or the bench would have been
 * @param peakRssBytes the most memory this process has held; null where the system does not tell
 * @param files what was written; null without a folder for it
 */
public record EvaluationReport(
    String model,
    String weights,
    String device,
    Path data,
    String split,
    int samples,
    int side,
    @JsonUnwrapped Figures figures,
    Figures electronic,
    Difference difference,
    Confidence confidence,
    Double agreement,
    Double logitsSnrDb,
    Double deviceSeconds,
    Double electronicSeconds,
    long frames,
    double deviceBusySeconds,
    Long peakRssBytes,
    EvaluationFiles files) {}
