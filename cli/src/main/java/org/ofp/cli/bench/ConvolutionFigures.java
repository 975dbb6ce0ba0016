// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

/**
 * What {@code ofp bench URI --conv} measures. Medians of repeated runs in one process; kernel
 * spectra are kept from run to run, as in a network that is used more than once.
 *
 * @param device address
 * @param inChannels maps that go in
 * @param outChannels maps that come out
 * @param kernel side of the kernels
 * @param size side of the maps
 * @param padding zeros on each side
 * @param threads processors that either side may use
 * @param route where the layer runs on that device, lower case
 * @param opticalSeconds wall time of a pass by the device
 * @param opticalMinSeconds the shortest
 * @param electronicSeconds wall time of a pass by libtorch
 * @param electronicMinSeconds the shortest
 * @param timesElectronic how many times as long the device takes
 * @param framesPerRun frames shown in a pass
 * @param deviceSecondsPerRun time that the device itself was busy; predicted if simulated
 * @param runs timed passes of each
 * @param warmUpSeconds what came before
 */
public record ConvolutionFigures(
    String device,
    int inChannels,
    int outChannels,
    int kernel,
    int size,
    int padding,
    int threads,
    String route,
    double opticalSeconds,
    double opticalMinSeconds,
    double electronicSeconds,
    double electronicMinSeconds,
    double timesElectronic,
    double framesPerRun,
    double deviceSecondsPerRun,
    int runs,
    double warmUpSeconds) {}
