// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * The transform of frames of one size, in place, on the calling thread.
 *
 * <p>Data are interleaved re, im; frames are contiguous, row-major, {@code 2*rows*cols} floats
 * each. The forward kernel is exp(−2πi·kn/N); both directions are scaled by 1/√(rows·cols), so that
 * one undoes the other and the energy is kept. A frame's result does not depend on the frames
 * beside it.
 *
 * <p>Immutable and thread-safe: several threads may use one plan on disjoint data at the same time,
 * and callers parallelise over frames that way.
 */
public interface FftPlan {

  int rows();

  int cols();

  /**
   * Transforms {@code count} frames that start at float {@code offset}.
   *
   * @throws IndexOutOfBoundsException if the frames do not lie within {@code data}
   */
  void forward(float[] data, int offset, int count);

  /** The inverse of {@link #forward(float[], int, int)}. */
  void inverse(float[] data, int offset, int count);

  /**
   * Transforms one frame, which stays as it is, and gives the result row by row: for callers that
   * write it elsewhere anyway, this saves the way through memory.
   *
   * @param rows called on this thread; what it throws is passed on
   * @throws IndexOutOfBoundsException if the frame does not lie within {@code frame}
   */
  void forward(float[] frame, int offset, FftRows rows);
}
