// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** The {@link FrameStatistics} of a field whose transform is known, in double precision. */
final class FieldMeasurement {
  /** Squared relative rounding of floats, with room. */
  private static final double ROUNDING = 1e-12;

  private FieldMeasurement() {}

  static FrameStatistics of(
      ComplexField field,
      ComplexField transform,
      Shading shading,
      boolean digitalMean,
      boolean inverse) {
    FrameShape shape = field.shape();
    double[] shown = widened(field);
    double[] seen = widened(transform);
    if (digitalMean) {
      hold(inverse ? seen : shown, inverse ? shown : seen);
    }
    double fieldPower = power(shown);
    weigh(
        shown,
        ShadingWeights.display(shape.rows(), shading),
        ShadingWeights.display(shape.cols(), shading),
        1);
    weigh(
        seen,
        ShadingWeights.frequencies(shape.rows(), shading),
        ShadingWeights.frequencies(shape.cols(), shading),
        -1);
    double shownPower = power(shown);
    double seenPower = power(seen);
    PowerSpread spectrum = spread(seen);
    return new FrameStatistics(
        spread(shown),
        Math.sqrt(seenPower / spectrum.mean() / shownPower),
        spectrum,
        fieldPower / shownPower,
        seenPower / shownPower,
        offAxis(shown),
        quadrature(seen, shape, inverse ? -1 : 1));
  }

  private static double[] widened(ComplexField field) {
    double[] values = new double[field.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = field.values()[i];
    }
    return values;
  }

  /** Takes out what the computer handles: bin 0, and the mean that it is in the other plane. */
  private static void hold(double[] withMean, double[] withBin) {
    double root = Math.sqrt(withBin.length / 2.0);
    for (int i = 0; i < withMean.length; i++) {
      withMean[i] -= withBin[i % 2] / root;
    }
    withBin[0] = 0;
    withBin[1] = 0;
  }

  private static void weigh(double[] z, float[] rows, float[] cols, int sign) {
    for (int i = 0; i < z.length / 2; i++) {
      double weight = (double) rows[i / cols.length] * cols[i % cols.length];
      double factor = sign > 0 ? weight : 1 / weight;
      z[2 * i] *= factor;
      z[2 * i + 1] *= factor;
    }
  }

  /** Mean |z|². */
  private static double power(double[] z) {
    double sum = 0;
    for (double value : z) {
      sum += value * value;
    }
    return 2 * sum / z.length;
  }

  private static PowerSpread spread(double[] z) {
    double largest = 0;
    for (int i = 0; i < z.length; i += 2) {
      largest = Math.max(largest, z[i] * z[i] + z[i + 1] * z[i + 1]);
    }
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "no statistics of a field whose largest power is "
              + largest
              + " apart from its mean; give one that is neither dark nor infinite");
    }
    PowerSpread spread = new PowerSpread();
    for (int i = 0; i < z.length; i += 2) {
      spread.add((z[i] * z[i] + z[i + 1] * z[i + 1]) / largest, 1);
    }
    return spread;
  }

  private static double offAxis(double[] z) {
    double all = 0;
    double off = 0;
    for (int i = 0; i < z.length; i += 2) {
      double power = z[i] * z[i] + z[i + 1] * z[i + 1];
      double smaller = Math.min(Math.abs(z[i]), Math.abs(z[i + 1]));
      all += power;
      off += smaller * smaller > ROUNDING * power ? power : 0;
    }
    return off / all;
  }

  /** Largest quadrature over the largest magnitude, of the field as it arrives at the sensor. */
  private static double quadrature(double[] seen, FrameShape shape, int conjugate) {
    float[] rows = Centring.factors(shape.rows(), -1, 1);
    float[] cols = Centring.factors(shape.cols(), 0, 1);
    double largest = 0;
    double power = 0;
    for (int i = 0; i < shape.pixels(); i++) {
      int row = 2 * (i / shape.cols());
      int col = 2 * (i % shape.cols());
      double turnRe = rows[row] * cols[col] - rows[row + 1] * cols[col + 1];
      double turnIm = rows[row] * cols[col + 1] + rows[row + 1] * cols[col];
      double re = seen[2 * i];
      double im = conjugate * seen[2 * i + 1];
      double x = Math.abs(re * turnRe - im * turnIm);
      double y = Math.abs(re * turnIm + im * turnRe);
      largest = Math.max(largest, Math.max(x, y));
      power = Math.max(power, x * x + y * y);
    }
    return largest / Math.sqrt(power);
  }
}
