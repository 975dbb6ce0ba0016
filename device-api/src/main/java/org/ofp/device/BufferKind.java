// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Where a buffer lives. Every device takes both kinds; the preferred one saves a copy. */
@Stable(since = "0.1")
public enum BufferKind {
  /** Backed by a Java array. */
  HEAP,
  /** Native memory in native byte order. */
  DIRECT;

  /** A zeroed buffer of this kind for {@code floats} values. */
  public FloatBuffer allocate(int floats) {
    return this == HEAP
        ? FloatBuffer.allocate(floats)
        : ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }
}
