// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Runs a sequence by the six verbs: what {@link OpticalFourierDevice#submit} does by default, and
 * decorators that have to see every frame. Safe for use by several threads, on different devices.
 */
@Experimental(since = "0.1")
public final class VerbSequencer {
  private VerbSequencer() {}

  /**
   * Loads, transforms and reads frame after frame, in the calling thread.
   *
   * @throws DeviceException as {@link OpticalFourierDevice#submit}
   */
  public static Job run(OpticalFourierDevice device, FrameSequence sequence, JobOptions options) {
    DeviceDescription description = device.description();
    SequenceReads reads = new SequenceReads(sequence, options, description);
    SlmFrame frame = new SlmFrame(sequence.shape(), sequence.amplitudes(), 0, 0, 0);
    for (int i = 0; i < sequence.size(); i++) {
      reads.requireTime();
      frame.moveTo(sequence.amplitudeOffset(i), sequence.id(i), sequence.repeat(i));
      LoadEvent load = new LoadEvent();
      load.begin();
      device.load(frame);
      load.made(description, sequence.id(i));
      TransformEvent transform = new TransformEvent();
      transform.begin();
      device.transform();
      transform.made(description, sequence.id(i));
      reads.read(i, device::read);
    }
    return reads.finished();
  }
}
