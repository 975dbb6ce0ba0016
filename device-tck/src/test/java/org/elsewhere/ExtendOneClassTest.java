// SPDX-License-Identifier: Apache-2.0
package org.elsewhere;

import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.tck.DeviceTck;

/** What a driver's author writes, in a package of the author's own. */
class ExtendOneClassTest extends DeviceTck {
  @Override
  protected OpticalFourierDevice openDevice() {
    return Devices.open("sim:demonstrator?rows=64&cols=64");
  }
}
