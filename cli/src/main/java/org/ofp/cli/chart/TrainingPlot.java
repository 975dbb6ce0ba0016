// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.ofp.models.picture.RgbImage;
import org.ofp.models.training.EpochRecord;

/** How the epochs of a training went: losses above, metrics below, the best epoch marked. */
public final class TrainingPlot {
  private static final int LOSS_HEIGHT = 270;
  private static final int METRICS_HEIGHT = ChartStyle.HEIGHT - LOSS_HEIGHT;

  /** With more epochs than this, points would cover the lines. */
  private static final int MOST_POINTS = 40;

  private final List<EpochRecord> epochs;
  private final double[] numbers;

  private TrainingPlot(List<EpochRecord> epochs) {
    this.epochs = epochs;
    numbers = epochs.stream().mapToDouble(EpochRecord::epoch).toArray();
  }

  /**
   * Draws 900×600 pixels.
   *
   * @param title what was trained
   * @param epochs in order, at least one
   * @throws IllegalArgumentException if there is none
   */
  public static RgbImage draw(String title, List<EpochRecord> epochs) {
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("no epoch to draw; train for one at least");
    }
    TrainingPlot plot = new TrainingPlot(epochs);
    return ChartStyle.stacked(List.of(plot.losses(title), plot.metrics()));
  }

  private XYChart losses(String title) {
    XYChart chart = chart(LOSS_HEIGHT, title, "loss");
    add(chart, "training", 0, EpochRecord::trainingLoss);
    add(chart, "validation", 1, EpochRecord::validationLoss);
    double most = 0;
    for (EpochRecord epoch : epochs) {
      most = Math.max(most, finite(epoch.trainingLoss()));
      most = Math.max(most, finite(epoch.validationLoss()));
    }
    double top = most > 0 ? 1.05 * most : 1;
    chart.getStyler().setYAxisMax(top);
    mark(chart, top);
    return chart;
  }

  private XYChart metrics() {
    XYChart chart = chart(METRICS_HEIGHT, "", "on validation samples, %");
    add(chart, "pixel accuracy", 2, EpochRecord::pixelAccuracy);
    add(chart, "class accuracy", 4, EpochRecord::classAccuracy);
    add(chart, "mIoU", 0, EpochRecord::mIoU);
    add(chart, "mIoU, data set", 5, EpochRecord::datasetMIoU);
    chart.getStyler().setYAxisMax(100.0);
    mark(chart, 100);
    return chart;
  }

  private XYChart chart(int height, String title, String yAxis) {
    XYChart chart = ChartStyle.chart(height, title, "epoch", yAxis);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(numbers[numbers.length - 1]);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(60);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(TrainingPlot::wholeNumber);
    return chart;
  }

  private static String wholeNumber(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : "";
  }

  private void add(XYChart chart, String name, int colour, ToDoubleFunction<EpochRecord> value) {
    double[] values = epochs.stream().mapToDouble(value).map(TrainingPlot::orGap).toArray();
    style(chart.addSeries(name, numbers, values), ChartStyle.COLOURS.get(colour));
  }

  private void style(XYSeries series, Color colour) {
    series.setMarkerColor(colour).setLineColor(colour).setLineStyle(ChartStyle.LINE);
    series.setMarker(epochs.size() > MOST_POINTS ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  /** A vertical line through the epoch with the highest mIoU, the first of equals. */
  private void mark(XYChart chart, double top) {
    EpochRecord best =
        epochs.stream()
            .max(
                Comparator.comparingDouble((EpochRecord e) -> finite(e.mIoU()))
                    .thenComparing(Comparator.comparingInt(EpochRecord::epoch).reversed()))
            .orElseThrow();
    String name = String.format(Locale.ROOT, "best mIoU: epoch %d", best.epoch());
    double[] x = {best.epoch(), best.epoch()};
    XYSeries series = chart.addSeries(name, x, new double[] {0, top});
    series.setLineColor(ChartStyle.GREY).setLineStyle(ChartStyle.DASHES);
    series.setMarker(SeriesMarkers.NONE);
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static double orGap(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
