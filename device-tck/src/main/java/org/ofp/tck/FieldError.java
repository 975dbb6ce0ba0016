// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.DeviceDescription;
import org.ofp.device.PhysicalParameter;

/**
 * What a bench declares about its own imperfections: the physical parameter {@value #NAME}, the
 * relative L2 error of its field beyond bits and noise.
 */
final class FieldError {
  static final String NAME = "field-error";

  private FieldError() {}

  /** The declared error; 0 if nothing is declared. */
  static double of(DeviceDescription description) {
    for (PhysicalParameter parameter : description.parameters()) {
      if (parameter.name().equals(NAME)) {
        return parse(parameter.value());
      }
    }
    return 0;
  }

  private static double parse(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new AssertionError(
          "the parameter '" + NAME + "' is '" + value + "', which is not a number", e);
    }
  }
}
