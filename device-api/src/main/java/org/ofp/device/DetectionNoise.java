// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Arrays;
import java.util.List;

/**
 * The variance with which a frame's field is read, per complex sample and in units of |F|², in the
 * mean over its pixels. With c counts for |F| = 1, K counts per electron, P the power at a pixel, σ
 * the RMS noise of a count without light,
 *
 * <pre>
 *   four-step   [K(P + R²)/c + σ²/c²] / (4γ²R²)
 *   coherent    K(P + R²)/(γRc) + 2σ²/c²          (each quadrature has half of the light)
 * </pre>
 *
 * <p>Exposures of a pixel that do not saturate are weighted as by {@link ExposureMerge}; the powers
 * of the pixels are a {@link PowerSpread}, their phases even. Immutable.
 */
final class DetectionNoise {
  /** Phases of a pixel's field against the reference, in the half quadrant that has all cases. */
  private static final int PHASES = 8;

  private final TransformOptions options;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final ExposureControl control;
  private final boolean coherent;
  private final double reference;
  private final double visibility;

  /** Counts per electron of light that has shot noise. */
  private final double conversionGain;

  /** Variance of a count that the weights of exposures know of. */
  private final double declaredVariance;

  private final double readVariance;
  private final double roundingVariance;

  /** Electrons per second. */
  private final double darkCurrent;

  private final double rin;
  private final double phaseVariance;

  /** Share of the power that the tilt of the beam makes an error. */
  private final double pointing;

  DetectionNoise(DeviceDescription description, TransformOptions options, FrameShape shape) {
    this.options = options;
    capabilities = description.capabilities();
    calibration = description.calibration();
    coherent = capabilities.readout() == ReadoutMode.COHERENT;
    control = ShownTransforms.control(calibration, options);
    DeclaredParameters declared = new DeclaredParameters(description);
    boolean shots = declared.is("sensor.shot-noise", "on");
    conversionGain =
        coherent
            ? shots ? declared.number("sensor.gain", 0) : 0
            : calibration.noise().conversionGain();
    reference =
        coherent ? declared.number("reference.amplitude", 1) : calibration.referenceAmplitude();
    visibility = coherent ? declared.number("reference.visibility", 1) : calibration.visibility();
    double noise = calibration.noise().readNoise();
    declaredVariance = noise * noise;
    roundingVariance =
        capabilities.adcBits() == 0 ? 0 : Math.min(Rounding.VARIANCE, declaredVariance);
    readVariance = declaredVariance - roundingVariance;
    double warming =
        declared.number("sensor.temperature", 0) - declared.number("sensor.dark-temperature", 0);
    darkCurrent =
        declared.number("sensor.dark-current", 0)
            * Math.pow(2, warming / declared.number("sensor.dark-doubling", 8));
    rin = declared.number("source.rin", 0);
    phaseVariance = Math.pow(declared.number("reference.phase-noise", 0), 2);
    // A pixel of the pattern is λ/(N·pitch) wide; x of them turn the frame's edges by πx.
    double perPixel =
        declared.number("beam.pointing", 0)
            * declared.number("pitch", 0)
            / declared.number("wavelength", 1);
    double pixels2 = Math.pow(shape.rows(), 2) + Math.pow(shape.cols(), 2);
    pointing = Math.PI * Math.PI / 3 * perPixel * perPixel * pixels2;
  }

  /**
   * Seconds of the first readout of a frame.
   *
   * @param largest |F|
   * @param quadrature largest quadrature over it
   */
  double exposure(double largest, double quadrature) {
    double brightest = coherent ? quadrature * largest : largest;
    return control.automatic()
        ? AutoExposure.metered(brightest, control, capabilities, calibration)
        : ShownTransforms.readouts(capabilities, options).get(0).exposure();
  }

  /**
   * Adds the noise of a frame.
   *
   * @param power mean |F|² at the detector
   * @param spectrum how it is spread
   * @param quadrature largest quadrature over the largest |F|
   * @param factor what the frame's noise counts for, in the mean over its repeats
   */
  void add(double power, PowerSpread spectrum, double quadrature, double factor, NoiseTerms terms) {
    double largest = power / spectrum.mean();
    double metered = exposure(Math.sqrt(largest), quadrature);
    List<Readout> readouts = ShownTransforms.readouts(capabilities, options);
    int steps = readouts.size() / options.exposures();
    double[] seconds = new double[options.exposures()];
    for (int e = 0; e < seconds.length; e++) {
      Readout readout = readouts.get(e * steps);
      seconds[e] =
          control.automatic()
              ? AutoExposure.of(
                  readout, readouts.get(0), metered, control, capabilities, calibration)
              : readout.exposure();
    }
    double[] weights = new double[seconds.length];
    for (int bin = 0; bin < spectrum.bins(); bin++) {
      if (spectrum.share(bin) > 0) {
        double p = spectrum.power(bin) * largest;
        for (int i = 0; i < PHASES; i++) {
          double angle = Math.PI / 4 * (i + 0.5) / PHASES;
          addPixel(p, angle, seconds, weights, factor * spectrum.share(bin) / PHASES, terms);
        }
      }
    }
    terms.source += factor * power * pointing / options.repeats();
  }

