// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** The report in the XML format of JUnit's runners: one suite, a rule is a test case. */
final class JUnitXml {
  private JUnitXml() {}

  static void write(TckReport report, Appendable out) throws IOException {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<testsuite name=\"")
        .append(escape("OFP device contract: " + report.device().id()))
        .append("\" tests=\"" + report.outcomes().size())
        .append("\" failures=\"" + report.count(Verdict.FAILED))
        .append("\" errors=\"0\" skipped=\"")
        .append("" + (report.count(Verdict.NOT_APPLICABLE) + report.count(Verdict.UNTESTED)))
        .append("\" timestamp=\"" + report.start())
        .append("\" time=\"" + seconds(report.time()))
        .append("\">\n");
    for (RuleOutcome outcome : report.outcomes()) {
      write(outcome, out);
    }
    out.append("</testsuite>\n");
  }

  private static void write(RuleOutcome outcome, Appendable out) throws IOException {
    out.append("  <testcase classname=\"")
        .append(escape(outcome.rule().chapter()))
        .append("\" name=\"")
        .append(escape(outcome.rule().id() + " " + outcome.rule().text()))
        .append("\" time=\"" + seconds(outcome.time()));
    String message = escape(outcome.message());
    switch (outcome.verdict()) {
      case PASSED -> out.append("\"/>\n");
      case FAILED -> out.append("\">\n    <failure message=\"" + message + "\"/>\n  </testcase>\n");
      case NOT_APPLICABLE ->
          out.append("\">\n    <skipped message=\"not applicable: ")
              .append(message + "\"/>\n  </testcase>\n");
      case UNTESTED ->
          out.append("\">\n    <skipped message=\"untested: ")
              .append(message + "\"/>\n  </testcase>\n");
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /** XML 1.0 has no way at all to hold most control characters. */
  private static String escape(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF\\p{Cs}]", "\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;");
  }
}
