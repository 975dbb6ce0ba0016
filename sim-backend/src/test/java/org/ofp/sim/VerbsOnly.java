// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.VerbSequencer;

/** Passes the verbs on to a device; jobs run by the interface's default. */
final class VerbsOnly extends ForwardingDevice {
  VerbsOnly(OpticalFourierDevice device) {
    super(device);
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    return VerbSequencer.run(this, sequence, options);
  }
}
