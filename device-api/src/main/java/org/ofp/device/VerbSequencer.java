// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Runs a sequence by the six verbs: what {@link OpticalFourierDevice#submit} does by default. */
final class VerbSequencer {
  private VerbSequencer() {}

  static void run(OpticalFourierDevice device, FrameSequence sequence, JobOptions options) {
    SequenceReads reads = new SequenceReads(sequence, options, device.description());
    SlmFrame frame = new SlmFrame(sequence.shape(), sequence.amplitudes(), 0, 0, 0);
    for (int i = 0; i < sequence.size(); i++) {
      reads.requireTime();
      frame.moveTo(sequence.amplitudeOffset(i), sequence.id(i), sequence.repeat(i));
      device.load(frame);
      device.transform();
      reads.read(i, device::read);
    }
  }
}
