// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Where a look at CUDA is worth its time. */
class DriverPresenceTest {
  private static String linux(String there) {
    return DriverPresence.missing("Linux", null, path -> path.toString().equals(there));
  }

  @Test
  void onLinuxTheKernelModuleShows() {
    assertEquals("no NVIDIA driver: there is no /dev/nvidiactl", linux("/dev/null"));
    assertEquals("", linux("/dev/nvidiactl"));
    assertEquals("", linux("/dev/dxg"));
  }

  @Test
  void onWindowsTheLibraryDoes() {
    assertEquals("", DriverPresence.missing("Windows 11", "C:/Windows", path -> true));
    String reason = DriverPresence.missing("Windows 11", "C:/Windows", path -> false);
    assertTrue(reason.startsWith("no NVIDIA driver: there is no C:"), reason);
    assertTrue(reason.endsWith("nvcuda.dll"), reason);
  }

  @Test
  void elsewhereThereIsNone() {
    assertEquals(
        "CUDA is not supported on Mac OS X",
        DriverPresence.missing("Mac OS X", null, path -> true));
  }
}
