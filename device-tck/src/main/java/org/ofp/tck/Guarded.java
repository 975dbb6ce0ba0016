// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.nio.FloatBuffer;
import org.ofp.device.BufferKind;

/** A buffer with a marked margin on both sides of where results belong. */
final class Guarded {
  static final int MARGIN = 33;

  private static final float MARK = -12345.678f;

  private final FloatBuffer buffer;
  private final int values;

  Guarded(BufferKind kind, int values) {
    this.values = values;
    buffer = kind.allocate(values + 2 * MARGIN);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, MARK);
    }
  }

  FloatBuffer buffer() {
    return buffer;
  }

  void requireFilledExactly(String what) {
    for (int i = 0; i < buffer.capacity(); i++) {
      boolean inside = i >= MARGIN && i < MARGIN + values;
      Expect.that(
          inside == (buffer.get(i) != MARK),
          what
              + (inside ? " left value " : " wrote beside the destination, at ")
              + (i - MARGIN)
              + " of "
              + values
              + (inside ? " unwritten" : ""));
    }
  }
}
