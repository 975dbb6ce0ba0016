// SPDX-License-Identifier: Apache-2.0
package org.elsewhere;

import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.tck.TransformRules;

/** One chapter alone, in a package of the author's own. */
class ExtendOneChapterTest extends TransformRules {
  @Override
  protected OpticalFourierDevice openDevice() {
    return Devices.open("sim:ideal");
  }
}
