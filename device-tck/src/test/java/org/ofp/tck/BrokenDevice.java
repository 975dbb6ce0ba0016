// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Set;

/**
 * A device with one defect.
 *
 * @param defect what is wrong with it
 * @param breaks the rule that names the defect
 * @param consequences further rules that the defect breaks, none of which it could keep
 * @param source opens it
 */
record BrokenDevice(String defect, String breaks, Set<String> consequences, DeviceSource source) {
  @Override
  public String toString() {
    return breaks + ": " + defect;
  }
}
