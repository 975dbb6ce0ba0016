// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What engines need to know of the processor. */
final class Processor {
  private static final boolean INTEL = vendorIsIntel();

  private Processor() {}

  /** Whether Intel made it; true where the system does not say. */
  static boolean isIntel() {
    return INTEL;
  }

  private static boolean vendorIsIntel() {
    Path description = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(description)) {
      return true;
    }
    try (Stream<String> lines = Files.lines(description)) {
      return lines
          .filter(line -> line.startsWith("vendor_id"))
          .findFirst()
          .map(line -> line.contains("GenuineIntel"))
          .orElse(true);
    } catch (IOException | java.io.UncheckedIOException e) {
      return true;
    }
  }
}
