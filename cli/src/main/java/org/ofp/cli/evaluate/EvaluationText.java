// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.models.evaluation.Bootstrap;

/** Prints an {@link EvaluationReport} for people. */
public final class EvaluationText {
  private static final String INDENT = "  ";
  private static final String UNKNOWN = "-";

  private final EvaluationReport report;
  private final boolean compared;
  private final PrintStream out;

  private EvaluationText(EvaluationReport report, PrintStream out) {
    this.report = report;
    this.out = out;
    compared = report.electronic() != null;
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
    text.confidence();
    if (report.files() != null) {
      report.files().all().forEach(file -> out.println(INDENT + "written: " + file));
    }
    if (report.weights() == null) {
      out.println("Mind that the network is untrained: these figures mean nothing.");
    }
  }

  private void figures() {
    TextTable table =
        compared
            ? new TextTable("percent", "device", "electronic", "difference")
            : new TextTable("", "percent");
    row(table, "mIoU", Figures::mIoU, Difference::mIoU, Intervals::mIoU);
    row(
        table,
        "data-set mIoU",
        Figures::datasetMIoU,
        Difference::datasetMIoU,
        Intervals::datasetMIoU);
    row(
        table,
        "pixel accuracy",
        Figures::pixelAccuracy,
        Difference::pixelAccuracy,
        Intervals::pixelAccuracy);
    row(
        table,
        "class accuracy",
        Figures::classAccuracy,
        Difference::classAccuracy,
        Intervals::classAccuracy);
    table.print(out, INDENT);
  }

  private void row(
      TextTable table,
      String name,
      ToDoubleFunction<Figures> figure,
      ToDoubleFunction<Difference> difference,
      Function<Intervals, List<Double>> interval) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(percent(figure, interval, report.figures()));
    if (compared) {
      row.add(percent(figure, interval, report.electronic()));
      Difference both = report.difference();
      row.add(signed(difference.applyAsDouble(both), interval.apply(both.intervals())));
    }
    table.row(row.toArray(String[]::new));
  }

  private static String percent(
      ToDoubleFunction<Figures> figure,
      Function<Intervals, List<Double>> interval,
      Figures figures) {
    return percent(figure.applyAsDouble(figures), interval.apply(figures.intervals()));
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
    TextTable table =
        compared
            ? new TextTable("class", "share", "IoU, device", "IoU, electronic", "difference")
            : new TextTable("class", "share", "accuracy", "IoU");
    report.figures().perClass().stream()
        .filter(one -> one.pixels() > 0)
        .forEach(one -> table.row(compared ? comparison(one) : alone(one)));
    table.print(out, INDENT);
  }

  private String[] comparison(Figures.ClassFigures one) {
    Figures.ClassFigures electronic = report.electronic().perClass().get(one.index());
    Difference.ClassDifference difference = report.difference().perClass().get(one.index());
    return new String[] {
      one.name(),
      percent(one.share()),
      percent(one.iou(), one.iouInterval()),
      percent(electronic.iou(), electronic.iouInterval()),
      signed(difference.iou(), difference.iouInterval())
    };
  }

  private static String[] alone(Figures.ClassFigures one) {
    return new String[] {
      one.name(),
      percent(one.share()),
      percent(one.accuracy()),
      percent(one.iou(), one.iouInterval())
    };
  }

  private void confidence() {
    Confidence confidence = report.confidence();
    if (confidence.pictures() < Bootstrap.LEAST_PICTURES) {
      out.println(
          INDENT
              + Quantity.count(confidence.pictures(), "picture")
              + ": too few to tell how far the figures would vary with others; evaluate "
              + Bootstrap.LEAST_PICTURES
              + " or more");
    } else {
      out.printf(
          Locale.ROOT,
          "%sin brackets: nominal %.0f %% confidence intervals from %d pictures; %s: fewer than %d"
              + " of them have the class, or, for the data-set mIoU, one of its classes%n",
          INDENT,
          100 * confidence.level(),
          confidence.pictures(),
          UNKNOWN,
          Bootstrap.LEAST_PICTURES);
    }
  }

  private static String percent(double value, List<Double> interval) {
    return percent(value)
        + " ("
        + ends(interval, end -> String.format(Locale.ROOT, "%.1f", end))
        + ")";
  }

  private static String signed(double value, List<Double> interval) {
    return String.format(Locale.ROOT, "%5s", Quantity.signed(value))
        + " ("
        + ends(interval, Quantity::signed)
        + ")";
  }

  private static String ends(List<Double> interval, DoubleFunction<String> format) {
    return interval == null
        ? UNKNOWN
        : format.apply(interval.get(0)) + " to " + format.apply(interval.get(1));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%5.1f", value);
  }
}
