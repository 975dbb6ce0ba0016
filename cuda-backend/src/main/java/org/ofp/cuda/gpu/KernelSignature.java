// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What arguments a kernel takes, as its PTX declares them. The driver does not check them.
 *
 * @param name of the kernel
 * @param types boxed Java types, in order
 */
record KernelSignature(String name, List<Class<?>> types) {
  private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+(\\w+)\\s*\\(([^)]*)\\)");
  private static final Pattern PARAMETER =
      Pattern.compile("\\.param(?:\\s+\\.align\\s+\\d+)?\\s+\\.([bsuf])(\\d+)");

  KernelSignature {
    types = List.copyOf(types);
  }

  /** Those of all kernels in a PTX text. */
  static Map<String, KernelSignature> all(String ptx) {
    Map<String, KernelSignature> found = new HashMap<>();
    Matcher entry = ENTRY.matcher(ptx);
    while (entry.find()) {
      List<Class<?>> types = new ArrayList<>();
      Matcher parameter = PARAMETER.matcher(entry.group(2));
      while (parameter.find()) {
        types.add(type(parameter.group(1).equals("f"), parameter.group(2)));
      }
      found.put(entry.group(1), new KernelSignature(entry.group(1), types));
    }
    return found;
  }

  private static Class<?> type(boolean floating, String bits) {
    return switch (bits) {
      case "32" -> floating ? Float.class : Integer.class;
      case "64" -> floating ? Double.class : Long.class;
      default -> throw new IllegalArgumentException("a kernel's parameter of " + bits + " bits");
    };
  }

  /** Refuses arguments of other number or types. */
  void check(Object... arguments) {
    if (arguments.length != types.size()) {
      throw new IllegalArgumentException(
          name + " takes " + types.size() + " arguments, not " + arguments.length);
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!types.get(i).isInstance(arguments[i])) {
        throw new IllegalArgumentException(
            "argument "
                + i
                + " of "
                + name
                + " is a "
                + types.get(i).getSimpleName()
                + ", not "
                + arguments[i]);
      }
    }
  }
}
