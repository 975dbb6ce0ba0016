// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules, as {@code docs/SPEC.md} states them. The document itself is in the jar, so that people
 * and reports read the same text. A rule is a list item, its further lines indented:
 *
 * <pre>
 * - **F3** MUST. What is asked. *Why:* the reason. *Untested:* why no test decides it.
 * </pre>
 */
public final class Spec {
  private static final Pattern CHAPTER = Pattern.compile("## [A-Z]\\. (.+)");
  private static final Pattern RULE =
      Pattern.compile("- \\*\\*([A-Z]\\d+)\\*\\* (MUST|SHOULD)\\. (.+)");
  private static final Pattern PARTS =
      Pattern.compile("(.*?)( \\*Why:\\* .*?)?(?: \\*Untested:\\* (.*?)\\.?)?");

  private Spec() {}

  /** Every rule, in the document's order. */
  public static List<SpecRule> rules() {
    try (InputStream in = Spec.class.getResourceAsStream("SPEC.md")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the specification cannot be read from the jar", e);
    }
  }

  static List<SpecRule> parse(String document) {
    List<SpecRule> rules = new ArrayList<>();
    String chapter = "";
    Matcher open = null;
    StringBuilder body = new StringBuilder();
    for (String line : (Iterable<String>) document.lines()::iterator) {
      if (open != null && line.startsWith("  ")) {
        body.append(' ').append(line.strip());
        continue;
      }
      if (open != null) {
        rules.add(rule(open, chapter, body.toString()));
        open = null;
      }
      Matcher heading = CHAPTER.matcher(line);
      Matcher item = RULE.matcher(line);
      if (heading.matches()) {
        chapter = heading.group(1);
      } else if (item.matches()) {
        open = item;
        body = new StringBuilder(item.group(3));
      }
    }
    if (open != null) {
      rules.add(rule(open, chapter, body.toString()));
    }
    return rules;
  }

  private static SpecRule rule(Matcher item, String chapter, String body) {
    Matcher parts = PARTS.matcher(body);
    if (!parts.matches()) {
      throw new IllegalStateException("rule " + item.group(1) + " cannot be read: " + body);
    }
    return new SpecRule(
        item.group(1),
        chapter,
        item.group(2).equals("MUST"),
        parts.group(1),
        Optional.ofNullable(parts.group(3)));
  }
}
