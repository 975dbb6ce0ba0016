// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.OpticalFourierDevice;

/** Opens the device under test, once for every rule. */
@FunctionalInterface
public interface DeviceSource {
  /** A newly opened device; whoever asked closes it. */
  OpticalFourierDevice open();
}
