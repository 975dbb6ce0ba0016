// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** Fundamental types by name. */
final class PtxType {
  private PtxType() {}

  /** Size in memory. */
  static int bytes(String type, int line) {
    return bits(type, line) / 8;
  }

  static int bits(String type, int line) {
    return switch (type) {
      case "b8", "u8", "s8" -> 8;
      case "b16", "u16", "s16" -> 16;
      case "b32", "u32", "s32", "f32" -> 32;
      case "b64", "u64", "s64", "f64" -> 64;
      default -> throw new PtxException(line, "the emulator does not know the type " + type);
    };
  }

  static boolean isFloat(String type) {
    return type.startsWith("f");
  }

  /** A register's bits as a number of the type: extended by sign or with zeros. */
  static long extend(String type, long bits) {
    return switch (type) {
      case "b8", "u8" -> bits & 0xFF;
      case "s8" -> (byte) bits;
      case "b16", "u16" -> bits & 0xFFFF;
      case "s16" -> (short) bits;
      case "b32", "u32" -> bits & 0xFFFFFFFFL;
      case "s32" -> (int) bits;
      default -> bits;
    };
  }
}
