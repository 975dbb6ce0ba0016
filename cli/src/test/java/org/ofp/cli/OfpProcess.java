// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ofp} in a process of its own. */
final class OfpProcess {
  private OfpProcess() {}

  static ProcessBuilder of(List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1"); // a short life
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.ofp.cli.Ofp"));
    words.addAll(arguments);
    return new ProcessBuilder(words);
  }
}
