// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ofp.device.AutoExposure;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.TransformOptions;

/**
 * What transforms take of a device, from what it declares.
 *
 * <p>Where counts can clip, exposures are metered frame by frame and depend on the data; metering
 * is taken to be one read more, without an exposure to speak of. Safe for use by several threads.
 */
final class EffortEstimate {
  /**
   * Largest |F| expected of a frame that is scaled to |a| ≤ 1. It would be about 1 for a field
   * spread at random: of n pixels the brightest has ln n times the mean power, before the lens and
   * behind it. Spectra of maps are less even, and have less light in total: over the layers of the
   * networks the exposures were what this value gives.
   */
  private static final double BRIGHTEST = 0.6;

  /** Euler's constant, by which the largest of n exponential values exceeds ln n in the mean. */
  private static final double GAMMA = 0.5772;

  private final Capabilities capabilities;
  private final Calibration calibration;
  private final FourierTransformer transformer;
  private final TransformOptions options;
  private final boolean metered;
  private final List<Readout> readouts;
  private final Map<FrameShape, Optional<TransformEffort>> known = new ConcurrentHashMap<>();

  EffortEstimate(
      DeviceDescription description, FourierTransformer transformer, TransformOptions options) {
    capabilities = description.capabilities();
    calibration = description.calibration();
    this.transformer = transformer;
    this.options = options;
    metered = calibration.fullScale() < Double.POSITIVE_INFINITY;
    double longest = Math.pow(options.exposureRatio(), options.exposures() - 1);
    double first = Math.min(capabilities.defaultExposure(), capabilities.maxExposure() / longest);
    readouts =
        IntStream.range(0, options.exposures())
            .mapToDouble(e -> first * Math.pow(options.exposureRatio(), e))
            .map(capabilities::clampExposure)
            .mapToObj(seconds -> FourierTransformer.readouts(capabilities.readout(), seconds))
            .flatMap(List::stream)
            .toList();
  }

  /** Of a transform of this shape; empty if the device cannot do it. */
  Optional<TransformEffort> of(FrameShape shape) {
    return known.computeIfAbsent(
        shape, s -> transformer.accepts(s) ? Optional.of(effort(s)) : Optional.empty());
  }

  private TransformEffort effort(FrameShape shape) {
    int frames = transformer.framesPerTransform(shape);
    FrameShape shown = shown(shape);
    int reads = readouts.size() + (metered ? 1 : 0);
    double exposed =
        readouts.stream()
            .mapToDouble(read -> metered ? exposure(read, shown) : read.exposure())
            .sum();
    return new TransformEffort(
        frames,
        (long) frames * shown.pixels(),
        reads,
        frames * capabilities.frameSeconds(reads, exposed / reads),
        frames * capabilities.frameJoules(shown, reads, exposed / reads));
  }

  /** What metering is expected to make of a read. */
  private double exposure(Readout readout, FrameShape shown) {
    boolean noiseless = capabilities.determinism() == Determinism.NOISELESS;
    double target = noiseless ? 1 : options.exposureTarget();
    boolean stepped = capabilities.readout() == ReadoutMode.FOUR_STEP;
    double largest = brightest(shown) + (stepped ? calibration.referenceAmplitude() : 0);
    return AutoExposure.of(
        readout,
        readouts.get(0),
        AutoExposure.firstExposure(largest, target, capabilities, calibration),
        ExposureControl.auto(target),
        capabilities,
        calibration);
  }

  /** Frames of phases have the light of |a| = 1 in every pixel, and much of it is spread. */
  private double brightest(FrameShape shown) {
    return capabilities.complexEncoding() == ComplexEncoding.DOUBLE_PHASE
        ? Math.sqrt(Math.log(shown.pixels()) + GAMMA)
        : BRIGHTEST;
  }

  /** The frames that a transform is composed of, or their mean where they are of several shapes. */
  private FrameShape shown(FrameShape shape) {
    if (capabilities.accepts(shape)) {
      return shape;
    }
    FrameShape max = capabilities.maxFrame();
    if (!capabilities.windows()) {
      return max;
    }
    int stages = Math.max(stages(shape.rows(), max.rows()), stages(shape.cols(), max.cols()));
    return new FrameShape(root(shape.rows(), stages), root(shape.cols(), stages));
  }

  /** Fewest factors of at most {@code max} that can make up {@code n}. */
  private static int stages(int n, int max) {
    int stages = 1;
    for (long reach = max; reach < n && max > 1; reach *= max) {
      stages++;
    }
    return stages;
  }

  private static int root(int n, int stages) {
    return (int) Math.ceil(Math.pow(n, 1.0 / stages) - 1e-9);
  }
}
