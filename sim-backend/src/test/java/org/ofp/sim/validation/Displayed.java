// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.Arrays;
import java.util.Random;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.sim.NaiveDft;

/** A field, its frame as the modulator is asked to show it, and the true transform of that. */
final class Displayed {
  private final int n;
  private final float[] field;
  private final double scale;
  private final double[] spectrum;

  private Displayed(int n, float[] field) {
    this.n = n;
    this.field = field;
    double peak = 0;
    for (int i = 0; i < field.length; i += 2) {
      peak = Math.max(peak, Math.hypot(field[i], field[i + 1]));
    }
    scale = peak;
    spectrum = NaiveDft.forward(field, n, n);
  }

  /** Complex amplitudes uniform in the unit square about 0. */
  static Displayed random(int n, long seed) {
    Random random = new Random(seed);
    float[] field = new float[2 * n * n];
    for (int i = 0; i < field.length; i++) {
      field[i] = 2 * random.nextFloat() - 1;
    }
    return new Displayed(n, field);
  }

  /** A smooth real image without a mean: its spectrum falls by orders of magnitude. */
  static Displayed smooth(int n) {
    float[] field = new float[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      double x = 2 * Math.PI * (i % n) / n;
      double y = 2 * Math.PI * Math.floorDiv(i, n) / n;
      field[2 * i] =
          (float)
              (Math.sin(x)
                  + 0.5 * Math.cos(2 * x - y)
                  + 0.1 * Math.sin(5 * y + x)
                  + 0.02 * Math.cos(7 * x + 11 * y));
    }
    return new Displayed(n, field);
  }

  ComplexField field() {
    return new ComplexField(new FrameShape(n, n), field.clone());
  }

  int pixels() {
    return n * n;
  }

  /** What |a| = 1 stands for. */
  double scale() {
    return scale;
  }

  /** Mean of |F|² of the frame, by Parseval that of |a|². */
  double meanPower() {
    return Diffraction.energy(spectrum) / (scale * scale) / pixels();
  }

  /** The largest |Re F| or |Im F| of the frame. */
  double largestQuadrature() {
    return Arrays.stream(spectrum).map(Math::abs).max().orElseThrow() / scale;
  }

  /** |F|² of the frame at one frequency. */
  double power(int bin) {
    return (spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1])
        / (scale * scale);
  }

  /** arg F at one frequency. */
  double phase(int bin) {
    return Math.atan2(spectrum[2 * bin + 1], spectrum[2 * bin]);
  }

  /** Mean of |F̂ − F|² of a transform, in units of the frame. */
  double errorPower(FourierTransformer transformer, long id) {
    float[] got = transformer.forward(field(), id).values();
    double sum = 0;
    for (int i = 0; i < got.length; i++) {
      sum += Math.pow((got[i] - spectrum[i]) / scale, 2);
    }
    return sum / pixels();
  }

  /** Half the mean of |F̂₁ − F̂₂|² of two transforms, in units of the frame: noise alone. */
  double noisePower(FourierTransformer transformer, long first, long second) {
    float[] x = transformer.forward(field(), first).values();
    float[] y = transformer.forward(field(), second).values();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.pow((x[i] - y[i]) / scale, 2) / 2;
    }
    return sum / pixels();
  }
}
