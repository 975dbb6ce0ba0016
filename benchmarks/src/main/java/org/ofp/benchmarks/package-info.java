// SPDX-License-Identifier: Apache-2.0
/**
 * How fast the simulator is: JMH benchmarks of its parts, and {@link
 * org.ofp.benchmarks.SimulatorReport} of the whole.
 */
package org.ofp.benchmarks;
