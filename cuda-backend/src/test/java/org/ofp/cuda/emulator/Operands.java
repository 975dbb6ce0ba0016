// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Edge values, all with all, and random ones. */
final class Operands {
  private static final long[] WORDS = {
    0, 1, 2, 31, 32, 33, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL
  };
  private static final long[] LONGS = {
    0, 1, 63, 64, 65, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL, Long.MAX_VALUE, Long.MIN_VALUE, -1
  };
  private static final float[] FLOATS = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    1.5f,
    2.5f,
    -2.5f,
    0x1p31f,
    -0x1p31f,
    0x1p63f,
    0x1p64f,
    3e9f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    0x1.fffffcp-127f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1.5,
    2.5,
    -2.5,
    0x1p31,
    -0x1p31,
    0x1p63,
    0x1p64,
    3e9,
    0x1.000001p-1,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    Float.MAX_VALUE,
    0x1.ffffffp127,
    0x1p-149,
    0x1p-150,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private Operands() {}

  /** Rows of three operands of a type, as bits. */
  static List<long[]> of(String type, long seed) {
    Random random = new Random(seed);
    long[] edges = edges(type);
    List<long[]> rows = new ArrayList<>();
    for (long a : edges) {
      for (long b : edges) {
        rows.add(new long[] {a, b, edges[random.nextInt(edges.length)]});
      }
    }
    for (int i = 0; i < 1000; i++) {
      rows.add(new long[] {random(type, random), random(type, random), random(type, random)});
    }
    return rows;
  }

  private static long[] edges(String type) {
    return switch (type) {
      case "f32" -> bits(FLOATS);
      case "f64" -> bits(DOUBLES);
      default -> type.endsWith("64") ? LONGS : WORDS;
    };
  }

  private static long[] bits(float... values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static long[] bits(double... values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return bits;
  }

  /** Any bits, or a number of everyday size, so that sums round and conversions do not saturate. */
  private static long random(String type, Random random) {
    boolean any = random.nextBoolean();
    return switch (type) {
      case "f32" ->
          any ? random.nextInt() : Float.floatToIntBits((float) random.nextGaussian() * 100);
      case "f64" -> any ? random.nextLong() : Double.doubleToLongBits(random.nextGaussian() * 1e5);
      default -> random.nextLong() >>> random.nextInt(type.endsWith("64") ? 64 : 32);
    };
  }
}
