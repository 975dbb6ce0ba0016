// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.List;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.Readout;

/**
 * Frames that pass the bench together: what is wanted of each, and what became of it. The frames
 * and their counts themselves lie in the GPU's memory.
 *
 * @param frames how many, at least 1
 * @param ids the caller's ids
 * @param repeats of the ids
 * @param meterExposures seconds at which no pixel should clip, for metering
 * @param readouts wanted of every frame
 * @param control who sets the exposures
 * @param exposures {@code [frames][readouts]} seconds, out
 * @param saturated {@code [frames][readouts]} values that were clipped, out
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter object; nobody compares it
public record FrameJob(
    int frames,
    long[] ids,
    int[] repeats,
    double[] meterExposures,
    List<Readout> readouts,
    ExposureControl control,
    double[] exposures,
    int[] saturated) {
  /** Part of a sequence. */
  static FrameJob of(FrameSequence sequence, int first, int frames) {
    int reads = sequence.readouts().size();
    FrameJob job =
        new FrameJob(
            frames,
            new long[frames],
            new int[frames],
            new double[frames],
            sequence.readouts(),
            sequence.exposureControl(),
            new double[frames * reads],
            new int[frames * reads]);
    for (int i = 0; i < frames; i++) {
      job.ids[i] = sequence.id(first + i);
      job.repeats[i] = sequence.repeat(first + i);
      job.meterExposures[i] = sequence.meterExposure(first + i);
    }
    return job;
  }

  /** Tells a sequence what became of its frames from {@code first} on. */
  void report(FrameSequence sequence, int first) {
    int reads = readouts.size();
    for (int i = 0; i < frames; i++) {
      for (int r = 0; r < reads; r++) {
        sequence.exposure(first + i, r, exposures[i * reads + r]);
        sequence.saturated(first + i, r, saturated[i * reads + r]);
      }
    }
  }
}
