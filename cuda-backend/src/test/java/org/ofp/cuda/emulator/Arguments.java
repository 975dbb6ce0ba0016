// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;

/** The arguments of a launch. A GPU would not notice wrong ones. */
final class Arguments {
  private Arguments() {}

  /** As bits for registers. */
  static long[] bits(PtxModule.Function kernel, Object... arguments) {
    List<PtxModule.Variable> parameters = kernel.parameters();
    if (arguments.length != parameters.size()) {
      throw new GpuFault(
          "kernel "
              + kernel.name()
              + " takes "
              + parameters.size()
              + " arguments, given "
              + arguments.length);
    }
    long[] bits = new long[arguments.length];
    for (int i = 0; i < bits.length; i++) {
      String type = parameters.get(i).type();
      Class<?> expected =
          switch (type) {
            case "f32" -> Float.class;
            case "f64" -> Double.class;
            case "u32", "s32", "b32" -> Integer.class;
            case "u64", "s64", "b64" -> Long.class;
            default ->
                throw new GpuFault(
                    "kernel "
                        + kernel.name()
                        + ": parameter "
                        + i
                        + " has type "
                        + type
                        + "; allowed are types of 32 and 64 bits");
          };
      if (!expected.isInstance(arguments[i])) {
        throw new GpuFault(
            "kernel "
                + kernel.name()
                + ": argument "
                + i
                + " is "
                + (arguments[i] == null ? "null" : "a " + arguments[i].getClass().getSimpleName())
                + ", the kernel takes "
                + expected.getSimpleName()
                + " ("
                + type
                + ")");
      }
      bits[i] = bitsOf(arguments[i]);
    }
    return bits;
  }

  private static long bitsOf(Object argument) {
    if (argument instanceof Float value) {
      return Float.floatToRawIntBits(value);
    } else if (argument instanceof Double value) {
      return Double.doubleToRawLongBits(value);
    }
    return ((Number) argument).longValue();
  }
}
