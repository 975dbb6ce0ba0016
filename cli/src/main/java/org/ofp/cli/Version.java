// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the SDK, and what a bug report needs to know besides. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String built = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "ofp " + (built == null ? "(not packaged)" : built),
      String.format(
          "Java %s (%s), %s %s",
          System.getProperty("java.version"),
          System.getProperty("java.vendor"),
          System.getProperty("os.name"),
          System.getProperty("os.arch"))
    };
  }
}
