// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/**
 * Floats in a device's memory, taken from {@link DeviceMemory#allocate} and owned by who took them;
 * a device that is closed takes back what is left. Work on a buffer is done in the order in which
 * it is asked for, so that it may be closed while work on it is under way.
 *
 * <p>Offsets and lengths are in floats. Positions and limits of the host's buffers play no part.
 * Safe for use by several threads on different parts.
 */
@Experimental(since = "0.1")
public interface DeviceBuffer extends AutoCloseable {
  /** How many floats it holds. */
  long floats();

  /**
   * Copies from the host; {@code from} may be changed once this returns.
   *
   * @param from heap or direct, in native byte order
   * @param first index of the first value in {@code from}
   * @param at where it goes
   * @param n how many values, at least 0
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if one of the two is too small
   */
  void write(FloatBuffer from, int first, long at, int n);

  /**
   * Copies to the host, once all work asked for before is done, whose errors are thrown here.
   *
   * @param at index of the first value here
   * @param to heap or direct, in native byte order
   * @param first where it goes in {@code to}
   * @param n how many values, at least 0
   */
  void read(long at, FloatBuffer to, int first, int n);

  /**
   * Copies within the memory; not onto itself.
   *
   * @param at index of the first value here
   * @param to of the same memory
   * @param toAt where it goes in {@code to}
   * @param n how many values, at least 0
   */
  void copy(long at, DeviceBuffer to, long toAt, long n);

  /** Sets {@code n} values from {@code at} on to zero. */
  void clear(long at, long n);

  /** Gives the memory back. Closing again does nothing. */
  @Override
  void close();
}
