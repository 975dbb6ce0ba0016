// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A pointer into memory that something else owns, movable without allocating.
 *
 * <p>JavaCPP's own {@code position} will not do: for parameters declared {@code void*}, as those of
 * the complex products are, it counts bytes and not floats.
 */
final class NativeView extends FloatPointer {

  /** Points {@code floats} beyond where {@code base} does; the caller keeps the owner alive. */
  NativeView at(Pointer base, long floats) {
    address = base.address() + (base.position() + floats) * Float.BYTES;
    return this;
  }

  /**
   * Points at a value of a direct buffer, whatever its position, which JavaCPP 1.5.13 subtracts
   * without having added it; the caller keeps the buffer alive.
   */
  NativeView at(FloatBuffer buffer, long index) {
    address = new FloatPointer(buffer.duplicate().clear()).address() + index * Float.BYTES;
    return this;
  }

  void advance(long floats) {
    address += floats * Float.BYTES;
  }
}