  private void addPixel(
      double p, double angle, double[] seconds, double[] weights, double factor, NoiseTerms terms) {
    double full = calibration.fullScale() - calibration.blackLevel();
    Arrays.fill(weights, 0);
    double sum = 0;
    for (int e = seconds.length - 1; e >= 0; e--) {
      double counts = calibration.sensitivity() * seconds[e];
      if (counts * brightest(p, angle) < full || (e == 0 && sum == 0)) {
        weights[e] = 1 / weighed(p, counts);
        sum += weights[e];
      }
    }
    for (int e = 0; e < seconds.length; e++) {
      if (weights[e] > 0) {
        double weight = weights[e] / sum;
        int alike = 0;
        for (double other : seconds) {
          alike += other == seconds[e] ? 1 : 0;
        }
        addExposure(p, angle, seconds[e], alike, factor * weight * weight, terms);
      }
    }
    if (seconds[0] <= capabilities.minExposure()) {
      double counts = calibration.sensitivity() * seconds[0];
      terms.clipping += factor * clippingError(p, angle, counts, full);
    }
  }

  /** Largest count of a pixel per count for |F| = 1. */
  private double brightest(double p, double angle) {
    double larger = Math.sqrt(p) * Math.cos(angle);
    return coherent ? larger : p + reference * reference + 2 * visibility * reference * larger;
  }

  /** The variance that the merge of exposures goes by. */
  private double weighed(double p, double counts) {
    double electrons = coherent ? 0 : conversionGain * (p + reference * reference);
    double variance = electrons / counts + declaredVariance / (counts * counts);
    return variance > 0 ? variance : 1 / (counts * counts);
  }

  /**
   * @param alike exposures of this length, which are rounded alike
   */
  private void addExposure(
      double p, double angle, double t, int alike, double factor, NoiseTerms terms) {
    double counts = calibration.sensitivity() * t;
    double light = p + reference * reference;
    double shot;
    double perCount; // variance of the field for a variance of 1 of every count
    if (coherent) {
      shot = conversionGain * light / (visibility * reference * counts);
      perCount = 2 / (counts * counts);
    } else {
      double swing = 4 * visibility * visibility * reference * reference;
      shot = conversionGain * light / (swing * counts);
      perCount = 1 / (swing * counts * counts);
    }
    double average = factor / options.repeats();
    double dark = conversionGain * conversionGain * darkCurrent * t;
    terms.shot += average * shot;
    terms.dark += average * perCount * dark;
    terms.read += average * perCount * readVariance;
    if (roundingVariance > 0) {
      Rounding rounding = new Rounding(shot / perCount + dark + readVariance);
      addRounding(p, angle, counts, rounding, alike, factor * perCount, terms);
    }
    terms.source += average * sourceVariance(p, t);
  }

  private void addRounding(
      double p,
      double angle,
      double counts,
      Rounding rounding,
      int alike,
      double factor,
      NoiseTerms terms) {
    double fixed = 0;
    double random = 0;
    int steps = coherent ? 1 : 2;
    double light = coherent ? 0 : calibration.blackLevel() + counts * (p + reference * reference);
    double swing = counts * Math.sqrt(p) * (coherent ? 1 : 2 * visibility * reference);
    for (int quadrature = 0; quadrature < 2; quadrature++) {
      double part = swing * (quadrature == 0 ? Math.cos(angle) : Math.sin(angle));
      double error = 0;
      for (int step = 0; step < steps; step++) {
        int sign = 1 - 2 * step;
        rounding.of(light + sign * part);
        error += sign * rounding.fixed();
        random += rounding.random();
      }
      fixed += error * error;
    }
    terms.converter += factor * (alike * fixed + random / options.repeats()) / (2 * steps);
  }

  /** Of the light's relative noise, RIN/2t in each read, and of the reference's phase. */
  private double sourceVariance(double p, double t) {
    double intensity = rin / (2 * t);
    double r2 = reference * reference;
    return coherent
        ? (intensity + phaseVariance) * p
        : intensity * (Math.pow((p + r2) / (2 * visibility * reference), 2) + p / 2)
            + phaseVariance * p / 2;
  }

  /** What a pixel that even the first exposure clips is off by, squared. */
  private double clippingError(double p, double angle, double counts, double full) {
    double most = full / counts;
    double light = coherent ? 0 : p + reference * reference;
    double swing = coherent ? 1 : 2 * visibility * reference;
    double sum = 0;
    for (int quadrature = 0; quadrature < 2; quadrature++) {
      double part = Math.sqrt(p) * (quadrature == 0 ? Math.cos(angle) : Math.sin(angle));
      double difference = clip(light + swing * part, most) - clip(light - swing * part, most);
      double error = difference / (2 * swing) - part;
      sum += error * error;
    }
    return sum;
  }

  private static double clip(double value, double most) {
    return Math.max(-most, Math.min(value, most));
  }
}
