// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ofp.device.DetectorFrame;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.tck.ReferenceDevice.Kind;

/** One device for every kind of mistake that a driver's author may make. */
final class BrokenDevices {
  static final Kind COHERENT = Kind.of(ReadoutMode.COHERENT);
  static final Kind FOUR_STEP = Kind.of(ReadoutMode.FOUR_STEP);
  static final Kind INTENSITY = Kind.of(ReadoutMode.INTENSITY);

  /** What else goes wrong when every field is wrong. */
  static final String FIELDS = "T4 T8 T13 T14 T15 T16 ";

  private BrokenDevices() {}

  static List<BrokenDevice> all() {
    List<BrokenDevice> all = new ArrayList<>();
    all.addAll(BrokenOptics.all());
    all.addAll(BrokenReadouts.all());
    all.addAll(BrokenFrames.all());
    all.addAll(BrokenJobs.all());
    all.addAll(BrokenJobHandles.all());
    all.addAll(BrokenLifecycle.all());
    all.addAll(BrokenDeclarations.all());
    all.addAll(BrokenByFaults.all());
    return all;
  }

  static BrokenDevice broken(
      String breaks, String defect, String consequences, DeviceSource source) {
    Set<String> rules =
        Set.of(consequences.isEmpty() ? new String[0] : consequences.split(" ", -1));
    return new BrokenDevice(defect, breaks, rules, source);
  }

  /** Runs the verbs without any of the checks that jobs need. */
  static Job runPlainly(ReferenceDevice device, FrameSequence sequence, boolean all) {
    device.requireOpen();
    int planes = sequence.planes();
    for (int i = 0; i < (all ? sequence.capacity() : sequence.size()); i++) {
      device.load(
          new SlmFrame(
              sequence.shape(),
              sequence.amplitudes(),
              sequence.amplitudeOffset(i),
              sequence.id(i),
              sequence.repeat(i)));
      device.transform();
      for (int r = 0; r < sequence.readouts().size(); r++) {
        DetectorFrame into =
            new DetectorFrame(
                sequence.shape(), planes, sequence.counts(), sequence.countOffset(i, r));
        device.read(sequence.readouts().get(r), into);
        sequence.exposure(i, r, into.exposure());
        sequence.saturated(i, r, into.saturated());
      }
    }
    return Job.completed();
  }
}
