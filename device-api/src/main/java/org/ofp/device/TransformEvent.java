// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A flight recording's {@code ofp.Transform}. */
@Name("ofp.Transform")
@Label("Transform")
@Category("Optical Fourier processor")
@Description("The frame is illuminated.")
@StackTrace(false)
final class TransformEvent extends Event {
  @Label("Device")
  String device;

  @Label("Frame id")
  long frame;

  /** Ends the event, and records it if there is a recording. */
  void made(DeviceDescription description, long frameId) {
    end();
    if (shouldCommit()) {
      device = description.id();
      frame = frameId;
      commit();
    }
  }
}
