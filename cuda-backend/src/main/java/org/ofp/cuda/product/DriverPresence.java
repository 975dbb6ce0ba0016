// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Whether there can be an NVIDIA driver, by the files without which there is none. Takes
 * microseconds, where loading the bindings takes a good part of a second: every network on a device
 * asks, on every machine.
 */
final class DriverPresence {
  private static final Path LINUX = Path.of("/dev/nvidiactl");
  private static final Path WSL = Path.of("/dev/dxg");
  private static final String WINDOWS = "System32/nvcuda.dll";

  private DriverPresence() {}

  /** Why there is none here; empty if there may be one. */
  static String missing() {
    return missing(System.getProperty("os.name"), System.getenv("SystemRoot"), Files::exists);
  }

  /**
   * Why there is none.
   *
   * @param system the operating system's name
   * @param windowsFolder where Windows lies, or null
   */
  static String missing(String system, String windowsFolder, Predicate<Path> exists) {
    if (system.startsWith("Linux")) {
      return exists.test(LINUX) || exists.test(WSL) ? "" : "no NVIDIA driver: there is no " + LINUX;
    }
    if (system.startsWith("Windows") && windowsFolder != null) {
      Path library = Path.of(windowsFolder, WINDOWS);
      return exists.test(library) ? "" : "no NVIDIA driver: there is no " + library;
    }
    return "CUDA is not supported on " + system;
  }
}
