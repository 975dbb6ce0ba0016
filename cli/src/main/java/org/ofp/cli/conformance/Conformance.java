// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.conformance;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ofp.cli.device.Opening;
import org.ofp.cli.error.OneLine;
import org.ofp.cli.option.Choice;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;
import org.ofp.device.DeviceUri;
import org.ofp.models.io.AtomicFile;
import org.ofp.tck.RuleOutcome;
import org.ofp.tck.Tck;
import org.ofp.tck.TckListener;
import org.ofp.tck.TckReport;
import org.ofp.tck.Verdict;

/** What the conformance suite found out about the device at an address. */
public final class Conformance {
  private final DeviceUri uri;
  private final TckReport report;

  private Conformance(DeviceUri uri, TckReport report) {
    this.uri = uri;
    this.report = report;
  }

  /** The result in the names that {@code --json} keeps stable; times in seconds. */
  public record Result(
      String address,
      String id,
      String name,
      String driver,
      boolean conforms,
      Totals totals,
      double seconds,
      List<Rule> rules) {}

  /** Rules with each verdict. */
  public record Totals(int passed, int failed, int notApplicable, int untested) {}

  /**
   * One rule.
   *
   * @param level {@code must} or {@code should}
   * @param verdict {@code passed}, {@code failed}, {@code not-applicable} or {@code untested}
   * @param message what is wrong, or why it was not tested
   */
  public record Rule(
      String id,
      String chapter,
      String level,
      String text,
      String verdict,
      String message,
      double seconds) {}

  /**
   * Runs the suite and shows how far it is.
   *
   * @throws org.ofp.device.DeviceException if the device cannot be opened at all
   */
  public static Conformance test(DeviceUri uri, Terminal terminal) {
    // The suite opens the device in threads of its own, which must find the same drivers.
    ClassLoader drivers = Thread.currentThread().getContextClassLoader();
    try (Follower follower = new Follower(terminal)) {
      return new Conformance(
          uri,
          Tck.run(
              () -> {
                Thread.currentThread().setContextClassLoader(drivers);
                return Opening.open(uri);
              },
              follower));
    }
  }

  /** Whether the device broke no rule. */
  public boolean conforms() {
    return report.conforms();
  }

  /** Writes the report for build servers; afterwards the file holds all of it or is as it was. */
  public void writeJUnitXml(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          report.writeJUnitXml(writer);
          writer.flush();
        });
  }

  /** Prints the report for people; what drivers say in it cannot harm the terminal. */
  public void print(PrintStream out) {
    report
        .text()
        .lines()
        .forEach(
            line -> {
              int indent = line.length() - line.stripLeading().length();
              out.println(" ".repeat(indent) + OneLine.of(line));
            });
  }

  /** The report for programs. */
  public Result json() {
    return new Result(
        uri.toString(),
        report.device().id(),
        report.device().name(),
        report.device().driver(),
        report.conforms(),
        new Totals(
            report.count(Verdict.PASSED),
            report.count(Verdict.FAILED),
            report.count(Verdict.NOT_APPLICABLE),
            report.count(Verdict.UNTESTED)),
        seconds(report.time()),
        report.outcomes().stream().map(Conformance::rule).toList());
  }

  private static Rule rule(RuleOutcome outcome) {
    return new Rule(
        outcome.rule().id(),
        outcome.rule().chapter(),
        outcome.rule().must() ? "must" : "should",
        outcome.rule().text(),
        Choice.nameOf(outcome.verdict()),
        outcome.message(),
        seconds(outcome.time()));
  }

  private static double seconds(Duration time) {
    return time.toNanos() * 1e-9;
  }

  /** Passes the suite's progress on. */
  private static final class Follower implements TckListener, AutoCloseable {
    private final Terminal terminal;
    private Progress progress;

    Follower(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void started(int tests) {
      progress = Progress.start(terminal, "rules", tests);
    }

    @Override
    public void finished(RuleOutcome outcome) {
      progress.advance(1);
    }

    @Override
    public void close() {
      if (progress != null) {
        progress.close();
      }
    }
  }
}
