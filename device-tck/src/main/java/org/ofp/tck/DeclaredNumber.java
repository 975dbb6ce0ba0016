// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.OptionalDouble;
import org.ofp.device.DeviceDescription;
import org.ofp.device.PhysicalParameter;

/** Physical parameters that rules ask for. */
final class DeclaredNumber {
  private DeclaredNumber() {}

  /** A parameter's value; empty if it is not declared. */
  static OptionalDouble of(DeviceDescription description, String name) {
    for (PhysicalParameter parameter : description.parameters()) {
      if (parameter.name().equals(name)) {
        return OptionalDouble.of(parse(name, parameter.value()));
      }
    }
    return OptionalDouble.empty();
  }

  private static double parse(String name, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new AssertionError(
          "the parameter '" + name + "' is '" + value + "', which is not a number", e);
    }
  }
}
