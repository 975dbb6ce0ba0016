// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Locale;
import java.util.stream.Stream;

/** The engines that tests run over: all available ones, and which must be. */
final class Engines {

  private Engines() {}

  static Stream<String> fft() {
    return available("fft");
  }

  static Stream<String> product() {
    return available("product");
  }

  static Stream<String> pointwise() {
    return available("pointwise");
  }

  /** Whether the build puts MKL's natives on the test class path (see the profiles in the pom). */
  static boolean mklExpected() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return System.getProperty("os.arch").equals("amd64")
        && (os.startsWith("linux") || os.startsWith("windows"));
  }

  private static Stream<String> available(String kind) {
    return Kernels.list().stream()
        .filter(s -> s.kind().equals(kind) && s.available())
        .map(KernelStatus::name);
  }
}
