// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.ofp.cli.chart.ChartStyle;

/** What the layers on the device took and how accurate they are. */
final class LayerCharts {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;
  private static final double DECADE = 10; // dB

  private static final Color BLUE = new Color(0x0B5FA5);
  private static final Color AMBER = new Color(0xC8690A);
  private static final Color INK = new Color(0x4A5560);
  private static final Color GRID = new Color(0xE3E7EB);
  private static final Color CLEAR = new Color(255, 255, 255, 0);

  private LayerCharts() {}

  /**
   * A chart of the page.
   *
   * @param title above it
   * @param svg the drawing
   * @param note below it
   */
  record Drawn(String title, String svg, String note) {}

  /** The charts; none without light. */
  static List<Drawn> of(LayerTable table) {
    List<LayerFacts> optical = table.optical();
    if (optical.isEmpty()) {
      return List.of();
    }
    List<Drawn> charts = new ArrayList<>();
    accuracy(optical, table.measured()).ifPresent(charts::add);
    charts.add(deviceTime(optical));
    return charts;
  }

  private static Optional<Drawn> accuracy(List<LayerFacts> layers, boolean measured) {
    if (layers.stream().noneMatch(layer -> Double.isFinite(layer.predictedSnrDb()))) {
      return Optional.empty();
    }
    CategoryChart chart = chart("signal-to-noise ratio, dB", "0");
    double least = layers.stream().mapToDouble(LayerFacts::predictedSnrDb).min().orElseThrow();
    if (measured) {
      least =
          Math.min(
              least, layers.stream().mapToDouble(LayerFacts::measuredSnrDb).min().orElseThrow());
    }
    chart.getStyler().setYAxisMin(DECADE * Math.floor(finite(least) / DECADE));
    points(add(chart, "predicted", layers, LayerFacts::predictedSnrDb, BLUE), SeriesMarkers.CIRCLE);
    if (measured) {
      points(
          add(chart, "measured", layers, LayerFacts::measuredSnrDb, AMBER), SeriesMarkers.DIAMOND);
      chart.getStyler().setLegendVisible(true);
    }
    String title = "How accurate each layer is";
    return Optional.of(
        new Drawn(
            title,
            SvgChart.of(
                chart, "accuracy", title + "; the numbers are in the table of layers below"),
            "Power of a layer’s output over the power of its error, on the device, in decibels"
                + (measured ? "." : "; predicted from the device’s parameters.")));
  }

  private static void points(CategorySeries series, Marker marker) {
    series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(series.getFillColor());
  }

  private static Drawn deviceTime(List<LayerFacts> layers) {
    double most = layers.stream().mapToDouble(LayerFacts::deviceSeconds).max().orElseThrow();
    boolean small = most < 1;
    CategoryChart chart = chart(small ? "device time, ms" : "device time, s", "#,##0.###");
    add(chart, "device time", layers, l -> l.deviceSeconds() * (small ? 1e3 : 1), BLUE);
    String title = "Where the device’s time goes";
    return new Drawn(
        title,
        SvgChart.of(chart, "time", title + "; the numbers are in the table of layers below"),
        "Time to load and read the frames of each layer that runs by light, as the planner expects"
            + " it.");
  }

  private static CategorySeries add(
      CategoryChart chart,
      String name,
      List<LayerFacts> layers,
      ToDoubleFunction<LayerFacts> value,
      Color colour) {
    List<Integer> numbers = layers.stream().map(LayerFacts::number).toList();
    List<Double> values = layers.stream().map(l -> finite(value.applyAsDouble(l))).toList();
    CategorySeries series = chart.addSeries(name, numbers, values);
    series.setFillColor(colour);
    series.setLineColor(colour);
    return series;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static CategoryChart chart(String yAxis, String pattern) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("layer")
            .yAxisTitle(yAxis)
            .build();
    CategoryStyler styler = chart.getStyler();
    ChartStyle.plain(styler);
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(CLEAR);
    styler.setPlotBackgroundColor(CLEAR);
    styler.setLegendBackgroundColor(CLEAR);
    styler.setLegendBorderColor(CLEAR);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTicksMarksVisible(false);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setLegendVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(4);
    styler.setAvailableSpaceFill(0.7);
    styler.setMarkerSize(8);
    styler.setOverlapped(true);
    styler.setYAxisDecimalPattern(pattern);
    styler.setYAxisMin(0.0);
    return chart;
  }
}
