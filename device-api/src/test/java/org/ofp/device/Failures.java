// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What every failure must look like. */
public final class Failures {
  private Failures() {}

  /** Asserts the code, and that the message is one line which holds the parts. */
  public static DeviceException assertFails(ErrorCode code, Executable action, String... parts) {
    DeviceException e = assertThrows(DeviceException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "'" + part + "' in: " + e.getMessage());
    }
    return e;
  }
}
