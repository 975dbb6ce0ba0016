// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;

/** Prints an {@link EvaluationReport} for people. */
public final class EvaluationText {
  private static final String INDENT = "  ";

  private final EvaluationReport report;
  private final PrintStream out;

  private EvaluationText(EvaluationReport report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  /** Prints the figures over all, what it took, and a table of the classes. */
  public static void print(EvaluationReport report, PrintStream out) {
    EvaluationText text = new EvaluationText(report, out);
    out.println(
        report.model()
            + " on "
            + report.device()
            + ", "
            + Quantity.count(report.samples(), "sample")
            + " of "
            + report.data()
            + (report.split().equals("all") ? "" : " (" + report.split() + ")")
            + ", "
            + report.side()
            + "×"
            + report.side()
            + " pixels");
    text.figures();
    text.effort();
    text.classes();
    if (report.weights() == null) {
      out.println("Mind that the network is untrained: these figures mean nothing.");
    }
  }

  private void figures() {
    TextTable table =
        report.electronic() == null
            ? new TextTable("", "percent")
            : new TextTable("percent", "device", "electronic");
    row(table, "mIoU", Figures::mIoU);
    row(table, "data-set mIoU", Figures::datasetMIoU);
    row(table, "pixel accuracy", Figures::pixelAccuracy);
    row(table, "class accuracy", Figures::classAccuracy);
    table.print(out, INDENT);
  }

  private void row(TextTable table, String name, ToDoubleFunction<Figures> figure) {
    String value = percent(figure.applyAsDouble(report.figures()));
    if (report.electronic() == null) {
      table.row(name, value);
    } else {
      table.row(name, value, percent(figure.applyAsDouble(report.electronic())));
    }
  }

  private void effort() {
    if (report.agreement() != null) {
      out.printf(
          Locale.ROOT,
          "%sboth give the same class in %s of the pixels; logits %.1f dB%n",
          INDENT,
          Quantity.percent(report.agreement()),
          report.logitsSnrDb());
    }
    if (report.deviceSeconds() != null) {
      out.println(
          INDENT
              + Quantity.seconds(report.deviceSeconds())
              + " here"
              + Quantity.deviceUse(report.frames(), report.deviceBusySeconds()));
    }
    if (report.electronicSeconds() != null) {
      out.println(INDENT + Quantity.seconds(report.electronicSeconds()) + " electronically");
    }
  }

  /** Classes that occur in the labels. */
  private void classes() {
    TextTable table = new TextTable("class", "share", "accuracy", "IoU");
    report.figures().perClass().stream()
        .filter(one -> one.pixels() > 0)
        .forEach(
            one ->
                table.row(
                    one.name(), percent(one.share()), percent(one.accuracy()), percent(one.iou())));
    table.print(out, INDENT);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%5.1f", value);
  }
}
