// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Locale;

/** The report for people: chapter by chapter, one line a rule, the text of the broken ones. */
final class TextReport {
  private TextReport() {}

  static String of(TckReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.device().name())
        .append(" (")
        .append(report.device().id())
        .append(", driver ")
        .append(report.device().driver())
        .append(")\n");
    String chapter = "";
    for (RuleOutcome outcome : report.outcomes()) {
      if (!outcome.rule().chapter().equals(chapter)) {
        chapter = outcome.rule().chapter();
        text.append('\n').append(chapter).append('\n');
      }
      append(text, outcome);
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "\n%s: %d passed, %d failed, %d not applicable, %d untested, %.1f s\n",
                report.conforms() ? "The device conforms" : "The device does not conform",
                report.count(Verdict.PASSED),
                report.count(Verdict.FAILED),
                report.count(Verdict.NOT_APPLICABLE),
                report.count(Verdict.UNTESTED),
                report.time().toMillis() / 1e3))
        .toString();
  }

  private static void append(StringBuilder text, RuleOutcome outcome) {
    text.append(String.format(Locale.ROOT, "  %-4s %s", outcome.rule().id(), word(outcome)));
    if (!outcome.message().isEmpty()) {
      text.append(": ").append(outcome.message());
    }
    text.append('\n');
    if (outcome.verdict() == Verdict.FAILED) {
      text.append("       rule: ").append(outcome.rule().text()).append('\n');
    }
  }

  private static String word(RuleOutcome outcome) {
    return switch (outcome.verdict()) {
      case PASSED -> "passed";
      case FAILED -> "FAILED";
      case NOT_APPLICABLE -> "not applicable";
      case UNTESTED -> "untested";
    };
  }
}
