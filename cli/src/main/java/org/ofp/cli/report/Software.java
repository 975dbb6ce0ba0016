// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.ofp.kernels.Kernels;

/**
 * What computes here: results can differ in their last digits from one version or engine to
 * another.
 */
final class Software {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL_NAME = "model name";
  private static final String BINDINGS = "org.bytedeco";

  private Software() {}

  /**
   * Names and versions, in the order to be shown.
   *
   * @param ofp the SDK's version
   */
  static Map<String, String> versions(String ofp) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("OFP SDK", ofp);
    versions.put(
        "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    versions.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    versions.put("Processor", processor());
    versions.put("libtorch", binding("pytorch"));
    versions.put("Fourier transforms", engine(Kernels.fft().name()));
    versions.put("Products of spectra", engine(Kernels.complexProduct().name()));
    versions.put(
        "1×1 convolutions",
        Kernels.pointwiseEngines().stream()
            .map(Software::engine)
            .collect(Collectors.joining(" and ")));
    return versions;
  }

  private static String processor() {
    String name = System.getProperty("os.arch");
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        name =
            lines
                .filter(line -> line.startsWith(MODEL_NAME))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(name);
      } catch (IOException e) {
        // The architecture has to do.
      }
    }
    return name + ", " + Runtime.getRuntime().availableProcessors() + " logical processors";
  }

  /** Engines that are native libraries have a binding of the same name. */
  private static String engine(String name) {
    String version = binding(name);
    return version.isEmpty() ? name : name + " " + version;
  }

  private static String binding(String artifact) {
    try {
      String version = Loader.getVersion(BINDINGS, artifact);
      return version == null ? "" : version;
    } catch (IOException e) {
      return "";
    }
  }
}
