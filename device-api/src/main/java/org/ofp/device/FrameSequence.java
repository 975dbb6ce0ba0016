// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A job's worth of frames, contiguous in the caller's buffers, with what is wanted from each:
 *
 * <pre>
 *   amplitudes   [n, rows, cols, 2]                      in   (see {@link SlmFrame})
 *   id, repeat   [n]                                     in
 *   meter        [n]  exposure safe to meter at, seconds in
 *   counts       [n, readouts, planes, rows, cols]       out  (see {@link DetectorFrame})
 *   exposure     [n, readouts]  seconds                  out
 *   saturated    [n, readouts]                           out
 * </pre>
 *
 * <p>The buffers' positions and limits play no part. Made once and used again: {@link #size(int)}
 * sets how many of the {@link #capacity()} frames the next job has. Owned by the device from {@link
 * OpticalFourierDevice#submit} until the job is done; not thread-safe.
 */
@Stable(since = "0.1")
public final class FrameSequence {
  private final FrameShape shape;
  private final int capacity;
  private final List<Readout> readouts;
  private final int planes;
  private final ExposureControl exposureControl;
  private final FloatBuffer amplitudes;
  private final FloatBuffer counts;
  private final long[] ids;
  private final int[] repeats;
  private final double[] meterExposures;
  private final double[] exposures;
  private final int[] saturated;

  /** Whether a read has been reported; set by the device's threads, asked for by any. */
  private final AtomicIntegerArray reported;

  private volatile long lastReadNanos;

  private int size;

  /**
   * A sequence over the caller's buffers.
   *
   * @param shape shape of every frame
   * @param capacity most frames in a job, at least 1
   * @param readouts reads wanted of every frame, at least one; with automatic exposure theirs act
   *     as ratios to the first's, see {@link ExposureControl}
   * @param planes planes per read, see {@link ReadoutMode#planes()}
   * @param exposureControl who sets the exposures
   * @param amplitudes room for {@code capacity·rows·cols·2} values
   * @param counts room for {@code capacity·readouts·planes·rows·cols} values
   */
  public FrameSequence(
      FrameShape shape,
      int capacity,
      List<Readout> readouts,
      int planes,
      ExposureControl exposureControl,
      FloatBuffer amplitudes,
      FloatBuffer counts) {
    if (capacity < 1 || readouts.isEmpty() || planes < 1) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a frame sequence needs at least one frame, one readout and one plane, not "
              + capacity
              + ", "
              + readouts.size()
              + " and "
              + planes);
    }
    this.shape = Objects.requireNonNull(shape);
    this.capacity = capacity;
    this.readouts = List.copyOf(readouts);
    this.planes = planes;
    this.exposureControl = Objects.requireNonNull(exposureControl);
    this.amplitudes = Buffers.whole(amplitudes);
    this.counts = Buffers.wholeWritable("frame sequence", counts);
    Buffers.requireRoom("frame sequence", amplitudes, 0, 2L * capacity * shape.pixels());
    Buffers.requireRoom(
        "frame sequence", counts, 0, (long) capacity * readouts.size() * planes * shape.pixels());
    ids = new long[capacity];
    repeats = new int[capacity];
    meterExposures = new double[capacity];
    exposures = new double[Math.multiplyExact(capacity, readouts.size())];
    saturated = new int[exposures.length];
    reported = new AtomicIntegerArray(exposures.length);
    size = capacity;
  }

  /** Sets how many frames the next job has, 0 to {@link #capacity()}. */
  public FrameSequence size(int frames) {
    if (frames < 0 || frames > capacity) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          frames + " frames do not fit this sequence, which holds up to " + capacity);
    }
    size = frames;
    return this;
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  public FrameShape shape() {
    return shape;
  }

  public List<Readout> readouts() {
    return readouts;
  }

  public int planes() {
    return planes;
  }

  public ExposureControl exposureControl() {
    return exposureControl;
  }

  public FloatBuffer amplitudes() {
    return amplitudes;
  }

  public FloatBuffer counts() {
    return counts;
  }

  /** Index of the first amplitude value of frame {@code i}. */
  public int amplitudeOffset(int i) {
    return 2 * shape.pixels() * i;
  }

  /** Index of the first count of readout {@code r} of frame {@code i}. */
  public int countOffset(int i, int r) {
    return (i * readouts.size() + r) * planes * shape.pixels();
  }

  /** Sets the caller's id and repeat of frame {@code i}. */
  public void identify(int i, long id, int repeat) {
    ids[i] = id;
    repeats[i] = repeat;
  }

  public long id(int i) {
    return ids[i];
  }

  public int repeat(int i) {
    return repeats[i];
  }

  /** Sets the exposure in seconds at which no pixel of frame {@code i} should clip. */
  public void meterExposure(int i, double seconds) {
    meterExposures[i] = seconds;
  }

  public double meterExposure(int i) {
    return meterExposures[i];
  }

  /** The exposure in seconds of readout {@code r} of frame {@code i}, set by the device. */
  public double exposure(int i, int r) {
    return exposures[i * readouts.size() + r];
  }

  /** For devices: states the exposure in seconds of readout {@code r} of frame {@code i}. */
  public void exposure(int i, int r, double seconds) {
    exposures[i * readouts.size() + r] = seconds;
  }

  /** Values of readout {@code r} of frame {@code i} that were clipped, set by the device. */
  public int saturated(int i, int r) {
    return saturated[i * readouts.size() + r];
  }

  /** For devices: states how many values of readout {@code r} of frame {@code i} were clipped. */
  public void saturated(int i, int r, int values) {
    saturated[i * readouts.size() + r] = values;
    lastReadNanos = System.nanoTime();
    reported.setRelease(i * readouts.size() + r, 1);
  }

  /**
   * Whether the device has stated the clipped values of every read of frame {@code i} since this
   * sequence was made, which it does when they are read. Any thread may ask.
   */
  public boolean isRead(int i) {
    for (int r = 0; r < readouts.size(); r++) {
      if (reported.getAcquire(i * readouts.size() + r) == 0) {
        return false;
      }
    }
    return true;
  }

  /** {@link System#nanoTime()} of the latest read that the device stated; 0 before the first. */
  public long lastReadNanos() {
    return lastReadNanos;
  }

  /** Share of all values of the job that were clipped, 0 to 1; NaN without frames. */
  public double clippedShare() {
    long clipped = 0;
    int reads = size * readouts.size();
    for (int k = 0; k < reads; k++) {
      clipped += saturated[k];
    }
    return clipped / ((double) reads * planes * shape.pixels());
  }

  /**
   * For devices: checks the whole job before its first frame is shown.
   *
   * @throws DeviceException for the first thing that the device cannot do
   */
  public void requireAdmissible(Capabilities capabilities) {
    FrameChecks.requireShape(shape, capabilities);
    if (planes != capabilities.readout().planes()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "this device reads "
              + capabilities.readout().planes()
              + " plane(s), the sequence has room for "
              + planes);
    }
    for (Readout readout : readouts) {
      readout.requireWithin(capabilities);
    }
  }
}
