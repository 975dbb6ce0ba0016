// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Numbers what instructions read and write: registers, constants, special registers. */
final class Columns {
  private static final String SPECIAL =
      "%(n?tid|n?ctaid)\\.[xyz]|%laneid|%warpid|%lanemask_(lt|eq)";

  private static final Set<String> UNKNOWN =
      Set.of("%clock", "%clock64", "%globaltimer", "%smid", "%nsmid", "%gridid", "%nwarpid");

  private final Map<String, Integer> registers = new HashMap<>();
  private final Map<Long, Integer> byValue = new HashMap<>();
  private final Map<Integer, Long> constants = new HashMap<>();
  private final Map<String, Integer> specials = new HashMap<>();
  private int count;

  int temporary() {
    return count++;
  }

  /**
   * A register, special or not.
   *
   * @param instance tells apart the registers of functions that were put in place of calls
   */
  int register(int instance, String name) {
    if (name.equals("_")) {
      return temporary();
    } else if (name.matches(SPECIAL)) {
      return specials.computeIfAbsent(name, key -> count++);
    } else if (UNKNOWN.contains(name)) {
      throw new IllegalArgumentException("the emulator does not know " + name);
    }
    return registers.computeIfAbsent(instance + name, key -> count++);
  }

  int constant(long value) {
    int column = byValue.computeIfAbsent(value, key -> count++);
    constants.put(column, value);
    return column;
  }

  int count() {
    return count;
  }

  Map<Integer, Long> constants() {
    return Map.copyOf(constants);
  }

  Map<String, Integer> specials() {
    return Map.copyOf(specials);
  }
}
