// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Map;

/**
 * Arithmetic of {@code f32} and {@code f64}, rounded to nearest even, subnormals kept: PTX ISA 6.3,
 * sections 9.7.3 and 9.7.4. A NaN of single precision is the canonical one.
 */
final class FloatLanes {
  private static final int NAN = 0x7FFFFFFF;

  private FloatLanes() {}

  static void addTo(Map<String, Lane> lanes) {
    singles(lanes);
    doubles(lanes);
    lanes.put("fma.f32", (Lane.Three) (a, b, c) -> bits(Math.fma(f(a), f(b), f(c))));
    lanes.put("fma.f64", (Lane.Three) (a, b, c) -> bits(Math.fma(d(a), d(b), d(c))));
    lanes.put("fma.sat.f32", (Lane.Three) (a, b, c) -> bits(saturate(Math.fma(f(a), f(b), f(c)))));
  }

  private static void singles(Map<String, Lane> lanes) {
    lanes.put("add.f32", (Lane.Two) (a, b) -> bits(f(a) + f(b)));
    lanes.put("sub.f32", (Lane.Two) (a, b) -> bits(f(a) - f(b)));
    lanes.put("mul.f32", (Lane.Two) (a, b) -> bits(f(a) * f(b)));
    lanes.put("add.sat.f32", (Lane.Two) (a, b) -> bits(saturate(f(a) + f(b))));
    lanes.put("sub.sat.f32", (Lane.Two) (a, b) -> bits(saturate(f(a) - f(b))));
    lanes.put("mul.sat.f32", (Lane.Two) (a, b) -> bits(saturate(f(a) * f(b))));
    lanes.put("div.f32", (Lane.Two) (a, b) -> bits(f(a) / f(b)));
    lanes.put("rcp.f32", (Lane.One) a -> bits(1f / f(a)));
    // Through double is exact here: its 53 bits are at least 2·24 + 2.
    lanes.put("sqrt.f32", (Lane.One) a -> bits((float) Math.sqrt(f(a))));
    lanes.put(
        "min.f32",
        (Lane.Two) (a, b) -> bits(number(f(a), f(b)) ? Math.min(f(a), f(b)) : other(f(a), f(b))));
    lanes.put(
        "max.f32",
        (Lane.Two) (a, b) -> bits(number(f(a), f(b)) ? Math.max(f(a), f(b)) : other(f(a), f(b))));
    lanes.put("abs.f32", (Lane.One) a -> a & 0x7FFFFFFFL);
    lanes.put("neg.f32", (Lane.One) a -> a ^ 0x80000000L);
    lanes.put("copysign.f32", (Lane.Two) (a, b) -> (a & 0x80000000L) | (b & 0x7FFFFFFFL));
  }

  private static void doubles(Map<String, Lane> lanes) {
    lanes.put("add.f64", (Lane.Two) (a, b) -> bits(d(a) + d(b)));
    lanes.put("sub.f64", (Lane.Two) (a, b) -> bits(d(a) - d(b)));
    lanes.put("mul.f64", (Lane.Two) (a, b) -> bits(d(a) * d(b)));
    lanes.put("div.f64", (Lane.Two) (a, b) -> bits(d(a) / d(b)));
    lanes.put("rcp.f64", (Lane.One) a -> bits(1 / d(a)));
    lanes.put("sqrt.f64", (Lane.One) a -> bits(Math.sqrt(d(a))));
    lanes.put(
        "min.f64",
        (Lane.Two) (a, b) -> bits(number(d(a), d(b)) ? Math.min(d(a), d(b)) : other(d(a), d(b))));
    lanes.put(
        "max.f64",
        (Lane.Two) (a, b) -> bits(number(d(a), d(b)) ? Math.max(d(a), d(b)) : other(d(a), d(b))));
    lanes.put("abs.f64", (Lane.One) a -> a & Long.MAX_VALUE);
    lanes.put("neg.f64", (Lane.One) a -> a ^ Long.MIN_VALUE);
    lanes.put("copysign.f64", (Lane.Two) (a, b) -> (a & Long.MIN_VALUE) | (b & Long.MAX_VALUE));
  }

  static float f(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  static double d(long bits) {
    return Double.longBitsToDouble(bits);
  }

  static long bits(float value) {
    return Float.isNaN(value) ? NAN : Float.floatToRawIntBits(value);
  }

  static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  static long truth(boolean value) {
    return value ? 1 : 0;
  }

  /** Into [0, 1]; NaN becomes 0. */
  static float saturate(float value) {
    return value >= 0 ? Math.min(value, 1) + 0f : 0;
  }

  private static boolean number(double a, double b) {
    return !Double.isNaN(a) && !Double.isNaN(b);
  }

  private static float other(float a, float b) {
    return Float.isNaN(a) ? b : a;
  }

  private static double other(double a, double b) {
    return Double.isNaN(a) ? b : a;
  }
}
