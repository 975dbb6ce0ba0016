// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One detector read: digital numbers as the sensor gives them, row-major {@code [planes, rows,
 * cols]}, zero order in pixel [⌊rows/2⌋, ⌊cols/2⌋], and what is known about them.
 *
 * <p>A view of a part of the caller's buffer, filled by {@link OpticalFourierDevice#read}. Not
 * thread-safe.
 */
@Stable(since = "0.1")
public final class DetectorFrame {
  private final FrameShape shape;
  private final int planes;
  private final FloatBuffer counts;
  private int offset;

  private long frameId;
  private int repeat;
  private double exposure;
  private double gain;
  private int saturated;
  private String calibrationId = "";
  private long timestampNanos;

  /** A frame over a part of a buffer that holds {@code planes·rows·cols} values from offset on. */
  public DetectorFrame(FrameShape shape, int planes, FloatBuffer counts, int offset) {
    this.shape = Objects.requireNonNull(shape);
    this.planes = planes;
    this.counts = Buffers.wholeWritable("detector frame", counts);
    Buffers.requireRoom("detector frame", counts, offset, (long) planes * shape.pixels());
    moveTo(offset);
  }

  /** A frame with its own heap buffer. */
  public static DetectorFrame allocate(FrameShape shape, int planes) {
    return new DetectorFrame(
        shape, planes, FloatBuffer.allocate(Math.multiplyExact(planes, shape.pixels())), 0);
  }

  void moveTo(int offset) {
    this.offset = offset;
  }

  /**
   * For drivers: states what was read.
   *
   * @param frameId id of the SLM frame that was displayed
   * @param repeat its repeat
   * @param exposure seconds
   * @param gain analogue gain
   * @param saturated values that were clipped
   * @param calibrationId the calibration in force
   * @param timestampNanos end of the exposure on the device's clock
   */
  public void describe(
      long frameId,
      int repeat,
      double exposure,
      double gain,
      int saturated,
      String calibrationId,
      long timestampNanos) {
    this.frameId = frameId;
    this.repeat = repeat;
    this.exposure = exposure;
    this.gain = gain;
    this.saturated = saturated;
    this.calibrationId = calibrationId;
    this.timestampNanos = timestampNanos;
  }

  /**
   * For devices: checks that a field's counts have their place here.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT}
   */
  public void requireFits(FrameShape field, int fieldPlanes) {
    if (!shape.equals(field) || planes != fieldPlanes) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the detector frame is "
              + shape
              + " with "
              + planes
              + " plane(s), the field "
              + field
              + " with "
              + fieldPlanes);
    }
  }

  public FrameShape shape() {
    return shape;
  }

  public int planes() {
    return planes;
  }

  /** The buffer that holds the counts, from {@link #offset()} on. */
  public FloatBuffer counts() {
    return counts;
  }

  public int offset() {
    return offset;
  }

  public long frameId() {
    return frameId;
  }

  public int repeat() {
    return repeat;
  }

  /** Exposure in seconds. */
  public double exposure() {
    return exposure;
  }

  public double gain() {
    return gain;
  }

  /** Values that were clipped. */
  public int saturated() {
    return saturated;
  }

  public String calibrationId() {
    return calibrationId;
  }

  /** End of the exposure in nanoseconds on the device's clock, which a simulator may run ahead. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** The largest magnitude among the counts. */
  public float peak() {
    try (Workspace w = Workspace.take()) {
      int values = planes * shape.pixels();
      int lanes = Math.min(Workspace.LANES, values);
      Arrays.fill(w.b, 0, lanes, 0f);
      for (int at = 0; at < values; at += Workspace.LANES) {
        int n = Math.min(Workspace.LANES, values - at);
        counts.get(offset + at, w.a, 0, n);
        greatest(w.a, w.b, n);
      }
      float peak = 0;
      for (int j = 0; j < lanes; j++) {
        peak = Math.max(peak, w.b[j]);
      }
      return peak;
    }
  }

  private static void greatest(float[] counts, float[] peaks, int n) {
    for (int j = 0; j < n; j++) {
      peaks[j] = Math.max(peaks[j], Math.abs(counts[j]));
    }
  }
}
