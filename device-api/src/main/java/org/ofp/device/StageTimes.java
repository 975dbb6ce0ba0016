// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Map;

/**
 * Where a device spends its time: an optional {@link OpticalFourierDevice#extension extension} for
 * devices that know. Any thread may ask.
 */
@Experimental(since = "0.1")
public interface StageTimes {
  /**
   * Processor seconds per stage since the device was opened, summed over threads, in the order of
   * the light; the names are for people.
   */
  Map<String, Double> stageSeconds();
}
