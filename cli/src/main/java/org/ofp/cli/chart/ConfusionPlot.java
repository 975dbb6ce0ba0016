// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ofp.models.picture.RgbImage;

/**
 * What a network takes pixels for: a row per class of the labels, a column per class that it found,
 * in percent of the row's pixels. Cells below half a percent have no number; rows without pixels
 * are grey. The right edge tells how many of all pixels are in a row.
 *
 * <p>Drawn without XChart, whose heat maps leave every second label out and print all digits.
 */
public final class ConfusionPlot {
  private static final int LARGEST_CELL = 34;
  private static final int SMALLEST_CELL = 12;

  /** Of the matrix, from which on cells get smaller. */
  private static final int LARGEST_SIDE = 1400;

  private static final int SMALLEST_WITH_NUMBERS = 24;
  private static final int LARGEST_TYPE = 13;
  private static final int GAP = 8;
  private static final int LINE = 24;
  private static final int TOP = 2 * LINE + GAP;

  private static final double LEAST_NUMBER = 0.5;
  private static final double DARK = 55; // percent from which numbers are white

  private static final Color NO_PIXELS = new Color(0xEEEEEE);

  /** ColorBrewer's Blues, for the colour-blind too: 0, 25, 50, 75 and 100 %. */
  private static final int[] SHADES = {0xFFFFFF, 0xC6DBEF, 0x6BAED6, 0x2171B5, 0x08306B};

  private static final String NOTE =
      "% of the pixels labelled so (grey: there are none); right edge: % of all pixels";

  private final List<String> names;
  private final List<long[]> confusion;
  private final long all;
  private final int cell;
  private final int side;
  private final Font type;

  private ConfusionPlot(List<String> names, List<long[]> confusion) {
    this.names = names;
    this.confusion = confusion;
    all = confusion.stream().mapToLong(ConfusionPlot::sum).sum();
    cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, LARGEST_SIDE / names.size()));
    side = cell * names.size();
    type = new Font(Font.SANS_SERIF, Font.PLAIN, Math.min(LARGEST_TYPE, cell - 1));
  }

  /**
   * Draws the matrix, up to 34 pixels a cell.
   *
   * @param title what the network is, and where it ran
   * @param names of the classes, at least one
   * @param confusion pixels by label (rows) and prediction (columns)
   */
  public static RgbImage draw(String title, List<String> names, List<long[]> confusion) {
    return new ConfusionPlot(names, confusion).draw(title);
  }

  private RgbImage draw(String title) {
    Graphics2D ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = ruler.getFontMetrics(type);
    int names = this.names.stream().mapToInt(metrics::stringWidth).max().orElseThrow() + 2 * GAP;
    int shares = metrics.stringWidth("100.0") + 2 * GAP;
    int heading =
        2 * GAP
            + Math.max(
                ruler.getFontMetrics(ChartStyle.TITLE).stringWidth(title),
                metrics.stringWidth(NOTE));
    ruler.dispose();
    int left = LINE + names;
    BufferedImage image =
        new BufferedImage(
            Math.max(left + side + shares, heading),
            TOP + side + names + LINE,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(Color.BLACK);
    text(graphics, ChartStyle.TITLE, title, GAP, LINE / 2, 0);
    text(graphics, type, NOTE, GAP, LINE + LINE / 2, 0);
    graphics.translate(left, TOP);
    cells(graphics);
    labels(graphics);
    graphics.setColor(Color.BLACK);
    text(graphics, ChartStyle.AXIS, "found by the network", side / 2, side + names + LINE / 2, 0.5);
    graphics.rotate(-Math.PI / 2);
    text(graphics, ChartStyle.AXIS, "labelled", -side / 2, LINE / 2 - left, 0.5);
    graphics.dispose();
    return ChartStyle.picture(image);
  }

  private void cells(Graphics2D graphics) {
    for (int row = 0; row < names.size(); row++) {
      long[] pixels = confusion.get(row);
      long inRow = sum(pixels);
      for (int column = 0; column < pixels.length; column++) {
        double percent = 100.0 * pixels[column] / inRow;
        graphics.setColor(inRow == 0 ? NO_PIXELS : shade(percent));
        graphics.fillRect(column * cell, row * cell, cell, cell);
        if (percent >= LEAST_NUMBER && cell >= SMALLEST_WITH_NUMBERS) {
          graphics.setColor(percent < DARK ? Color.BLACK : Color.WHITE);
          String number = String.format(Locale.ROOT, "%.0f", percent);
          text(graphics, type, number, column * cell + cell / 2, row * cell + cell / 2, 0.5);
        }
      }
    }
    graphics.setStroke(ChartStyle.HAIRLINE);
    for (int i = 0; i <= names.size(); i++) {
      graphics.setColor(i % names.size() == 0 ? Color.DARK_GRAY : ChartStyle.GRID);
      graphics.drawLine(0, i * cell, side, i * cell);
      graphics.drawLine(i * cell, 0, i * cell, side);
    }
    graphics.setColor(Color.DARK_GRAY);
    for (int i = 0; i < names.size(); i++) {
      graphics.drawRect(i * cell, i * cell, cell, cell); // what is right
    }
  }

  private void labels(Graphics2D graphics) {
    for (int i = 0; i < names.size(); i++) {
      int middle = i * cell + cell / 2;
      graphics.setColor(Color.BLACK);
      text(graphics, type, names.get(i), -GAP, middle, 1);
      graphics.setColor(Color.DARK_GRAY);
      text(graphics, type, share(sum(confusion.get(i))), side + GAP, middle, 0);
      graphics.rotate(-Math.PI / 2);
      graphics.setColor(Color.BLACK);
      text(graphics, type, names.get(i), -side - GAP, middle, 1);
      graphics.rotate(Math.PI / 2);
    }
  }

  private String share(long pixels) {
    double percent = 100.0 * pixels / all;
    return pixels == 0 ? "" : percent < 0.05 ? "<0.1" : String.format(Locale.ROOT, "%.1f", percent);
  }

  /**
   * Text whose middle has a height.
   *
   * @param shift how much of its width lies left of {@code x}, from 0 to 1
   */
  private static void text(
      Graphics2D graphics, Font font, String text, int x, int middle, double shift) {
    graphics.setFont(font);
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        (float) (x - shift * metrics.stringWidth(text)),
        middle + (metrics.getAscent() - metrics.getDescent()) / 2f);
  }

  private static Color shade(double percent) {
    double place = percent / 100 * (SHADES.length - 1);
    int below = Math.min((int) place, SHADES.length - 2);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = SHADES[below] >> shift & 0xFF;
      int to = SHADES[below + 1] >> shift & 0xFF;
      rgb = rgb << 8 | (int) Math.round(from + (place - below) * (to - from));
    }
    return new Color(rgb);
  }

  private static long sum(long[] row) {
    return Arrays.stream(row).sum();
  }
}
