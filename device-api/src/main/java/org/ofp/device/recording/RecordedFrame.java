// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.List;
import org.ofp.device.Experimental;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;

/**
 * A frame of a recording, without its pixels.
 *
 * @param job number of the {@code submit} or the single read, from 0 in the order of their
 *     beginning
 * @param index of the frame in its job
 * @param id the caller's
 * @param repeat of the id
 * @param shape of frame and detector
 * @param planes per read
 * @param control who set the exposures
 * @param meterExposure seconds; 0 where exposures were set by the caller
 * @param timestampNanos of a single read, see {@link org.ofp.device.DetectorFrame}; 0 in a job
 * @param reads what was asked of the detector, and what it did
 */
@Experimental(since = "0.1")
public record RecordedFrame(
    long job,
    int index,
    long id,
    int repeat,
    FrameShape shape,
    int planes,
    ExposureControl control,
    double meterExposure,
    long timestampNanos,
    List<Read> reads) {
  public RecordedFrame {
    reads = List.copyOf(reads);
  }

  /**
   * One read of a frame.
   *
   * @param readout as it was asked for
   * @param exposure used, in seconds
   * @param saturated values that were clipped
   */
  public record Read(Readout readout, double exposure, int saturated) {}

  /** Values that were read of the frame. */
  public int counts() {
    return reads.size() * planes * shape.pixels();
  }

  /** What was asked of the detector. */
  List<Readout> readouts() {
    return reads.stream().map(Read::readout).toList();
  }
}
