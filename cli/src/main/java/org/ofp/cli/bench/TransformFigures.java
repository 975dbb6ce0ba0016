// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.Map;

/**
 * What {@code ofp bench URI} measures, in seconds, joules and bytes. Medians of repeated runs.
 *
 * @param device address
 * @param rows of a field
 * @param cols of a field
 * @param batch fields transformed at once
 * @param threads processors that the host's work may use
 * @param transformsPerSecond of whole batches, from the caller's fields to the caller's fields
 * @param secondsPerTransform the same the other way round
 * @param latencyP50 wall time of one transform submitted alone, median
 * @param latencyP99 the same, 99th percentile; the largest of fewer than 100
 * @param latencyRuns transforms submitted alone
 * @param fftKernel host engine behind {@code rawFftSeconds}, and behind a simulator here
 * @param rawFftSeconds wall time per transform of that engine alone, on the same batch and threads
 * @param timesRawFft how many times as long a transform takes
 * @param stages processor seconds per transform, summed over threads
 * @param framesPerTransform SLM frames
 * @param readsPerTransform detector reads, metering included
 * @param deviceSecondsPerTransform time that the device itself was busy; predicted if simulated
 * @param joulesPerTransform predicted from what the device declares; NaN if it declares nothing
 * @param bytesPerTransform allocated on the Java heap by all threads
 * @param batchRuns timed runs of whole batches
 * @param warmUpSeconds what came before
 */
public record TransformFigures(
    String device,
    int rows,
    int cols,
    int batch,
    int threads,
    double transformsPerSecond,
    double secondsPerTransform,
    double latencyP50,
    double latencyP99,
    int latencyRuns,
    String fftKernel,
    double rawFftSeconds,
    double timesRawFft,
    Map<String, Double> stages,
    double framesPerTransform,
    double readsPerTransform,
    double deviceSecondsPerTransform,
    double joulesPerTransform,
    double bytesPerTransform,
    int batchRuns,
    double warmUpSeconds) {}
