// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.device;

import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;

/** Opens devices by address. */
public final class Opening {
  private Opening() {}

  /** Opens the device; the caller closes it. */
  public static OpticalFourierDevice open(DeviceUri uri) {
    try {
      return Devices.open(uri);
    } catch (DeviceException e) {
      // A bench that does not exist is a wrong address; a bench file with faults is bad data.
      if (e.code() == ErrorCode.INVALID_PROFILE && uri.innermost().body().indexOf('=') < 0) {
        throw CliException.usage(e.getMessage());
      }
      throw e;
    }
  }
}
