// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** A plan of cuFFT as a binding sees it: cuFFT's functions, each with its status code. */
interface Cufft {
  int create();

  int setAutoAllocation(boolean on);

  /** For 2-D complex single-precision frames, one after the other; sets {@code workBytes[0]}. */
  int makePlanMany(int rows, int cols, int batch, long[] workBytes);

  int setWorkArea(long address);

  int setStream(DriverStream stream);

  /**
   * Queues the transforms.
   *
   * @param direction {@link #FORWARD} or {@link #INVERSE}
   */
  int execC2C(long from, long to, int direction);

  int destroy();

  int FORWARD = -1;
  int INVERSE = 1;
  int C2C = 0x29;
}
