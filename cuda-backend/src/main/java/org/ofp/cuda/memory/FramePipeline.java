// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FieldCoding;
import org.ofp.device.FrameShape;

/**
 * The bench as {@link org.ofp.device.DeviceFrames#show} needs it: frames in the GPU's memory to
 * counts there. Belongs to a stream, a shape and its readouts; for one thread.
 */
public interface FramePipeline extends AutoCloseable {
  /** How many frames there must be room for where {@code frames} are shown. */
  int padded(int frames);

  /**
   * Shows frames and reads their counts. Waits as far as it must for exposures and saturated counts
   * to be known; the counts themselves may still be under way.
   *
   * @param excess whether any |a| may exceed 1, by rounding
   * @param amplitudes address of {@code [frames, rows, cols, 2]} floats, with room for {@link
   *     #padded}; overwritten
   * @param counts address of {@code [frames, readouts, planes, rows, cols]} floats
   * @param frames at least 1
   * @param ids the frames' ids
   * @param repeats their repeats
   * @param meterExposures seconds at which no pixel should clip
   * @param exposures receives {@code [frames, readouts]}, seconds
   * @param saturated receives {@code [frames, readouts]}, values that were clipped
   */
  void run(
      boolean excess,
      long amplitudes,
      long counts,
      int frames,
      long[] ids,
      int[] repeats,
      double[] meterExposures,
      double[] exposures,
      int[] saturated);

  /** Frees what it has. Closing again does nothing. */
  @Override
  void close();

  /** Makes pipelines. */
  interface Factory {
    /**
     * A pipeline.
     *
     * @param stream that its work goes to
     * @param coding shape, readouts and exposure control
     * @param capacity most frames at a time
     */
    FramePipeline open(GpuStream stream, FieldCoding coding, int capacity);

    /** Frames of a shape that are best shown at a time where so many fit, at least 1. */
    default int capacity(FrameShape shape, int fit) {
      return Math.max(1, fit);
    }
  }
}
