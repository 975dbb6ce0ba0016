// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a few words why a native library does not load. */
final class LinkFailure {
  /** As glibc puts it; within JCuda's report of several lines as well as in JavaCPP's causes. */
  private static final Pattern MISSING =
      Pattern.compile("(\\S+): cannot open shared object file: No such file");

  private static final Pattern VERSION =
      Pattern.compile("version [`']?(\\S+?)' not found \\(required by");

  /** As Windows puts it; it does not name the library. */
  private static final Pattern WINDOWS = Pattern.compile("Can't find dependent libraries");

  private LinkFailure() {}

  /**
   * The reason in one line, such as {@code libcuda.so.1 not found}.
   *
   * @param failure what loading threw; its causes are looked at, too
   */
  static String reason(Throwable failure) {
    if (failure instanceof NoClassDefFoundError && failure.getMessage() != null) {
      return failure.getMessage().replace('/', '.') + " is not on the class path";
    }
    String first = "";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      Matcher missing = MISSING.matcher(text);
      if (missing.find()) {
        return missing.group(1) + " not found";
      }
      Matcher version = VERSION.matcher(text);
      if (version.find()) {
        return "a library lacks the version " + version.group(1);
      }
      if (WINDOWS.matcher(text).find()) {
        return "a DLL of CUDA was not found on the PATH";
      }
      first = first.isEmpty() ? text.lines().findFirst().orElse("").strip() : first;
    }
    return first.isEmpty() ? failure.getClass().getSimpleName() : first;
  }
}
