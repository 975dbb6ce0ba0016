// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All instructions that compute in registers, by opcode. */
final class Lanes {
  static final Lane.One MOVE = a -> a;
  static final Lane.One NOT = a -> a ^ 1;
  static final Lane.Three SELECT = (a, b, p) -> p != 0 ? a : b;
  static final Lane.One LOW = a -> a & 0xFFFFFFFFL;
  static final Lane.One HIGH = a -> a >>> 32;
  static final Lane.Two PACK = (a, b) -> (a & 0xFFFFFFFFL) | (b << 32);
  static final Lane.One LOW_HALF = a -> a & 0xFFFF;
  static final Lane.One HIGH_HALF = a -> (a & 0xFFFFFFFFL) >>> 16;
  static final Lane.Two PACK_HALVES = (a, b) -> (a & 0xFFFF) | (b & 0xFFFF) << 16;

  private static final Set<String> ROUNDINGS =
      Set.of("rn", "rz", "rm", "rp", "rni", "rzi", "rmi", "rpi");

  /** Without conversions and comparisons, which are made when first used. */
  static final Map<String, Lane> TABLE = table();

  private static final Map<String, Lane> MADE = new ConcurrentHashMap<>();

  private Lanes() {}

  private static Map<String, Lane> table() {
    Map<String, Lane> lanes = new HashMap<>();
    FloatLanes.addTo(lanes);
    IntegerLanes.addTo(lanes);
    BitLanes.addTo(lanes);
    return lanes;
  }

  /** What the instruction computes; null if it is none of these. */
  static Lane find(PtxModule.Instruction instruction) {
    if (instruction.operation().equals("cvt")) {
      return conversion(instruction);
    }
    // Rounding to nearest is what Java does; the other modes have no entry.
    List<String> words = new ArrayList<>(instruction.opcode());
    words.remove("rn");
    return TABLE.get(String.join(".", words));
  }

  /** A comparison that gives 1 or 0; null if there is none such. */
  static Lane comparison(String name, String type) {
    return MADE.computeIfAbsent(name + "." + type, key -> Comparisons.of(name, type));
  }

  private static Lane conversion(PtxModule.Instruction instruction) {
    List<String> words = instruction.opcode();
    int n = words.size();
    List<String> modifiers = words.subList(1, n - 2);
    boolean saturate = modifiers.contains("sat");
    String rounding = modifiers.stream().filter(ROUNDINGS::contains).findFirst().orElse("");
    int known = (saturate ? 1 : 0) + (rounding.isEmpty() ? 0 : 1);
    if (modifiers.size() != known) {
      return null; // such as ftz
    }
    return MADE.computeIfAbsent(
        String.join(".", words),
        key -> Conversions.of(rounding, saturate, words.get(n - 2), words.get(n - 1)));
  }
}
