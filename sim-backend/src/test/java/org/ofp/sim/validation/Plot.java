// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure for the report: theory as lines, the simulator as points of the same colour. */
final class Plot {
  /** Okabe and Ito's colours, which the colour-blind can tell apart as well. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7)
  };

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP
  };

  private static final Color GRID = new Color(0xDDDDDD);
  private static final int POINTS = 600;

  private final XYChart chart;

  Plot(String title, String xAxis, String yAxis) {
    chart =
        new XYChartBuilder()
            .width(880)
            .height(540)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(Color.DARK_GRAY);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(GRID);
    styler.setLegendPosition(LegendPosition.InsideNE);
    styler.setChartPadding(14);
    styler.setChartTitlePadding(10);
    styler.setMarkerSize(7);
    styler.setPlotContentSize(0.98);
  }

  Plot legend(LegendPosition position) {
    chart.getStyler().setLegendPosition(position);
    if (position == LegendPosition.OutsideS) {
      chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    }
    return this;
  }

  Plot xRange(double min, double max) {
    chart.getStyler().setXAxisMin(min);
    chart.getStyler().setXAxisMax(max);
    return this;
  }

  Plot yRange(double min, double max) {
    chart.getStyler().setYAxisMin(min);
    chart.getStyler().setYAxisMax(max);
    return this;
  }

  Plot logarithmic() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** Theory, as a line in one of four colours. */
  Plot line(int colour, String name, double from, double to, DoubleUnaryOperator theory) {
    double[] x =
        IntStream.rangeClosed(0, POINTS)
            .mapToDouble(i -> from + (to - from) * i / POINTS)
            .toArray();
    return series(colour, name, x, Arrays.stream(x).map(theory).toArray(), false);
  }

  /** The simulator, as points in one of four colours; those below the range are left out. */
  Plot points(int colour, String name, double[] x, double[] y) {
    Double floor = chart.getStyler().getYAxisMin();
    Double ceiling = chart.getStyler().getYAxisMax();
    int[] shown =
        IntStream.range(0, x.length)
            .filter(i -> (floor == null || y[i] >= floor) && (ceiling == null || y[i] <= ceiling))
            .toArray();
    return series(
        colour,
        name,
        Arrays.stream(shown).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(shown).mapToDouble(i -> y[i]).toArray(),
        true);
  }

  private Plot series(int colour, String name, double[] x, double[] y, boolean points) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarkerColor(COLOURS[colour]);
    series.setLineColor(COLOURS[colour]);
    series.setLineWidth(1.6f);
    if (points) {
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(MARKERS[colour]);
    } else {
      series.setMarker(SeriesMarkers.NONE);
    }
    return this;
  }

  /** Writes a PNG into the report's folder if a report is wanted. */
  void write(String name) throws IOException {
    if (Report.folder().isPresent()) {
      Path folder = Files.createDirectories(Report.folder().get().resolve("validation"));
      ImageIO.write(
          BitmapEncoder.getBufferedImage(chart), "png", folder.resolve(name + ".png").toFile());
    }
  }
}
