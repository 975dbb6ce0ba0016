// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.ofp.cuda.emulator.FloatLanes.d;
import static org.ofp.cuda.emulator.FloatLanes.f;
import static org.ofp.cuda.emulator.FloatLanes.truth;

/** The comparisons of {@code setp}: PTX ISA 6.3, section 9.7.5. */
final class Comparisons {
  private Comparisons() {}

  /** 1 or 0; null if there is none such. */
  static Lane.Two of(String comparison, String type) {
    return switch (type) {
      case "f32" -> single(comparison);
      case "f64" -> wide(comparison);
      default -> integer(comparison, type);
    };
  }

  private static Lane.Two single(String comparison) {
    return switch (comparison) {
      case "eq" -> (a, b) -> truth(f(a) == f(b));
      case "ne" -> (a, b) -> truth(f(a) < f(b) || f(a) > f(b));
      case "lt" -> (a, b) -> truth(f(a) < f(b));
      case "le" -> (a, b) -> truth(f(a) <= f(b));
      case "gt" -> (a, b) -> truth(f(a) > f(b));
      case "ge" -> (a, b) -> truth(f(a) >= f(b));
      case "equ" -> (a, b) -> truth(!(f(a) < f(b) || f(a) > f(b)));
      case "neu" -> (a, b) -> truth(f(a) != f(b));
      case "ltu" -> (a, b) -> truth(!(f(a) >= f(b)));
      case "leu" -> (a, b) -> truth(!(f(a) > f(b)));
      case "gtu" -> (a, b) -> truth(!(f(a) <= f(b)));
      case "geu" -> (a, b) -> truth(!(f(a) < f(b)));
      case "num" -> (a, b) -> truth(!Float.isNaN(f(a)) && !Float.isNaN(f(b)));
      case "nan" -> (a, b) -> truth(Float.isNaN(f(a)) || Float.isNaN(f(b)));
      default -> null;
    };
  }

  private static Lane.Two wide(String comparison) {
    return switch (comparison) {
      case "eq" -> (a, b) -> truth(d(a) == d(b));
      case "ne" -> (a, b) -> truth(d(a) < d(b) || d(a) > d(b));
      case "lt" -> (a, b) -> truth(d(a) < d(b));
      case "le" -> (a, b) -> truth(d(a) <= d(b));
      case "gt" -> (a, b) -> truth(d(a) > d(b));
      case "ge" -> (a, b) -> truth(d(a) >= d(b));
      case "equ" -> (a, b) -> truth(!(d(a) < d(b) || d(a) > d(b)));
      case "neu" -> (a, b) -> truth(d(a) != d(b));
      case "ltu" -> (a, b) -> truth(!(d(a) >= d(b)));
      case "leu" -> (a, b) -> truth(!(d(a) > d(b)));
      case "gtu" -> (a, b) -> truth(!(d(a) <= d(b)));
      case "geu" -> (a, b) -> truth(!(d(a) < d(b)));
      case "num" -> (a, b) -> truth(!Double.isNaN(d(a)) && !Double.isNaN(d(b)));
      case "nan" -> (a, b) -> truth(Double.isNaN(d(a)) || Double.isNaN(d(b)));
      default -> null;
    };
  }

  private static Lane.Two integer(String comparison, String type) {
    int unused = 64 - PtxType.bits(type, 0);
    return type.startsWith("s") ? signed(comparison, unused) : unsigned(comparison, unused);
  }

  private static Lane.Two signed(String comparison, int n) {
    return switch (comparison) {
      case "eq" -> (a, b) -> truth(a << n == b << n);
      case "ne" -> (a, b) -> truth(a << n != b << n);
      case "lt" -> (a, b) -> truth(a << n < b << n);
      case "le" -> (a, b) -> truth(a << n <= b << n);
      case "gt" -> (a, b) -> truth(a << n > b << n);
      case "ge" -> (a, b) -> truth(a << n >= b << n);
      default -> null;
    };
  }

  /** Unsigned numbers compare like signed ones with the top bit turned over. */
  private static Lane.Two unsigned(String comparison, int n) {
    long top = Long.MIN_VALUE;
    return switch (comparison) {
      case "eq" -> (a, b) -> truth(a << n == b << n);
      case "ne" -> (a, b) -> truth(a << n != b << n);
      case "lt", "lo" -> (a, b) -> truth((a << n ^ top) < (b << n ^ top));
      case "le", "ls" -> (a, b) -> truth((a << n ^ top) <= (b << n ^ top));
      case "gt", "hi" -> (a, b) -> truth((a << n ^ top) > (b << n ^ top));
      case "ge", "hs" -> (a, b) -> truth((a << n ^ top) >= (b << n ^ top));
      default -> null;
    };
  }
}
