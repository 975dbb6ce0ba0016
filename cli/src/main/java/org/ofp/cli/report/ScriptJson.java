// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.ofp.cli.json.JsonOutput;

/** JSON that can stand in a script element, whatever its strings say. */
final class ScriptJson {
  private ScriptJson() {}

  /**
   * Writes the value. The characters that could end the element or start a comment in it occur in
   * strings only, where JSON may spell them as numbers.
   */
  static String of(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput.write(bytes, value);
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }
}
