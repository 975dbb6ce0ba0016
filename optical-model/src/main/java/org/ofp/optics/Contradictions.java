// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.Locale;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Options that are possible each by itself but not together. */
final class Contradictions {
  private Contradictions() {}

  /**
   * Fails with {@link ErrorCode#INVALID_OPTION} unless the condition holds.
   *
   * @param message says what to do, a format for the values
   */
  static void unless(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new DeviceException(
          ErrorCode.INVALID_OPTION, String.format(Locale.ROOT, message, values));
    }
  }
}
