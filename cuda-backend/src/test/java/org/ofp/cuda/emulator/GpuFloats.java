// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Floats in the memory of the emulated GPU, for the libraries. */
final class GpuFloats {
  private GpuFloats() {}

  static float[] read(AddressSpace memory, long address, int count) {
    checkAligned(address);
    Region region = memory.readable(address, 4L * count);
    float[] values = new float[count];
    ByteBuffer.wrap(region.data, (int) (address - region.base), 4 * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  static void write(AddressSpace memory, long address, float... values) {
    checkAligned(address);
    int bytes = 4 * values.length;
    Region region = memory.find(address, bytes);
    int at = (int) (address - region.base);
    ByteBuffer.wrap(region.data, at, bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values);
    Arrays.fill(region.written, at, at + bytes, (byte) 1);
  }

  private static void checkAligned(long address) {
    if (address % 4 != 0) {
      throw new LaneFault(String.format("misaligned address 0x%x", address));
    }
  }
}
