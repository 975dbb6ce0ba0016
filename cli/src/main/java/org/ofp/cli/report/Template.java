// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The HTML around a page's content: {@code NAME.html} among this package's resources. What the
 * content says is escaped; only {@code {{{…}}}} stands as it is.
 */
final class Template {
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(true)
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .withLoader(Template::resource);

  private Template() {}

  /** Writes a page in UTF-8 to a stream, which stays open. */
  static void write(String name, Object content, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    try (Reader template = resource(name)) {
      COMPILER.compile(template).execute(content, writer);
    }
    writer.flush();
  }

  private static Reader resource(String name) {
    String file = name.contains(".") ? name : name + ".html";
    InputStream in = Template.class.getResourceAsStream(file);
    if (in == null) {
      throw new IllegalStateException("the resource " + file + " is missing");
    }
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }
}
