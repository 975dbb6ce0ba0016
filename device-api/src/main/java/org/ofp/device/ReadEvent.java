// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A flight recording's {@code ofp.Read}. */
@Name("ofp.Read")
@Label("Read")
@Category("Optical Fourier processor")
@Description("The reference settles, the sensor exposes and digitises.")
@StackTrace(false)
final class ReadEvent extends Event {
  @Label("Device")
  String device;

  @Label("Frame id")
  long frame;

  @Label("Exposure in seconds")
  double exposure;

  @Label("Gain")
  double gain;

  @Label("Reference on")
  boolean reference;

  @Label("Phase of the reference in radians")
  double referencePhase;

  /** Ends the event, and records it if there is a recording. */
  void made(DeviceDescription description, long frameId, Readout readout) {
    end();
    if (shouldCommit()) {
      device = description.id();
      frame = frameId;
      exposure = readout.exposure();
      gain = readout.gain();
      reference = readout.referenceOn();
      referencePhase = readout.referencePhase();
      commit();
    }
  }
}
