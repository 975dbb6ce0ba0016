// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Comparisons, their combinations, and what depends on them. */
class PredicatesTest {
  private static final long SEED = 3;
  private static final String SELECT = " selp.u64 %rd9, 1, 0, %p1;";

  /** The result for two operands. */
  private interface Expected {
    long of(long a, long b);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void integersCompare() {
    for (String type : List.of("s32", "u32", "s64", "u64")) {
      for (String name : List.of("eq", "ne", "lt", "le", "gt", "ge")) {
        compare(setp(name, type), type, (a, b) -> truth(holds(name, order(type, a, b))));
      }
    }
    for (String type : List.of("u32", "u64")) {
      compare(setp("lo", type), type, (a, b) -> truth(order(type, a, b) < 0));
      compare(setp("ls", type), type, (a, b) -> truth(order(type, a, b) <= 0));
      compare(setp("hi", type), type, (a, b) -> truth(order(type, a, b) > 0));
      compare(setp("hs", type), type, (a, b) -> truth(order(type, a, b) >= 0));
    }
    for (String type : List.of("b32", "b64")) {
      compare(setp("eq", type), type, (a, b) -> truth(order(type, a, b) == 0));
      compare(setp("ne", type), type, (a, b) -> truth(order(type, a, b) != 0));
    }
  }

  @Test
  void words16Compare() {
    String load = "cvt.u16.u64 %h1, %rd1; cvt.u16.u64 %h2, %rd2; ";
    compare(
        load + "setp.lt.s16 %p1, %h1, %h2;" + SELECT,
        "u32",
        (a, b) -> truth((short) a < (short) b));
    compare(
        load + "setp.lt.u16 %p1, %h1, %h2;" + SELECT,
        "u32",
        (a, b) -> truth((a & 0xFFFF) < (b & 0xFFFF)));
  }

  @Test
  void doublesCompareOrderedOrNot() {
    for (String name : List.of("eq", "ne", "lt", "le", "gt", "ge")) {
      for (boolean unordered : new boolean[] {false, true}) {
        compare(
            setp(unordered ? name + "u" : name, "f64"),
            "f64",
            (a, b) -> {
              double x = Double.longBitsToDouble(a);
              double y = Double.longBitsToDouble(b);
              boolean nan = Double.isNaN(x) || Double.isNaN(y);
              // + 0.0 makes −0 the same as 0.
              return truth(nan ? unordered : holds(name, Double.compare(x + 0.0, y + 0.0)));
            });
      }
    }
    compare(setp("num", "f64"), "f64", (a, b) -> truth(!isNan(a) && !isNan(b)));
    compare(setp("nan", "f64"), "f64", (a, b) -> truth(isNan(a) || isNan(b)));
  }

  @Test
  void comparisonsAreCombinedWithPredicates() {
    String odd = "and.b64 %rd3, %rd1, 1; setp.eq.u64 %p2, %rd3, 1; ";
    for (String operator : List.of("and", "or", "xor")) {
      for (boolean negated : new boolean[] {false, true}) {
        String lines =
            String.format(
                "%ssetp.lt.%s.s64 %%p1|%%p3, %%rd1, %%rd2, %s%%p2; selp.u64 %%rd4, 2, 0, %%p3;"
                    + " selp.u64 %%rd9, 1, 0, %%p1; add.u64 %%rd9, %%rd9, %%rd4;",
                odd, operator, negated ? "!" : "");
        compare(
            lines,
            "s64",
            (a, b) -> {
              boolean other = (a & 1) == 1 != negated;
              return truth(combine(operator, a < b, other))
                  + 2 * truth(combine(operator, a >= b, other));
            });
      }
    }
  }

  @Test
  void bothResultsOfAComparisonAndLogicOfPredicates() {
    compare(
        "setp.lt.s64 %p1|%p2, %rd1, %rd2; selp.u64 %rd9, 5, 6, %p2;",
        "s64", (a, b) -> a < b ? 6 : 5);
    // The first destination is also the operand to combine with.
    compare(
        "setp.gt.s64 %p1, %rd1, 0; setp.lt.and.s64 %p1, %rd1, %rd2, %p1;" + SELECT,
        "s64",
        (a, b) -> truth(a > 0 && a < b));
    String two = "setp.lt.s64 %p2, %rd1, %rd2; setp.gt.s64 %p3, %rd1, 0; ";
    compare(two + "and.pred %p1, %p2, %p3;" + SELECT, "s64", (a, b) -> truth(a < b && a > 0));
    compare(two + "or.pred %p1, %p2, %p3;" + SELECT, "s64", (a, b) -> truth(a < b || a > 0));
    compare(two + "xor.pred %p1, %p2, %p3;" + SELECT, "s64", (a, b) -> truth(a < b ^ a > 0));
    compare(two + "not.pred %p1, %p2;" + SELECT, "s64", (a, b) -> truth(a >= b));
    compare(two + "mov.pred %p1, %p3;" + SELECT, "s64", (a, b) -> truth(a > 0));
  }

  @Test
  void instructionsAreExecutedIfTheirPredicateHolds() {
    compare(
        "mov.u64 %rd9, 7; setp.lt.s64 %p1, %rd1, %rd2; @%p1 mov.u64 %rd9, %rd1;"
            + " @!%p1 add.u64 %rd9, %rd9, %rd2;",
        "s64", (a, b) -> a < b ? a : 7 + b);
    compare(
        "setp.lt.s64 %p1, %rd1, %rd2; @%p1 bra LESS; mov.u64 %rd9, 1; bra.uni END;"
            + " LESS: mov.u64 %rd9, 2; END:",
        "s64", (a, b) -> a < b ? 2 : 1);
    // Stores and loads of threads whose predicate does not hold would fall outside memory.
    compare(
        "setp.lt.s64 %p1, %rd1, %rd2; selp.u64 %rd3, %in, 0, %p1;"
            + " @%p1 ld.global.u64 %rd9, [%rd3]; @%p1 st.global.u64 [%rd3], %rd9;",
        "s64", (a, b) -> a < b ? a : 0);
  }

  private static boolean combine(String operator, boolean a, boolean b) {
    return operator.equals("and") ? a && b : operator.equals("or") ? a || b : a ^ b;
  }

  private static boolean isNan(long bits) {
    return Double.isNaN(Double.longBitsToDouble(bits));
  }

  private static long truth(boolean value) {
    return value ? 1 : 0;
  }

  private static String setp(String name, String type) {
    String prefix = type.endsWith("32") ? "%r" : "%rd";
    return "setp." + name + "." + type + " %p1, " + prefix + "1, " + prefix + "2;" + SELECT;
  }

  private static int order(String type, long a, long b) {
    return switch (type) {
      case "s32" -> Integer.compare((int) a, (int) b);
      case "u32", "b32" -> Integer.compareUnsigned((int) a, (int) b);
      case "s64" -> Long.compare(a, b);
      default -> Long.compareUnsigned(a, b);
    };
  }

  private static boolean holds(String name, int order) {
    return switch (name) {
      case "eq" -> order == 0;
      case "ne" -> order != 0;
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      case "gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static void compare(String lines, String type, Expected expected) {
    List<long[]> rows = Operands.of(type, SEED);
    long[] results = Snippet.run(lines, rows);
    for (int i = 0; i < results.length; i++) {
      long a = rows.get(i)[0];
      long b = rows.get(i)[1];
      assertEquals(
          expected.of(a, b),
          results[i],
          () -> String.format("%s of %x and %x, seed %d", lines, a, b, SEED));
    }
  }
}
