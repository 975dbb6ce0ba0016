// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ofp.device.Devices;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;

/** Jobs of coherent reads. */
final class Sequences {
  private Sequences() {}

  /** The counts of frames that lie one after the other. */
  static List<Float> counts(String uri, FrameShape shape, float[] amplitudes) {
    int frames = amplitudes.length / (2 * shape.pixels());
    FloatBuffer counts = FloatBuffer.allocate(amplitudes.length);
    try (OpticalFourierDevice device = Devices.open(uri)) {
      FrameSequence sequence =
          new FrameSequence(
              shape,
              frames,
              List.of(Readout.plain(1e-4)),
              2,
              ExposureControl.fixed(),
              FloatBuffer.wrap(amplitudes),
              counts);
      device.submit(sequence, JobOptions.defaults()).await();
    }
    List<Float> list = new ArrayList<>();
    for (float count : counts.array()) {
      list.add(count);
    }
    return list;
  }
}
