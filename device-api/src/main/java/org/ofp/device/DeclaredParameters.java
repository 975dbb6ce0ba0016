// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.HashMap;
import java.util.Map;

/**
 * The physical parameters of a description by their standard names. What is not declared, is off or
 * is no number counts as not there.
 */
final class DeclaredParameters {
  private final Map<String, String> values = new HashMap<>();

  DeclaredParameters(DeviceDescription description) {
    for (PhysicalParameter parameter : description.parameters()) {
      values.put(parameter.name(), parameter.value());
    }
  }

  /** Whether a parameter has this value. */
  boolean is(String name, String value) {
    return value.equals(values.get(name));
  }

  /** The number that a parameter declares, or another. */
  double number(String name, double otherwise) {
    try {
      return values.containsKey(name) ? Double.parseDouble(values.get(name)) : otherwise;
    } catch (NumberFormatException off) {
      return otherwise;
    }
  }
}
