// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * What a transform by light is expected to be off by, before any light is shown: the mean squared
 * error per complex sample over the mean power of the field, by cause. The field is what light
 * transforms; with a digital mean the mean does not count.
 *
 * <p>It follows from what the device declares: capabilities, calibration with its {@link
 * DetectorNoise} and {@link Shading}, and the physical parameters {@code field-error}, {@code
 * sensor.prnu}, {@code slm.drive}, {@code slm.phase-range}, {@code sensor.shot-noise}, {@code
 * sensor.gain}, {@code reference.amplitude}, {@code reference.visibility} (these four for coherent
 * readouts), {@code sensor.dark-current} and its temperatures, {@code source.rin}, {@code
 * reference.phase-noise}, {@code beam.pointing}, {@code pitch}, {@code wavelength}. What is not
 * declared does not count. The formulas are in docs/PHYSICS.md, <i>Accuracy foretold</i>. Rounding
 * of floats, at about −130 dB, is left out.
 *
 * @param amplitude of the modulator's amplitude levels, or those of its quadratures
 * @param phase of the modulator's phase levels
 * @param shot shot noise of field and reference
 * @param read read noise
 * @param converter rounding by the converter; below 0 where it swallows other noise
 * @param dark shot noise of the dark current
 * @param source noise of the source's power and direction, and of the reference's phase
 * @param clipping of pixels too bright for the shortest exposure
 * @param optics errors of optics and sensor that stay
 * @param exposure seconds of the first readout
 */
@Experimental(since = "0.1")
public record TransformNoise(
    double amplitude,
    double phase,
    double shot,
    double read,
    double converter,
    double dark,
    double source,
    double clipping,
    double optics,
    double exposure) {

  /** The simulators declare field errors of this many times what random frames show. */
  private static final double FIELD_ERROR_MARGIN = 1.5;

  /**
   * Predicts a transform or its inverse.
   *
   * @param description of the device
   * @param options of the transform
   * @param shape of the field; where the device composes its transform of smaller ones, the errors
   *     of the stages are added, and their fields taken to be random
   * @param frame what fields are like
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the device cannot transform
   *     complex fields with these options, {@link ErrorCode#INADMISSIBLE_FRAME} if not of this
   *     shape
   */
  public static TransformNoise predict(
      DeviceDescription description,
      TransformOptions options,
      FrameShape shape,
      FrameStatistics frame) {
    FourierTransformer.requireComplexFields(description);
    DisplayLevels.requireFor(options, description);
    Composition composition = Composition.of(shape, description.capabilities());
    if (composition.stages().size() == 1) {
      return shown(description, options, shape, frame);
    }
    TransformNoise sum = null;
    for (FrameShape small : composition.stages()) {
      TransformNoise stage = shown(description, options, small, FrameStatistics.random(small));
      sum = sum == null ? stage : sum.plus(stage);
    }
    return sum;
  }

  private static TransformNoise shown(
      DeviceDescription description,
      TransformOptions options,
      FrameShape shape,
      FrameStatistics frame) {
    Shading shading = description.calibration().shading();
    double shownToLight = ShadingWeights.display(shape, shading, -2);
    double lightToSeen = ShadingWeights.frequencies(shape, shading, -2);
    FrameStatistics known = frame.on(shading, shape);
    DisplayLevels levels = new DisplayLevels(description);
    ModulatorErrors errors = new ModulatorErrors(levels, known, shape.pixels(), options.slices());
    DetectionNoise detection = new DetectionNoise(description, options, shape);
    int phases = description.capabilities().complexEncoding().frames();
    NoiseTerms terms = new NoiseTerms();
    double exposure = 0;
    for (int s = 0; s < options.slices() && errors.spread(s).mean() > 0; s++) {
      double power = phases == 2 ? 1 : errors.spread(s).mean();
      double even = shownToLight * lightToSeen;
      double seen = power * (s == 0 ? known.seen() : even);
      PowerSpread spectrum =
          s == 0
              ? known.spectrum()
              : PowerSpread.ofMean(1 / FrameStatistics.largest(shape.pixels()));
      double quadrature = s == 0 ? known.quadrature() : AutoExposure.LARGER_QUADRATURE;
      if (phases == 2) {
        double fieldToSeen = s == 0 ? known.seen() / known.signal() : lightToSeen;
        double ofField = DoublePhase.FIELD_SHARE * shownToLight * fieldToSeen;
        seen = ofField + (1 - DoublePhase.FIELD_SHARE) * even;
        spectrum = spectrum.withEvenLight(1 - ofField / seen);
        quadrature = AutoExposure.LARGER_QUADRATURE;
      }
      if (s == 0) {
        exposure = detection.exposure(Math.sqrt(seen / spectrum.mean()), quadrature);
      }
      double factor = errors.scale(s) * errors.scale(s) / phases;
      detection.add(seen, spectrum, quadrature, factor, terms);
    }
    double signal = known.frame().mean() * known.signal();
    double perRead = ShadingWeights.frequencies(shape, shading, 2) / signal;
    double perShown = shownToLight / signal;
    return new TransformNoise(
        perShown * errors.amplitude(),
        perShown * errors.phase(),
        perRead * terms.shot,
        perRead * terms.read,
        perRead * terms.converter,
        perRead * terms.dark,
        perRead * terms.source,
        perRead * terms.clipping,
        fixedErrors(description, levels),
        exposure);
  }

  /**
   * Squared. A field error is declared of fields as they arrive, before known shading is divided
   * out and slices make up for a false range of the phase. Where there is any, most of the error is
   * that; of the rest the sensor's response is declared.
   */
  private static double fixedErrors(DeviceDescription description, DisplayLevels levels) {
    DeclaredParameters declared = new DeclaredParameters(description);
    boolean raw =
        description.calibration().shading().equals(Shading.none()) && !levels.falseRange();
    double error =
        raw
            ? declared.number("field-error", 0) / FIELD_ERROR_MARGIN
            : declared.number("sensor.prnu", 0);
    return error * error;
  }

  private TransformNoise plus(TransformNoise other) {
    return new TransformNoise(
        amplitude + other.amplitude,
        phase + other.phase,
        shot + other.shot,
        read + other.read,
        converter + other.converter,
        dark + other.dark,
        source + other.source,
        clipping + other.clipping,
        optics + other.optics,
        exposure);
  }

  /** Mean squared error over mean power, of all causes. */
  public double noiseToSignal() {
    return amplitude + phase + shot + read + converter + dark + source + clipping + optics;
  }

  /** Signal-to-noise ratio in decibels; infinite without noise. */
  public double snrDecibels() {
    return -10 * Math.log10(noiseToSignal());
  }
}
