// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.device.KernelReport;

/**
 * A native library.
 *
 * @param name for people
 * @param version of the Java binding, empty if it is not on the class path
 * @param present whether the binding is on the class path; MKL's exists for x86-64 alone
 * @param loads whether the library itself was found and loads
 * @param reason why not; empty if it does
 */
public record LibraryReport(
    String name, String version, boolean present, boolean loads, String reason) {
  private static final String GROUP = "org.bytedeco";

  /**
   * All libraries that the SDK can use. OpenBLAS and MKL were loaded, in the order they need, when
   * the engines were listed.
   */
  static List<LibraryReport> all(List<KernelReport> kernels) {
    return List.of(
        libtorch(), engine("OpenBLAS", "openblas", kernels), engine("MKL", "mkl", kernels));
  }

  private static LibraryReport libtorch() {
    String reason = "";
    try {
      Loader.load(torch.class);
    } catch (LinkageError | RuntimeException e) {
      reason = e.toString();
    }
    String version = version("pytorch");
    return new LibraryReport("libtorch", version, true, reason.isEmpty(), reason);
  }

  private static LibraryReport engine(String name, String engine, List<KernelReport> kernels) {
    String version = version(engine);
    String reason =
        kernels.stream()
            .filter(kernel -> kernel.name().equals(engine))
            .findFirst()
            .map(kernel -> kernel.available() ? "" : kernel.reason())
            .orElse("no engine asked for it");
    return new LibraryReport(name, version, !version.isEmpty(), reason.isEmpty(), reason);
  }

  private static String version(String artifact) {
    try {
      String version = Loader.getVersion(GROUP, artifact);
      return version == null ? "" : version;
    } catch (IOException | RuntimeException | LinkageError e) {
      return "";
    }
  }
}
