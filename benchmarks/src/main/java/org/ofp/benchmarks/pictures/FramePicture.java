// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.ofp.cli.bench.HookedDevice;
import org.ofp.device.ComplexField;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.OpticalConvolver;

/** Two channels in one frame, as the modulator is asked to show it, and its spectrum. */
final class FramePicture {
  private static final int SIDE = 128;
  private static final String DEVICE = "sim:demonstrator?rows=128&cols=128&windows=off";
  private static final ConvolutionSpec LAYER = ConvolutionSpec.of(2, 2, 3);

  private static final int SCALE = 2;
  private static final int PANEL = SIDE * SCALE;
  private static final int GAP = 18;
  private static final int TOP = 64;

  private final float[] shown = new float[2 * SIDE * SIDE];
  private boolean captured;

  private FramePicture() {}

  static BufferedImage draw(RgbImage photo) {
    return new FramePicture().picture(photo);
  }

  private BufferedImage picture(RgbImage photo) {
    float[] x = channels(photo);
    show(x);
    Canvas canvas = new Canvas(6 * GAP + 5 * PANEL, TOP + PANEL + GAP);
    canvas.text(
        Canvas.TITLE,
        Canvas.TEXT,
        "Two real channels in one complex frame: z = x₁ + i·x₂, its mean left to the computer",
        GAP,
        28);
    panel(canvas, 0, "channel x₁", i -> x[i]);
    panel(canvas, 1, "channel x₂", i -> x[SIDE * SIDE + i]);
    panel(canvas, 2, "SLM amplitude, 0 to 1", this::amplitude);
    phase(canvas);
    spectrum(canvas);
    return canvas.image();
  }

  /** Two maps that differ: the photograph's brightness, and how much redder than blue it is. */
  private static float[] channels(RgbImage photo) {
    int[] pixels = Resampling.smooth(photo, SIDE, SIDE).pixels();
    float[] x = new float[2 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      x[i] = (float) Canvas.brightness(pixels[i]);
      x[SIDE * SIDE + i] = 0.5f + ((pixels[i] >> 16 & 255) - (pixels[i] & 255)) / 255f;
    }
    return x;
  }

  /** Runs a layer and keeps the first frame that is shown. */
  private void show(float[] x) {
    try (OpticalFourierDevice bench = Devices.open(DEVICE)) {
      OpticalFourierDevice watched =
          new HookedDevice(
              bench,
              (sequence, options) -> {
                keep(sequence.amplitudes(), sequence.amplitudeOffset(0));
                return bench.submit(sequence, options);
              });
      OpticalConvolver convolver = new OpticalConvolver(watched, TransformOptions.defaults());
      ConvolutionPlan plan = convolver.plan(LAYER, SIDE, SIDE);
      FloatBuffer weights = FloatBuffer.wrap(new float[LAYER.weightCount()]);
      FloatBuffer y = FloatBuffer.allocate(2 * plan.outputRows() * plan.outputCols());
      try (KernelSpectra kernels = convolver.spectra(plan, weights, true)) {
        convolver.convolve(plan, FrameKey.forward(0, 0), 1, FloatBuffer.wrap(x), kernels, null, y);
      }
    }
  }

  private synchronized void keep(FloatBuffer amplitudes, int offset) {
    if (!captured) {
      amplitudes.get(offset, shown);
      captured = true;
    }
  }

  private double amplitude(int pixel) {
    return Math.hypot(shown[2 * pixel], shown[2 * pixel + 1]);
  }

  private void phase(Canvas canvas) {
    int[] rgb = new int[SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      double phase = Math.atan2(shown[2 * i + 1], shown[2 * i]) / (2 * Math.PI);
      rgb[i] = Color.HSBtoRGB((float) phase, 0.65f, 0.95f);
    }
    samples(canvas, 3, "SLM phase, one hue a turn", rgb);
  }

  private void spectrum(Canvas canvas) {
    float[] values;
    try (OpticalFourierDevice ideal = Devices.open("sim:ideal")) {
      values =
          new FourierTransformer(ideal)
              .forward(new ComplexField(new FrameShape(SIDE, SIDE), shown.clone()))
              .values();
    }
    DoubleUnaryOperator decades = power -> 1 + Math.log10(Math.max(power, 1e-9)) / 6;
    double peak = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      peak = Math.max(peak, power(values, i));
    }
    double brightest = peak;
    panel(
        canvas,
        4,
        "|F|² at the detector, 6 decades",
        i -> {
          int row = (i / SIDE + SIDE / 2) % SIDE; // as the sensor sees it, zero order in the middle
          int col = (i % SIDE + SIDE / 2) % SIDE;
          return decades.applyAsDouble(power(values, row * SIDE + col) / brightest);
        });
  }

  private static double power(float[] values, int i) {
    return (double) values[2 * i] * values[2 * i] + (double) values[2 * i + 1] * values[2 * i + 1];
  }

  private static void panel(
      Canvas canvas, int number, String title, IntToDoubleFunction brightness) {
    int[] rgb = new int[SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Canvas.grey(brightness.applyAsDouble(i));
    }
    samples(canvas, number, title, rgb);
  }

  private static void samples(Canvas canvas, int number, String title, int[] rgb) {
    int x = GAP + number * (PANEL + GAP);
    canvas.text(Canvas.LABEL, Canvas.TEXT, title, x, TOP - 8);
    canvas.samples(rgb, SIDE, x, TOP, SCALE);
  }
}
