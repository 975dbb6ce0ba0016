// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** What a camera makes of the light: sharpness, exposure, vignette, noise, eight bits. */
final class Photograph {
  private final double exposure;
  private final double gamma;
  private final double saturation;
  private final double blur;
  private final double vignette;
  private final double noise;
  private final SceneRandom grain;

  /**
   * @param random chooses the settings
   * @param grain gives the noise of the pixels, of which there are more in larger pictures
   */
  Photograph(SceneRandom random, SceneRandom grain) {
    exposure = 0.19 * random.in(0.7, 1.45);
    gamma = random.in(0.44, 0.54);
    saturation = random.in(0.85, 1.2);
    blur = random.chance(0.35) ? random.in(0.05, 0.2) : 0;
    vignette = random.in(0, 0.35);
    noise = random.in(0.004, 0.02);
    this.grain = grain;
  }

  /**
   * Develops a picture.
   *
   * @param light red, green and blue planes, linear; spoilt by this
   * @return 0xRRGGBB, row-major
   */
  int[] develop(float[][] light, int side) {
    int pixels = side * side;
    double sum = 0;
    for (int i = 0; i < pixels; i++) {
      sum += 0.3 * light[0][i] + 0.6 * light[1][i] + 0.1 * light[2][i];
    }
    double gain = exposure * pixels / Math.max(sum, 1e-9);
    int[] rgb = new int[pixels];
    float[] smooth = new float[pixels];
    for (float[] plane : light) {
      soften(plane, smooth, side);
    }
    Curve curve = new Curve(gamma);
    for (int i = 0; i < pixels; i++) {
      int row = i / side;
      double x = (i - row * side + 0.5) / side * 2 - 1;
      double y = (row + 0.5) / side * 2 - 1;
      double here = gain * (1 - vignette * (x * x + y * y) / 2);
      double grey = 0.3 * light[0][i] + 0.6 * light[1][i] + 0.1 * light[2][i];
      int pixel = 0;
      for (float[] plane : light) {
        double value = curve.at(here * (grey + saturation * (plane[i] - grey)));
        value += noise * grain.normal();
        pixel = pixel << 8 | (int) Math.min(255, Math.max(0, 255 * value + 0.5));
      }
      rgb[i] = pixel;
    }
    return rgb;
  }

  /** Each pixel gives a share to its neighbours, along rows and then along columns. */
  private void soften(float[] plane, float[] other, int side) {
    if (blur > 0) {
      spread(plane, other, side, 1, side);
      spread(other, plane, side, side, 1);
    }
  }

  private void spread(float[] from, float[] to, int side, int step, int line) {
    float share = (float) blur;
    for (int a = 0; a < side; a++) {
      for (int b = 0; b < side; b++) {
        int i = a * line + b * step;
        float before = from[b == 0 ? i : i - step];
        float after = from[b == side - 1 ? i : i + step];
        to[i] = (1 - 2 * share) * from[i] + share * (before + after);
      }
    }
  }

  /** A power function in a table, with a shoulder where it would clip. */
  private static final class Curve {
    private static final int STEPS = 4096;
    private static final double LARGEST = 4;

    private final float[] table = new float[STEPS + 1];

    Curve(double gamma) {
      for (int i = 0; i <= STEPS; i++) {
        double x = LARGEST * i / STEPS * i / STEPS; // finer where the curve is steep
        double y = StrictMath.pow(x, gamma);
        table[i] = (float) (y < 0.8 ? y : 0.8 + 0.2 * StrictMath.tanh((y - 0.8) / 0.2));
      }
    }

    double at(double x) {
      double place = Math.sqrt(Math.max(0, Math.min(x, LARGEST)) / LARGEST) * STEPS;
      int i = (int) Math.min(place, STEPS - 1);
      return table[i] + (place - i) * (table[i + 1] - table[i]);
    }
  }
}
