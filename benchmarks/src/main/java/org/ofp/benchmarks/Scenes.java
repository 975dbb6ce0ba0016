// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Small pictures with a class for every pixel, to train a network on within a minute: discs,
 * squares and triangles of varied colour, size, place and shade on mottled ground. The class is the
 * shape, so that colour alone does not tell it.
 */
final class Scenes {
  /** Ground, disc, square, triangle. */
  static final int CLASSES = 4;

  private static final int SHAPES = 6;

  private Scenes() {}

  /** Pictures {@code [n, 3, side, side]} about 0, and their classes {@code [n, side, side]}. */
  record Batch(Tensor pictures, Tensor classes) {}

  /** A batch, the same for the same seed. */
  static Batch of(int n, int side, long seed) {
    Random random = new Random(seed);
    Tensor pictures = torch.empty(n, 3, side, side);
    Tensor classes = torch.zeros(n, side, side);
    FloatBuffer values = pictures.createBuffer();
    FloatBuffer labels = classes.createBuffer();
    for (int i = 0; i < n; i++) {
      BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      paint(picture.createGraphics(), mask.createGraphics(), side, random);
      int pixels = side * side;
      for (int p = 0; p < pixels; p++) {
        int rgb = picture.getRGB(p % side, p / side);
        for (int c = 0; c < 3; c++) {
          int level = (rgb >> (16 - 8 * c)) & 255;
          float noisy = (float) (level / 64.0 - 2 + 0.1 * random.nextGaussian());
          values.put((3 * i + c) * pixels + p, noisy);
        }
        labels.put(i * pixels + p, mask.getRGB(p % side, p / side) & 255);
      }
    }
    return new Batch(pictures, classes.to(torch.ScalarType.Long));
  }

  private static void paint(Graphics2D picture, Graphics2D mask, int side, Random random) {
    for (int i = 0; i < 60; i++) {
      int grey = 60 + random.nextInt(90);
      picture.setColor(new Color(grey, grey + random.nextInt(30), grey));
      double size = side * (0.1 + 0.4 * random.nextDouble());
      picture.fill(
          new Ellipse2D.Double(
              side * random.nextDouble() - size / 2,
              side * random.nextDouble() - size / 2,
              size,
              size));
    }
    for (int i = 0; i < SHAPES; i++) {
      int kind = 1 + random.nextInt(CLASSES - 1);
      double size = side * (0.12 + 0.25 * random.nextDouble());
      double x = (side - size) * random.nextDouble();
      double y = (side - size) * random.nextDouble();
      java.awt.Shape shape =
          switch (kind) {
            case 1 -> new Ellipse2D.Double(x, y, size, size);
            case 2 -> new Rectangle2D.Double(x, y, size, size);
            default -> triangle(x, y, size);
          };
      picture.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
      picture.fill(shape);
      mask.setColor(new Color(kind, kind, kind));
      mask.fill(shape);
    }
    picture.dispose();
    mask.dispose();
  }

  private static Path2D triangle(double x, double y, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y + size);
    path.lineTo(x + size, y + size);
    path.lineTo(x + size / 2, y);
    path.closePath();
    return path;
  }
}
