// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.List;

/**
 * Who a device is and what it can do.
 *
 * @param id identity of this unit, stable over openings
 * @param name a name for people
 * @param driver the driver's name and version
 * @param capabilities what it can do
 * @param calibration how its counts relate to the field
 * @param parameters its physical parameters in SI units, in the light's order
 */
@Stable(since = "0.1")
public record DeviceDescription(
    String id,
    String name,
    String driver,
    Capabilities capabilities,
    Calibration calibration,
    List<PhysicalParameter> parameters) {
  public DeviceDescription {
    parameters = List.copyOf(parameters);
  }
}
