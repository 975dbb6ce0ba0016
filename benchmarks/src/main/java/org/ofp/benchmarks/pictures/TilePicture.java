// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.Objective;

/** A map cut into frames that overlap, with the outputs that each frame gives. */
final class TilePicture {
  private static final int MAP = 96;
  private static final int KERNEL = 9;
  private static final int PADDING = KERNEL / 2;
  private static final String DEVICE = "sim:ideal?rows=40&cols=40&windows=off";

  private static final int SCALE = 5;
  private static final int MARGIN = 24;
  private static final int TOP = 48;
  private static final int LEGEND = 330;

  private TilePicture() {}

  static BufferedImage draw(RgbImage photo) {
    ConvolutionPlan plan = plan();
    int padded = MAP + 2 * PADDING;
    // The last tiles reach beyond the padded map.
    int reach = (plan.tileRows() - 1) * plan.validRows() + plan.frame().rows();
    int side = SCALE * Math.max(padded, reach);
    Canvas canvas = new Canvas(2 * MARGIN + side + LEGEND, TOP + side + MARGIN);
    canvas.text(
        Canvas.TITLE,
        Canvas.TEXT,
        "Overlap-save: a map of %d×%d in frames of %s, kernel %d×%d"
            .formatted(MAP, MAP, plan.frame(), KERNEL, KERNEL),
        MARGIN,
        30);
    canvas.samples(paddedMap(photo, side / SCALE), side / SCALE, MARGIN, TOP, SCALE);
    for (int tile = 0; tile < plan.tiles(); tile++) {
      int row = tile / plan.tileCols();
      int col = tile % plan.tileCols();
      boolean middle = row == 1 && col == 1;
      Color colour = middle ? Canvas.ORANGE : Canvas.BLUE;
      double x = MARGIN + SCALE * (double) (col * plan.validCols());
      double y = TOP + SCALE * (double) (row * plan.validRows());
      // An output sits in the middle of the samples that it sees.
      double shift = SCALE * (double) PADDING;
      double valid = SCALE * (double) plan.validRows();
      canvas.fill(colour, middle ? 0.35 : 0.12, x + shift, y + shift, valid, valid);
      canvas.outline(colour, 1, x + shift, y + shift, valid, valid);
      if (middle || (row == 0 && col == 0)) {
        canvas.dashes(colour, 2.5f, x, y, SCALE * plan.frame().cols(), SCALE * plan.frame().rows());
      }
    }
    canvas.outline(
        Color.BLACK, 2, MARGIN + SCALE * PADDING, TOP + SCALE * PADDING, SCALE * MAP, SCALE * MAP);
    legend(canvas, plan, MARGIN + side + 24);
    return canvas.image();
  }

  private static ConvolutionPlan plan() {
    try (OpticalFourierDevice device = Devices.open(DEVICE)) {
      return ConvolutionPlanner.forDevice(
              device, TransformOptions.defaults(), Objective.DEVICE_TIME)
          .plan(ConvolutionSpec.of(2, 2, KERNEL).padding(PADDING), MAP, MAP);
    }
  }

  /** The map in its zeros, pale so that the lines show. */
  private static int[] paddedMap(RgbImage photo, int side) {
    RgbImage map = Resampling.smooth(photo, MAP, MAP);
    int[] samples = new int[side * side];
    for (int i = 0; i < samples.length; i++) {
      int row = i / side - PADDING;
      int col = i % side - PADDING;
      boolean inside = row >= 0 && row < MAP && col >= 0 && col < MAP;
      samples[i] =
          Canvas.grey(inside ? 0.35 + 0.6 * Canvas.brightness(map.pixels()[row * MAP + col]) : 0.9);
    }
    return samples;
  }

  private static void legend(Canvas canvas, ConvolutionPlan plan, int x) {
    int t = plan.frame().rows();
    int y = TOP + 20;
    canvas.outline(Color.BLACK, 2, x, y - 12, 26, 16);
    label(canvas, "the map; around it zeros of the padding", x, y);
    y += 40;
    canvas.dashes(Canvas.ORANGE, 2.5f, x, y - 12, 26, 16);
    label(canvas, "a frame: T = %d samples a side".formatted(t), x, y);
    y += 40;
    canvas.fill(Canvas.ORANGE, 0.35, x, y - 12, 26, 16);
    canvas.outline(Canvas.ORANGE, 1, x, y - 12, 26, 16);
    label(canvas, "its outputs: T−k+1 = %d a side,".formatted(plan.validRows()), x, y);
    label(canvas, "which the circular wrap does not touch", x, y + 20);
    y += 60;
    canvas.fill(Canvas.BLUE, 0.12, x, y - 12, 26, 16);
    canvas.outline(Canvas.BLUE, 1, x, y - 12, 26, 16);
    label(canvas, "outputs of the other frames, side by side", x, y);
    y += 40;
    label(canvas, "frames overlap by k−1 = %d samples;".formatted(KERNEL - 1), x, y);
    label(
        canvas, "%d×%d frames make the map".formatted(plan.tileRows(), plan.tileCols()), x, y + 20);
  }

  private static void label(Canvas canvas, String text, int x, int y) {
    canvas.text(Canvas.LABEL, Canvas.TEXT, text, x + 38, y);
  }
}
