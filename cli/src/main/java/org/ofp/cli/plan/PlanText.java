// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;

/** A plan for people. */
public final class PlanText {
  private static final String NONE = "-";
  private static final int SNR_COLUMN = 10;

  private PlanText() {}

  /** Prints the plan: a row per layer, then the sums. */
  public static void print(PlanReport plan, PrintStream out) {
    out.println(
        plan.model()
            + " on "
            + plan.device()
            + ", one image of "
            + plan.rows()
            + "×"
            + plan.cols()
            + ", planned for "
            + plan.objective());
    out.println();
    layers(plan).print(out, "  ");
    out.println();
    totals(plan.totals(), out);
  }

  private static TextTable layers(PlanReport plan) {
    boolean predicted = plan.layers().stream().anyMatch(PlanText::isPredicted);
    TextTable table =
        new TextTable(
            row(
                predicted,
                "layer",
                "computes",
                "map",
                "route",
                "frame",
                "frames",
                "MACs",
                "hybrid",
                "device",
                "energy",
                "SNR",
                "why"));
    for (PlanReport.Layer layer : plan.layers()) {
      boolean light = layer.frames() > 0;
      table.row(
          row(
              predicted,
              layer.name(),
              layer.computes(),
              layer.rows() + "×" + layer.cols(),
              layer.route(),
              light ? layer.frame().get(0) + "×" + layer.frame().get(1) : NONE,
              light ? Long.toString(layer.frames()) : NONE,
              Quantity.si((double) layer.macsElectronic(), ""),
              Quantity.si((double) layer.macsHybrid(), ""),
              light ? Quantity.seconds(layer.deviceSeconds()) : NONE,
              light ? energy(layer.deviceJoules()) : NONE,
              isPredicted(layer)
                  ? String.format(Locale.ROOT, "%.1f dB", layer.predictedSnrDb())
                  : NONE,
              layer.reason()));
    }
    return table;
  }

  private static boolean isPredicted(PlanReport.Layer layer) {
    return layer.frames() > 0 && !Double.isNaN(layer.predictedSnrDb());
  }

  /** A column of accuracies that nobody knows would only be in the way. */
  private static String[] row(boolean predicted, String... entries) {
    return IntStream.range(0, entries.length)
        .filter(column -> predicted || column != SNR_COLUMN)
        .mapToObj(column -> entries[column])
        .toArray(String[]::new);
  }

  private static void totals(PlanReport.Totals totals, PrintStream out) {
    out.println(
        Quantity.count(totals.layers(), "layer")
            + ", "
            + totals.opticalLayers()
            + " of them by light"
            + Quantity.deviceUse(totals.frames(), totals.deviceSeconds())
            + (totals.frames() > 0 ? ", energy " + energy(totals.deviceJoules()) : ""));
    String all = Quantity.si((double) totals.macsElectronic(), "");
    if (totals.frames() == 0) {
      out.println(all + " multiply-accumulates (MACs)");
      return;
    }
    out.println(
        all
            + " multiply-accumulates (MACs) in electronics alone, "
            + Quantity.si((double) totals.macsHybrid(), "")
            + " beside light: "
            + ratio(totals.macReduction()));
    String fresh =
        totals.freshSpectraBytes() == 0
            ? ""
            : ", " + Quantity.bytes(totals.freshSpectraBytes()) + " computed in every pass";
    out.println("kernel spectra: " + Quantity.bytes(totals.spectraBytes()) + " kept" + fresh);
  }

  private static String ratio(double reduction) {
    return reduction < 1
        ? String.format(Locale.ROOT, "%.2f times as many", 1 / reduction)
        : String.format(Locale.ROOT, "%.2f times fewer", reduction);
  }

  private static String energy(double joules) {
    return Double.isNaN(joules) ? "not declared" : Quantity.si(joules, "J");
  }
}
