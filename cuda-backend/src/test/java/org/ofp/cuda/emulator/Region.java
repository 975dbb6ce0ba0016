// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/**
 * Memory of the emulated GPU: an allocation, a variable, or a block's shared or local memory. Knows
 * of each byte whether it was ever written.
 */
final class Region {
  /** For messages. */
  final String purpose;

  /** Its first address. */
  final long base;

  /** Bytes from one thread's part to the next's in local memory; else 0. */
  final int stride;

  final byte[] data;

  /** 1 for each byte that was written. */
  final byte[] written;

  /** Bytes that may be accessed from {@link #base}; −1 once freed. */
  volatile long size;

  Region(String purpose, long base, long bytes) {
    this(purpose, base, bytes, 1, 0);
  }

  /** The local memory of all threads of a block: each sees its own part at the same addresses. */
  static Region local(long bytes, int threads) {
    return new Region("local memory", AddressSpace.LOCAL, bytes, threads, (int) bytes);
  }

  private Region(String purpose, long base, long bytes, int parts, int stride) {
    this.purpose = purpose;
    this.base = base;
    this.size = bytes;
    this.stride = stride;
    this.data = new byte[Math.toIntExact(bytes * parts)];
    this.written = new byte[data.length];
    forget();
  }

  /** Makes the contents undefined: NaN where a kernel reads them as floats all the same. */
  void forget() {
    Arrays.fill(data, (byte) 0xFF);
    Arrays.fill(written, (byte) 0);
  }

  String describe(long address) {
    return String.format(
        "0x%x, byte %d of '%s' (%d bytes)", address, address - base, purpose, data.length);
  }
}
