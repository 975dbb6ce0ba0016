// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.term.Quantity;

/** What a picture's page says in one sentence and a few numbers. */
final class KeyFigures {
  private static final int NAMED = 3;

  private KeyFigures() {}

  /** The sentence at the top. */
  static String headline(PictureResult result, List<ClassRow> classes, boolean optical) {
    Double agreement = result.report().agreement();
    if (agreement != null) {
      return Numbers.fine(agreement)
          + " of the pixels get the same class by light as by electronics.";
    }
    List<String> found =
        classes.stream()
            .filter(row -> row.share() > 0)
            .limit(NAMED)
            .map(row -> Numbers.share(row.share()) + " " + row.name())
            .toList();
    return "Segmented " + (optical ? "by light: " : "electronically: ") + String.join(", ", found);
  }

  static List<KeyFigure> of(
      PictureResult result,
      PictureData.Truth optical,
      PictureData.Truth electronic,
      LayerTable layers) {
    ImageReport report = result.report();
    List<KeyFigure> figures = new ArrayList<>();
    if (report.agreement() != null) {
      figures.add(
          KeyFigure.fact(
              "Agreement", Numbers.fine(report.agreement()), "same class as electronically"));
      figures.add(
          KeyFigure.fact(
              "Logits SNR", Numbers.decibels(report.logitsSnrDb()), "before classes are chosen"));
    }
    if (optical != null) {
      figures.add(
          KeyFigure.fact(
              "mIoU",
              Numbers.share(optical.meanIou()),
              electronic == null
                  ? "mean over the classes present"
                  : Numbers.share(electronic.meanIou()) + " electronically"));
    }
    if (report.deviceSeconds() != null) {
      figures.add(
          KeyFigure.time(
              "Time here", Quantity.seconds(report.deviceSeconds()), timeNote(report, layers)));
      figures.add(KeyFigure.fact("Frames", Numbers.grouped(report.frames()), "shown to the light"));
      figures.add(
          KeyFigure.time(
              "Device time",
              Quantity.seconds(report.deviceBusySeconds()),
              "load, expose and read"));
    } else {
      figures.add(
          KeyFigure.time("Time", Quantity.seconds(report.electronicSeconds()), "of the network"));
    }
    if (layers.energies()) {
      figures.add(
          KeyFigure.fact(
              "Device energy", Numbers.joules(layers.deviceJoules()), "as the device declares it"));
    }
    layers.macReduction().ifPresent(ratio -> figures.add(macs(layers, ratio)));
    return figures;
  }

  private static String timeNote(ImageReport report, LayerTable layers) {
    String note =
        report.electronicSeconds() == null
            ? "of the network"
            : Quantity.seconds(report.electronicSeconds()) + " electronically";
    return layers.measured() ? note + "; every layer was measured too" : note;
  }

  private static KeyFigure macs(LayerTable layers, double ratio) {
    String note =
        Quantity.si((double) layers.macsElectronic(), "")
            + " → "
            + Quantity.si((double) layers.macsHybrid(), "");
    return ratio >= 1
        ? KeyFigure.fact(
            "Arithmetic left", String.format(Locale.ROOT, "1/%.1f", ratio), note + " MACs")
        : KeyFigure.fact(
            "Arithmetic", String.format(Locale.ROOT, "×%.1f", 1 / ratio), note + " MACs");
  }
}
