// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** What a {@link ConvolutionPlanner} saves, or buys. */
public enum Objective {
  /** Least time of the computer: for simulated devices, and for those that outrun it. */
  HOST_TIME,
  /**
   * Least time of the device; of plans that take it equally long the least time of the computer.
   */
  DEVICE_TIME,
  /**
   * The best predicted accuracy in whole decibels; of plans equal in them the least time of the
   * computer. Small frames are the most accurate, and take the device longest.
   */
  ACCURACY
}
