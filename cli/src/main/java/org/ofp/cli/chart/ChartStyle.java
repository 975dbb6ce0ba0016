// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.ofp.models.picture.RgbImage;

/** What all charts have in common. */
public final class ChartStyle {
  static final int WIDTH = 900;
  static final int HEIGHT = 600;

  static final Color GREY = new Color(0x888888);

  /** Okabe and Ito's colours, which the colour-blind can tell apart, without the too pale ones. */
  static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

  static final BasicStroke HAIRLINE = new BasicStroke(1f);

  static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  static final BasicStroke DASHES =
      new BasicStroke(
          1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {6, 5}, 0f);

  static final Color GRID = new Color(0xE4E4E4);

  private ChartStyle() {}

  /** Black on white, a pale grid, a sans-serif type; numbers as English has them. */
  public static void plain(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(Color.DARK_GRAY);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(HAIRLINE);
    styler.setChartTitleFont(TITLE);
    styler.setAxisTitleFont(AXIS);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(GRID);
  }

  static XYChart chart(int height, String title, String xAxis, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    XYStyler styler = chart.getStyler();
    plain(styler);
    styler.setChartTitleVisible(!title.isEmpty());
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setChartPadding(12);
    styler.setPlotContentSize(0.98);
    return chart;
  }

  /** Charts one below the other. */
  static RgbImage stacked(List<XYChart> charts) {
    int height = charts.stream().mapToInt(XYChart::getHeight).sum();
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (XYChart chart : charts) {
      chart.paint(graphics, WIDTH, chart.getHeight());
      graphics.translate(0, chart.getHeight());
    }
    graphics.dispose();
    return picture(image);
  }

  /** What was drawn, without transparency. */
  static RgbImage picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    return new RgbImage(width, height, Arrays.stream(argb).map(p -> p & 0xFFFFFF).toArray());
  }

  /** A ring. */
  static final class Ring extends Marker {
    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      graphics.setStroke(new BasicStroke(1.5f));
      graphics.draw(new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size));
    }
  }
}
