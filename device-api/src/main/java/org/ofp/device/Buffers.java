// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/** Bounds of frames within the callers' buffers. */
final class Buffers {
  private Buffers() {}

  /** The buffer, its limit at its capacity, since indexed access stops at the limit. */
  static FloatBuffer whole(FloatBuffer buffer) {
    return buffer.limit() == buffer.capacity() ? buffer : buffer.duplicate().clear();
  }

  /** As {@link #whole}, for results. */
  static FloatBuffer wholeWritable(String what, FloatBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          what + " cannot be filled: its buffer of counts is read-only");
    }
    return whole(buffer);
  }

  static void requireRoom(String what, FloatBuffer buffer, int offset, long values) {
    if (offset < 0 || offset + values > buffer.capacity()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          what
              + " needs "
              + values
              + " values from index "
              + offset
              + ", the buffer holds "
              + buffer.capacity());
    }
  }
}
