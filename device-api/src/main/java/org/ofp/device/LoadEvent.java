// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A flight recording's {@code ofp.Load}. */
@Name("ofp.Load")
@Label("Load")
@Category("Optical Fourier processor")
@Description("A frame is displayed, until the pixels have settled.")
@StackTrace(false)
final class LoadEvent extends Event {
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
