// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.Optional;
import org.ofp.device.DeviceMemory;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/**
 * A device whose jobs go through the caller's hands: the transformer above has no hooks of its own.
 * Passes everything else on.
 */
public final class HookedDevice extends ForwardingDevice {
  /** Takes a job to the device. */
  public interface Hook {
    /** As {@link OpticalFourierDevice#submit}. */
    Job submit(FrameSequence sequence, JobOptions options);
  }

  private final Hook hook;

  /**
   * @param device that all but jobs go to
   * @param hook that jobs go to
   */
  public HookedDevice(OpticalFourierDevice device, Hook hook) {
    super(device);
    this.hook = hook;
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    return hook.submit(sequence, options);
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    // Frames that lie in the device's memory would not come by here.
    return capability == DeviceMemory.class ? Optional.empty() : super.extension(capability);
  }
}
