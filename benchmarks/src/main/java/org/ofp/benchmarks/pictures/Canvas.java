// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A white picture to draw on, with the look that all have. */
final class Canvas {
  /** Okabe and Ito's colours, which the colour-blind can tell apart as well. */
  static final Color BLUE = new Color(0x0072B2);

  static final Color ORANGE = new Color(0xD55E00);
  static final Color GREEN = new Color(0x009E73);
  static final Color TEXT = new Color(0x222222);

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private final BufferedImage image;
  private final Graphics2D graphics;

  Canvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  BufferedImage image() {
    return image;
  }

  /** Samples as squares of {@code scale} screen pixels. */
  void samples(int[] rgb, int cols, int x, int y, int scale) {
    for (int i = 0; i < rgb.length; i++) {
      graphics.setColor(new Color(rgb[i]));
      graphics.fillRect(x + i % cols * scale, y + i / cols * scale, scale, scale);
    }
  }

  void outline(Color colour, float width, double x, double y, double w, double h) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(width));
    graphics.drawRect((int) x, (int) y, (int) w, (int) h);
  }

  void dashes(Color colour, float width, double x, double y, double w, double h) {
    graphics.setColor(colour);
    graphics.setStroke(
        new BasicStroke(
            width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {7, 5}, 0));
    graphics.drawRect((int) x, (int) y, (int) w, (int) h);
  }

  void fill(Color colour, double opacity, double x, double y, double w, double h) {
    graphics.setColor(
        new Color(
            colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.rint(255 * opacity)));
    graphics.fillRect((int) x, (int) y, (int) w, (int) h);
  }

  /** Text whose baseline starts at a point. */
  void text(Font font, Color colour, String text, int x, int y) {
    graphics.setFont(font);
    graphics.setColor(colour);
    graphics.drawString(text, x, y);
  }

  /** A grey of brightness 0 to 1. */
  static int grey(double brightness) {
    int level = (int) Math.rint(255 * Math.min(Math.max(brightness, 0), 1));
    return level << 16 | level << 8 | level;
  }

  /** Brightness 0 to 1 of a colour. */
  static double brightness(int rgb) {
    return (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255;
  }
}
