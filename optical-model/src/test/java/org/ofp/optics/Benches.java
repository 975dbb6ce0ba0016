// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Options;

/** Benches for tests, and how they are refused. */
final class Benches {
  private Benches() {}

  /** The options of a profile with other values for some: name, value, name, value… */
  static Options options(String profile, String... pairs) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return new Options(BenchProfile.of(profile).options(), given);
  }

  /** A profile's bench with other values for some options. */
  static BenchParameters bench(String profile, String... pairs) {
    return BenchParameters.of(options(profile, pairs));
  }

  /** Asserts a typed error of one line, not overlong, that names the parts. */
  static void assertRefused(ErrorCode code, Executable action, String... parts) {
    DeviceException e = assertThrows(DeviceException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    assertFalse(e.getMessage().isBlank());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(
        e.getMessage().length() <= 500,
        () -> e.getMessage().length() + " characters: " + e.getMessage().substring(0, 500) + "…");
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "'" + part + "' in: " + e.getMessage());
    }
  }
}
