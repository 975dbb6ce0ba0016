// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

/**
 * IEEE 754 half precision: 1 sign, 5 exponent (bias 15), 10 fraction bits. (The JDK converts since
 * version 20.)
 */
final class HalfPrecision {
  private static final int FRACTION_SHIFT = 13; // 23 fraction bits of a float − 10
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private HalfPrecision() {}

  /** Exact. */
  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * SUBNORMAL_UNIT;
      return sign == 0 ? magnitude : -magnitude;
    }
    int floatExponent = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | floatExponent << 23 | fraction << FRACTION_SHIFT);
  }

  /** Rounds to nearest, ties to even; beyond 65504 (half a step included) to infinity. */
  static short fromFloat(float value) {
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    int bits;
    if (Float.isNaN(value)) {
      bits = 0x7E00;
    } else if (magnitude >= 65520f) {
      bits = 0x7C00;
    } else if (magnitude < 0x1p-14f) {
      bits = (int) Math.rint(magnitude / SUBNORMAL_UNIT); // the quotient is exact
    } else {
      int floatBits = Float.floatToRawIntBits(magnitude) - ((127 - 15) << 23);
      int roundToEven = 0xFFF + ((floatBits >>> FRACTION_SHIFT) & 1);
      bits = (floatBits + roundToEven) >>> FRACTION_SHIFT; // a carry moves into the exponent
    }
    return (short) (sign | bits);
  }
}
