// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.DeviceDescription;

/**
 * What a bench declares about its own imperfections: the physical parameter {@value #NAME}, the
 * relative L2 error of its field beyond bits and noise.
 */
final class FieldError {
  static final String NAME = "field-error";

  private FieldError() {}

  /** The declared error; 0 if nothing is declared. */
  static double of(DeviceDescription description) {
    return DeclaredNumber.of(description, NAME).orElse(0);
  }
}
