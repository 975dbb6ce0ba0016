// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Transforms of fields that the device shows as they are: one frame for a field, or two where
 * complex values are shown as two phases. Encode, submit, reconstruct.
 *
 * <p>The frames of a field lie side by side in the job. Field and frames carry the same id, and
 * consecutive repeats.
 */
final class ShownTransforms implements TransformPath {
  private final OpticalFourierDevice device;
  private final TransformOptions options;
  private final FrameShape shape;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final float[] fields;

  /** Frames for a field. */
  private final int frames;

  private final FrameEncoding encoding;
  private final FieldReconstruction reconstruction;
  private final FrameSequence sequence;
  private final double[] facts;
  private final AtomicInteger firstBad = new AtomicInteger();
  private long clipped;

  /**
   * @param fields {@code [capacity, rows, cols, 2]}, in and out
   */
  ShownTransforms(
      OpticalFourierDevice device,
      TransformOptions options,
      FrameShape shape,
      int capacity,
      float[] fields) {
    this.device = device;
    this.options = options;
    this.shape = shape;
    this.fields = fields;
    DeviceDescription description = device.description();
    capabilities = description.capabilities();
    calibration = description.calibration();
    frames = capabilities.complexEncoding().frames();
    // What neither has steps nor noise nor an end loses nothing to the mean beside the rest.
    boolean exact =
        capabilities.amplitudeBits() == 0
            && capabilities.phaseBits() == 0
            && capabilities.adcBits() == 0
            && calibration.fullScale() == Double.POSITIVE_INFINITY
            && calibration.noise().equals(DetectorNoise.unknown());
    encoding = new FrameEncoding(shape, calibration.shading(), options.digitalMean() && !exact);
    reconstruction =
        new FieldReconstruction(shape, capabilities.readout(), calibration, options.exposures());
    facts = new double[FrameEncoding.FACTS * capacity];
    boolean metered = calibration.fullScale() < Double.POSITIVE_INFINITY;
    // A device that likes heap buffers gets the fields themselves, encoded in place.
    boolean inPlace =
        capabilities.complexEncoding() == ComplexEncoding.DIRECT
            && capabilities.preferredBuffers() == BufferKind.HEAP;
    sequence =
        new FrameSequence(
            shape,
            capacity * frames,
            readouts(capabilities, options),
            capabilities.readout().planes(),
            metered ? ExposureControl.auto(options.exposureTarget()) : ExposureControl.fixed(),
            inPlace
                ? FloatBuffer.wrap(fields)
                : capabilities.preferredBuffers().allocate(2 * shape.pixels() * capacity * frames),
            capabilities
                .preferredBuffers()
                .allocate((int) (countsPerField(device, options, shape) * capacity)));
  }

  /** Detector counts of all frames, exposures and steps of a field. */
  static long countsPerField(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    Capabilities capabilities = device.description().capabilities();
    return (long) capabilities.complexEncoding().frames()
        * readouts(capabilities, options).size()
        * capabilities.readout().planes()
        * shape.pixels();
  }

  /** The steps of the first exposure, then those of the next. */
  private static List<Readout> readouts(Capabilities capabilities, TransformOptions options) {
    double longest = Math.pow(options.exposureRatio(), options.exposures() - 1);
    double first = Math.min(capabilities.defaultExposure(), capabilities.maxExposure() / longest);
    return IntStream.range(0, options.exposures())
        .mapToDouble(e -> first * Math.pow(options.exposureRatio(), e))
        .mapToObj(capabilities::clampExposure)
        .flatMap(t -> FourierTransformer.readouts(capabilities.readout(), t).stream())
        .toList();
  }

  @Override
  public void identify(int i, long id, int repeat) {
    for (int f = 0; f < frames; f++) {
      sequence.identify(frames * i + f, id, frames * repeat + f);
    }
  }

  @Override
  public void transform(int n, boolean inverse, FieldLayout results) {
    sequence.size(n * frames);
    firstBad.set(Integer.MAX_VALUE);
    FrameLoop.run(n, shape.pixels(), i -> encode(i, inverse));
    if (firstBad.get() != Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_FRAME,
          "frame "
              + sequence.id(frames * firstBad.get())
              + " holds NaN or infinite values and cannot be shown; check what was computed before");
    }
    device.submit(sequence, JobOptions.defaults()).await();
    FrameLoop.run(n, shape.pixels(), i -> reconstruct(i, inverse, results));
    countClipped(n);
  }

  private void encode(int i, boolean inverse) {
    int fact = FrameEncoding.FACTS * i;
    int offset = 2 * shape.pixels() * i;
    if (!encoding.encode(fields, offset, inverse, facts, fact)) {
      firstBad.accumulateAndGet(i, Math::min);
      return;
    }
    FloatBuffer amplitudes = sequence.amplitudes();
    double norm = facts[fact + FrameEncoding.NORM];
    if (capabilities.complexEncoding() == ComplexEncoding.DOUBLE_PHASE) {
      int first = sequence.amplitudeOffset(frames * i);
      DoublePhase.split(fields, offset, shape.pixels(), amplitudes, first);
      norm = Math.sqrt(shape.pixels());
    } else if (!amplitudes.hasArray()) {
      amplitudes.put(offset, fields, offset, 2 * shape.pixels());
    }
    double meter =
        AutoExposure.firstExposure(norm, options.exposureTarget(), capabilities, calibration);
    for (int f = 0; f < frames; f++) {
      sequence.meterExposure(frames * i + f, meter);
    }
  }

  private void reconstruct(int i, boolean inverse, FieldLayout results) {
    reconstruction.reconstruct(
        sequence, frames * i, frames, facts, FrameEncoding.FACTS * i, inverse, i, results);
  }

  /** What the first exposure, the shortest, has lost is lost; the others only add to it. */
  private void countClipped(int n) {
    int steps = sequence.readouts().size() / options.exposures();
    for (int i = 0; i < n * frames; i++) {
      for (int r = 0; r < steps; r++) {
        clipped += sequence.saturated(i, r);
      }
    }
  }

  @Override
  public long takeClipped() {
    long taken = clipped;
    clipped = 0;
    return taken;
  }
}
