// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How the counts of a frame are written, without loss of a bit. Of 16-bit counts the first and the
 * second half alternate: the compiler of JDK 17 has vector instructions for two counts in an int,
 * and none for shorts.
 */
enum CountCode {
  /** As they are, for counts that are not all whole, or too large. */
  FLOAT32(0),
  /** Whole numbers from 0 to 65535. */
  UINT16(1),
  /** Whole numbers from −32768 to 32767. */
  INT16(2);

  /**
   * Added to a whole number below 2²² in magnitude it leaves that number in the low bits of the
   * sum's mantissa.
   */
  private static final float SHIFT = 3 << 22;

  private static final int SHIFT_BITS = Float.floatToRawIntBits(SHIFT);
  private static final int HIGH = 0xffff0000;

  private final int number;

  CountCode(int number) {
    this.number = number;
  }

  /** The number that stands for it in a file. */
  int number() {
    return number;
  }

  /**
   * The code of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  static CountCode of(int number) {
    for (CountCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    throw new IllegalArgumentException("counts in code " + number);
  }

  /** Bytes of so many counts. */
  long bytes(long counts) {
    return this == FLOAT32 ? Float.BYTES * counts : Integer.BYTES * half(counts);
  }

  private static long half(long counts) {
    return (counts + 1) / 2;
  }

  /**
   * Writes {@code n} counts from {@code offset} on.
   *
   * @param compact whether as short as they can be, which takes longer than a copy
   * @param out little-endian, with room for {@code n} floats from its position on
   */
  static CountCode write(FloatBuffer counts, int offset, int n, ByteBuffer out, boolean compact) {
    CountCode code =
        compact && looksWhole(counts, offset, n) ? writeWhole(counts, offset, n, out) : FLOAT32;
    if (code == FLOAT32) {
      out.slice().order(out.order()).asFloatBuffer().put(0, counts, offset, n);
    }
    out.position(out.position() + (int) code.bytes(n));
    return code;
  }

  /** A first look, to spare readouts that are not quantised the work. */
  private static boolean looksWhole(FloatBuffer counts, int offset, int n) {
    for (int i = 0; i < Math.min(n, 16); i++) {
      if (counts.get(offset + i) != Math.rint(counts.get(offset + i))) {
        return false;
      }
    }
    return true;
  }

  /** FLOAT32 if they cannot be written so. */
  private static CountCode writeWhole(FloatBuffer counts, int offset, int n, ByteBuffer out) {
    int half = (int) half(n);
    var words = out.slice().order(out.order()).asIntBuffer();
    try (CountScratch s = CountScratch.take()) {
      Arrays.fill(s.lost, 0);
      Arrays.fill(s.unsigned, 0);
      Arrays.fill(s.signed, 0);
      for (int at = 0; at < half; at += CountScratch.LANES) {
        int lanes = Math.min(CountScratch.LANES, half - at);
        int second = Math.min(lanes, n - half - at);
        shift(s, counts, offset + at, lanes, s.low);
        if (second < lanes) { // the last word of an odd number of counts
          s.high[lanes - 1] = SHIFT_BITS;
        }
        shift(s, counts, offset + half + at, second, s.high);
        range(s.low, s.high, s.unsigned, s.signed, lanes);
        pack(s.low, s.high, lanes);
        words.put(at, s.low, 0, lanes);
      }
      if (any(s.lost, -1)) {
        return FLOAT32;
      }
      return any(s.unsigned, HIGH) ? any(s.signed, HIGH) ? FLOAT32 : INT16 : UINT16;
    }
  }

  /** The counts plus {@link #SHIFT} as bits; notes where they would not come back bit for bit. */
  private static void shift(CountScratch s, FloatBuffer counts, int offset, int lanes, int[] bits) {
    counts.get(offset, s.counts, 0, lanes);
    shift(s.counts, s.shifted, s.back, lanes);
    s.bits(s.counts, s.countBits, lanes);
    s.bits(s.back, s.backBits, lanes);
    s.bits(s.shifted, bits, lanes);
    differences(s.countBits, s.backBits, s.lost, lanes);
  }

  private static void shift(float[] counts, float[] shifted, float[] back, int lanes) {
    for (int j = 0; j < lanes; j++) {
      shifted[j] = counts[j] + SHIFT;
      back[j] = (counts[j] + SHIFT) - SHIFT;
    }
  }

  private static void differences(int[] a, int[] b, int[] lost, int lanes) {
    for (int j = 0; j < lanes; j++) {
      lost[j] |= a[j] ^ b[j];
    }
  }

  /** Notes in the high bits counts outside of each range. */
  private static void range(int[] low, int[] high, int[] unsigned, int[] signed, int lanes) {
    for (int j = 0; j < lanes; j++) {
      unsigned[j] |= (low[j] - SHIFT_BITS) | (high[j] - SHIFT_BITS);
      signed[j] |= (low[j] - SHIFT_BITS + 0x8000) | (high[j] - SHIFT_BITS + 0x8000);
    }
  }

  private static void pack(int[] low, int[] high, int lanes) {
    for (int j = 0; j < lanes; j++) {
      low[j] = (low[j] & 0xffff) | (high[j] << 16);
    }
  }

  private static boolean any(int[] bits, int mask) {
    int all = 0;
    for (int b : bits) {
      all |= b;
    }
    return (all & mask) != 0;
  }

  /**
   * Reads {@code n} counts.
   *
   * @param in little-endian, from its position on, which stays
   * @param offset of the first in {@code counts}
   */
  void read(ByteBuffer in, FloatBuffer counts, int offset, int n) {
    if (this == FLOAT32) {
      counts.put(offset, in.slice().order(in.order()).asFloatBuffer(), 0, n);
      return;
    }
    var words = in.slice().order(in.order()).asShortBuffer();
    int half = (int) half(n);
    int mask = this == UINT16 ? 0xffff : -1;
    for (int i = 0; i < n; i++) {
      counts.put(offset + i, words.get(i < half ? 2 * i : 2 * (i - half) + 1) & mask);
    }
  }
}
