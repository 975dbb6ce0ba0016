// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.ofp.cli.bench.HookedDevice;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;

/**
 * Meters the first job of a sequence and reads all further ones with the exposures found: what a
 * transform costs without metering reads, with counts of the usual size.
 *
 * <p>For sequences whose frames are alike, from one thread. Allocates nothing per job.
 */
final class FixedExposure implements HookedDevice.Hook {
  private final OpticalFourierDevice device;
  private final IdentityHashMap<FrameSequence, FrameSequence> fixed = new IdentityHashMap<>();

  private FixedExposure(OpticalFourierDevice device) {
    this.device = device;
  }

  /** The device with fixed exposures; closing it closes the device. */
  static OpticalFourierDevice on(OpticalFourierDevice device) {
    return new HookedDevice(device, new FixedExposure(device));
  }

  @Override
  public Job submit(FrameSequence metered, JobOptions options) {
    FrameSequence known = fixed.get(metered);
    if (known == null) {
      device.submit(metered, options).await();
      fixed.put(metered, withFoundExposures(metered));
      return Job.completed();
    }
    known.size(metered.size());
    for (int i = 0; i < metered.size(); i++) {
      known.identify(i, metered.id(i), metered.repeat(i));
    }
    device.submit(known, options).await();
    for (int i = 0; i < metered.size(); i++) {
      for (int r = 0; r < metered.readouts().size(); r++) {
        metered.exposure(i, r, known.exposure(i, r));
        metered.saturated(i, r, known.saturated(i, r));
      }
    }
    return Job.completed();
  }

  /** Over the same buffers; the shortest exposure of any frame, so that none clips. */
  private static FrameSequence withFoundExposures(FrameSequence metered) {
    List<Readout> readouts = new ArrayList<>();
    for (int r = 0; r < metered.readouts().size(); r++) {
      double shortest = metered.exposure(0, r);
      for (int i = 1; i < metered.size(); i++) {
        shortest = Math.min(shortest, metered.exposure(i, r));
      }
      readouts.add(metered.readouts().get(r).exposure(shortest));
    }
    return new FrameSequence(
        metered.shape(),
        metered.capacity(),
        readouts,
        metered.planes(),
        ExposureControl.fixed(),
        metered.amplitudes(),
        metered.counts());
  }
}
