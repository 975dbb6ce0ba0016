// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.io.PrintStream;
import java.util.Locale;
import org.ofp.cli.term.Quantity;
import org.ofp.models.training.EpochRecord;

/** Prints a {@link TrainReport} for people. */
public final class TrainText {
  private TrainText() {}

  /** Prints the best epoch, why training ended, and what was written. */
  public static void print(TrainReport report, PrintStream out) {
    EpochRecord best = report.best();
    out.println(
        report.model()
            + ", "
            + Quantity.count(report.classes(), "class").replace("classs", "classes")
            + ": best of "
            + Quantity.count(report.epochs().size(), "epoch")
            + " is "
            + best.epoch()
            + (report.stopped().equals("patience") ? ", no better one since" : ""));
    row(out, "mIoU", percent(best.mIoU()));
    row(out, "data-set mIoU", percent(best.datasetMIoU()));
    row(out, "pixel accuracy", percent(best.pixelAccuracy()));
    row(out, "class accuracy", percent(best.classAccuracy()));
    row(
        out,
        "loss",
        String.format(
            Locale.ROOT,
            "%.4f in training, %.4f in validation",
            best.trainingLoss(),
            best.validationLoss()));
    row(
        out,
        "time",
        Quantity.seconds(report.seconds())
            + ", "
            + String.format(Locale.ROOT, "%.1f samples/s", report.samplesPerSecond())
            + Quantity.deviceUse(report.frames(), report.deviceBusySeconds()));
    report.files().single().forEach(file -> row(out, "written", file.toString()));
  }

  private static void row(PrintStream out, String name, String value) {
    out.printf(Locale.ROOT, "  %-16s%s%n", name, value);
  }

  private static String percent(double percent) {
    return Quantity.percent(percent / 100);
  }
}
