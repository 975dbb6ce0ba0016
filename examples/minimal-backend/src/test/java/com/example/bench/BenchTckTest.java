// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.tck.DeviceTck;

/** The conformance suite on the I/Q receiver. */
class BenchTckTest extends DeviceTck {
  @Override
  protected OpticalFourierDevice openDevice() {
    return Devices.open("minimal:bench1");
  }
}
