// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ofp.cli.term.Quantity;

/** Prints a {@link Summary} for people. */
public final class SummaryText {
  private SummaryText() {}

  /** Prints what was found in each image, and what it took. */
  public static void print(Summary summary, PrintStream out) {
    if (summary.images().isEmpty()) {
      return;
    }
    for (ImageReport image : summary.images()) {
      String tiles = image.tiles() > 1 ? ", " + image.tiles() + " tiles" : "";
      out.println(image.image() + ": " + image.cols() + "×" + image.rows() + " pixels" + tiles);
      out.println("  found       " + classes(image.classes()));
      if (image.truth() != null) {
        out.println("  truth       " + truth(image.truth()));
        out.println("  IoU         " + perClass(image.truth()));
      }
      if (image.deviceSeconds() != null) {
        out.println("  device      " + device(summary.device(), image));
      }
      if (image.electronicSeconds() != null) {
        out.println("  electronic  " + Quantity.seconds(image.electronicSeconds()));
      }
      if (image.agreement() != null) {
        out.println("  agreement   " + agreement(image.agreement(), image.logitsSnrDb()));
      }
      image.files().all().forEach(file -> out.println("  written     " + file));
    }
    if (summary.images().size() > 1 && summary.agreement() != null) {
      out.println("Mean agreement " + agreement(summary.agreement(), summary.logitsSnrDb()));
    }
    if (summary.images().size() > 1 && summary.truth() != null) {
      out.println("All against their truth: " + truth(summary.truth()));
    }
    if (summary.peakRssBytes() != null) {
      out.println("Peak memory " + Quantity.bytes(summary.peakRssBytes()));
    }
    if (summary.warning() != null) {
      out.println("Mind that the network is untrained: these masks mean nothing.");
    }
  }

  private static String classes(List<ImageReport.ClassShare> classes) {
    return classes.stream()
        .map(found -> found.name() + " " + Quantity.percent(found.share()))
        .collect(Collectors.joining(", "));
  }

  private static String truth(TruthScores scores) {
    return figures(scores)
        + (scores.electronic() == null ? "" : "; electronically " + figures(scores.electronic()));
  }

  private static String figures(TruthScores scores) {
    return String.format(
        Locale.ROOT, "pixel accuracy %.2f %%, mIoU %.2f %%", scores.pixelAccuracy(), scores.mIoU());
  }

  private static String perClass(TruthScores scores) {
    return scores.perClass().stream()
        .map(one -> String.format(Locale.ROOT, "%s %.1f %%", one.name(), one.iou()))
        .collect(Collectors.joining(", "));
  }

  private static String device(String address, ImageReport image) {
    return address
        + ": "
        + Quantity.seconds(image.deviceSeconds())
        + " here, "
        + Quantity.count(image.frames(), "frame")
        + ", "
        + Quantity.seconds(image.deviceBusySeconds())
        + " of device time";
  }

  private static String agreement(double agreement, double snrDb) {
    String snr =
        Double.isInfinite(snrDb) ? "no difference" : String.format(Locale.ROOT, "%.1f dB", snrDb);
    return String.format(
        Locale.ROOT,
        "with the electronic result: %.2f %% of the pixels, logits SNR %s",
        100 * agreement,
        snr);
  }
}
