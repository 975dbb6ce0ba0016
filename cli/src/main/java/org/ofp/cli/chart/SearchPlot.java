// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.ofp.cli.option.Choice;
import org.ofp.models.picture.RgbImage;
import org.ofp.models.training.LossKind;

/**
 * What a search over learning rates, batch sizes and losses found: mIoU over the learning rate, a
 * colour for each batch size and loss. Runs that ended early are rings.
 */
public final class SearchPlot {
  private static final int MARKER_SIZE = 9;
  private static final double ROUNDING = 1e-9; // of the logarithm of a power of ten

  /**
   * One training.
   *
   * @param learningRate above 0
   * @param batchSize samples per step
   * @param loss what was minimised
   * @param mIoU the best on the validation samples, percent
   * @param eliminated whether it was given up before its last epoch
   */
  public record Trial(
      double learningRate, int batchSize, LossKind loss, double mIoU, boolean eliminated) {}

  private SearchPlot() {}

  /**
   * Draws 900×600 pixels.
   *
   * @param trials at least one; those whose mIoU is no number are left out
   * @throws IllegalArgumentException if there is none to draw
   */
  public static RgbImage draw(String title, List<Trial> trials) {
    List<Trial> drawn = trials.stream().filter(t -> Double.isFinite(t.mIoU())).toList();
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException("no run with an mIoU to draw");
    }
    String yAxis = "best validation mIoU, %";
    if (drawn.stream().anyMatch(Trial::eliminated)) {
      yAxis += " (rings: runs given up early)";
    }
    XYChart chart = ChartStyle.chart(ChartStyle.HEIGHT, title, "learning rate", yAxis);
    chart.getStyler().setMarkerSize(MARKER_SIZE);
    chart.getStyler().setPlotContentSize(0.93);
    limits(chart, drawn);
    int colour = 0;
    for (Map.Entry<String, List<Trial>> group : groups(drawn).entrySet()) {
      add(chart, group.getKey(), group.getValue(), colour++);
    }
    return ChartStyle.stacked(List.of(chart));
  }

  /** By batch size, then loss; the loss is named where there are several. */
  private static Map<String, List<Trial>> groups(List<Trial> trials) {
    boolean oneLoss = trials.stream().map(Trial::loss).distinct().count() == 1;
    Map<String, Integer> order = new TreeMap<>();
    trials.stream()
        .sorted(Comparator.comparingInt(Trial::batchSize).thenComparing(Trial::loss))
        .forEach(t -> order.putIfAbsent(name(t, oneLoss), order.size()));
    return trials.stream()
        .sorted(Comparator.comparingDouble(Trial::learningRate))
        .collect(
            Collectors.groupingBy(
                t -> name(t, oneLoss),
                () -> new TreeMap<>(Comparator.comparing(order::get)),
                Collectors.toList()));
  }

  private static String name(Trial trial, boolean oneLoss) {
    return "batch " + trial.batchSize() + (oneLoss ? "" : ", " + Choice.nameOf(trial.loss()));
  }

  private static void add(XYChart chart, String name, List<Trial> trials, int number) {
    Color colour = ChartStyle.COLOURS.get(number % ChartStyle.COLOURS.size());
    List<Trial> whole = trials.stream().filter(t -> !t.eliminated()).toList();
    List<Trial> early = trials.stream().filter(Trial::eliminated).toList();
    if (!whole.isEmpty()) {
      XYSeries series = series(chart, name, whole, colour);
      series.setMarker(SeriesMarkers.CIRCLE).setLineStyle(ChartStyle.LINE);
    }
    if (!early.isEmpty()) {
      String earlyName = whole.isEmpty() ? name : name + ", given up";
      XYSeries series = series(chart, earlyName, early, colour);
      series.setShowInLegend(whole.isEmpty());
      series.setMarker(new ChartStyle.Ring()).setLineStyle(SeriesLines.NONE);
    }
  }

  private static XYSeries series(XYChart chart, String name, List<Trial> trials, Color colour) {
    double[] x = trials.stream().mapToDouble(Trial::learningRate).toArray();
    double[] y = trials.stream().mapToDouble(Trial::mIoU).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarkerColor(colour).setLineColor(colour);
    return series;
  }

  /** Whole decades, so that there are two labels at least. */
  private static void limits(XYChart chart, List<Trial> trials) {
    double least = trials.stream().mapToDouble(Trial::learningRate).min().orElseThrow();
    double most = trials.stream().mapToDouble(Trial::learningRate).max().orElseThrow();
    double top = trials.stream().mapToDouble(Trial::mIoU).max().orElseThrow();
    double first = Math.floor(Math.log10(least) + ROUNDING);
    double last = Math.max(first + 1, Math.ceil(Math.log10(most) - ROUNDING));
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true);
    styler.setXAxisMin(Math.pow(10, first));
    styler.setXAxisMax(Math.pow(10, last));
    styler.setXAxisTickLabelsFormattingFunction(SearchPlot::powerOfTen);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(Math.max(1, Math.min(100, 1.1 * top)));
  }

  private static String powerOfTen(double value) {
    return String.format(Locale.ROOT, "1e%.0f", Math.log10(value));
  }
}
