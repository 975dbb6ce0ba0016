// SPDX-License-Identifier: Apache-2.0
/**
 * How fast it is: JMH benchmarks of the simulator's parts and {@link
 * org.ofp.benchmarks.SimulatorReport} of the whole, {@link org.ofp.benchmarks.ConvolutionReport} of
 * a layer and {@link org.ofp.benchmarks.NetworkReport} of whole networks against libtorch.
 */
package org.ofp.benchmarks;
