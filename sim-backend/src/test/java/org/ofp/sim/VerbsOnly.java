// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/** Passes the verbs on to a device; jobs run by the interface's default, unless overridden. */
public class VerbsOnly implements OpticalFourierDevice {
  protected final OpticalFourierDevice device;

  public VerbsOnly(OpticalFourierDevice device) {
    this.device = device;
  }

  @Override
  public DeviceDescription description() {
    return device.description();
  }

  @Override
  public void load(SlmFrame frame) {
    device.load(frame);
  }

  @Override
  public void transform() {
    device.transform();
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    device.read(readout, into);
  }

  @Override
  public Telemetry telemetry() {
    return device.telemetry();
  }

  @Override
  public void close() {
    device.close();
  }
}
