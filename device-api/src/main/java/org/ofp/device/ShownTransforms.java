// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Transforms of fields that the device shows as they are: one frame for a field, or two where
 * complex values are shown as two phases, and as many times as there are slices and repeats.
 * Encode, submit, reconstruct.
 *
 * <p>The frames of a field lie side by side in the job: slice by slice, repeat by repeat, phase by
 * phase. Field and frames carry the same id, and consecutive repeats.
 */
final class ShownTransforms implements TransformPath {
  private final OpticalFourierDevice device;
  private final TransformOptions options;
  private final FrameShape shape;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final float[] fields;

  /** Frames that a field is encoded as: 1, or 2 phases. */
  private final int phases;

  /** Frames for a slice: its phases, as often as they are repeated. */
  private final int perSlice;

  /** Frames for a field. */
  private final int frames;

  private final FrameEncoding encoding;
  private final BitSlices slices;
  private final FieldReconstruction reconstruction;
  private final FrameSequence sequence;
  private final double[] facts;
  private final AtomicInteger firstBad = new AtomicInteger();
  private final StatisticsCounter statistics = new StatisticsCounter();
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
    phases = capabilities.complexEncoding().frames();
    perSlice = phases * options.repeats();
    frames = perSlice * options.slices();
    slices = new BitSlices(shape, new DisplayLevels(description));
    encoding = new FrameEncoding(shape, calibration.shading(), holdsMean(description, options));
    reconstruction =
        new FieldReconstruction(shape, capabilities.readout(), calibration, options.exposures());
    facts = new double[FrameEncoding.FACTS * options.slices() * capacity];
    // A device that likes heap buffers gets the fields themselves, encoded in place.
    boolean inPlace = frames == 1 && capabilities.preferredBuffers() == BufferKind.HEAP;
    sequence =
        new FrameSequence(
            shape,
            capacity * frames,
            readouts(capabilities, options),
            capabilities.readout().planes(),
            control(calibration, options),
            inPlace
                ? FloatBuffer.wrap(fields)
                : capabilities.preferredBuffers().allocate(2 * shape.pixels() * capacity * frames),
            capabilities
                .preferredBuffers()
                .allocate((int) (countsPerField(device, options, shape) * capacity)));
  }

  /** Whether the computer handles the mean of what is shown. */
  static boolean holdsMean(DeviceDescription description, TransformOptions options) {
    Capabilities capabilities = description.capabilities();
    Calibration calibration = description.calibration();
    // What neither has steps nor noise nor an end loses nothing to the mean beside the rest.
    boolean exact =
        capabilities.amplitudeBits() == 0
            && capabilities.phaseBits() == 0
            && capabilities.adcBits() == 0
            && calibration.fullScale() == Double.POSITIVE_INFINITY
            && calibration.noise().equals(DetectorNoise.unknown());
    return options.digitalMean() && !exact;
  }

  /** Detector counts of all frames, exposures and steps of a field. */
  static long countsPerField(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    Capabilities capabilities = device.description().capabilities();
    return (long) options.frames(capabilities)
        * readouts(capabilities, options).size()
        * capabilities.readout().planes()
        * shape.pixels();
  }

  /** Frames are metered where counts can clip. */
  static ExposureControl control(Calibration calibration, TransformOptions options) {
    return calibration.fullScale() < Double.POSITIVE_INFINITY
        ? ExposureControl.auto(options.exposureTarget())
        : ExposureControl.fixed();
  }

  /** The steps of the first exposure, then those of the next. */
  static List<Readout> readouts(Capabilities capabilities, TransformOptions options) {
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
      throw notFinite(sequence.id(frames * firstBad.get()));
    }
    device.submit(sequence, JobOptions.defaults()).await();
    FrameLoop.run(n, shape.pixels(), i -> reconstruct(i, inverse, results));
    count(n);
  }

  static DeviceException notFinite(long id) {
    return new DeviceException(
        ErrorCode.INADMISSIBLE_FRAME,
        "frame "
            + id
            + " holds NaN or infinite values and cannot be shown; check what was computed before");
  }

  private void encode(int i, boolean inverse) {
    int fact = facts(i);
    int offset = 2 * shape.pixels() * i;
    if (!encoding.encode(fields, offset, inverse, facts, fact)) {
      firstBad.accumulateAndGet(i, Math::min);
      return;
    }
    if (options.slices() > 1) {
      slices.reach(fields, offset, facts, fact);
    }
    for (int s = 0; s < options.slices(); s++) {
      show(offset, frames * i + s * perSlice, fact, s);
    }
  }

  /** Puts what is in the field's place into the frames of a slice. */
  private void show(int offset, int first, int fact, int s) {
    FloatBuffer amplitudes = sequence.amplitudes();
    int values = 2 * shape.pixels();
    int target = sequence.amplitudeOffset(first);
    double norm = facts[fact + FrameEncoding.FACTS * s + FrameEncoding.NORM];
    if (phases == 2) {
      DoublePhase.split(fields, offset, shape.pixels(), amplitudes, target);
      norm = Math.sqrt(shape.pixels());
    } else if (frames > 1 || !amplitudes.hasArray()) {
      amplitudes.put(target, fields, offset, values);
    }
    if (s + 1 < options.slices()) {
      int next = fact + FrameEncoding.FACTS * (s + 1);
      slices.advance(fields, offset, amplitudes, target, phases, facts, next);
    }
    double meter =
        AutoExposure.firstExposure(norm, options.exposureTarget(), capabilities, calibration);
    for (int f = 0; f < perSlice; f++) {
      if (f >= phases) {
        int from = target + f % phases * values;
        amplitudes.put(target + f * values, amplitudes, from, values);
      }
      sequence.meterExposure(first + f, meter);
    }
  }

  /** Index of the first fact of a field. */
  private int facts(int i) {
    return FrameEncoding.FACTS * options.slices() * i;
  }

  private void reconstruct(int i, boolean inverse, FieldLayout results) {
    reconstruction.reconstruct(
        sequence, frames * i, options.slices(), perSlice, facts, facts(i), inverse, i, results);
  }

  private void count(int n) {
    countClipped(n);
    for (int i = 0; i < n; i++) {
      double scale = facts[facts(i) + FrameEncoding.SCALE];
      if (scale == 0) {
        statistics.countDark();
      } else {
        double rms = facts[facts(i) + FrameEncoding.NORM] / Math.sqrt(shape.pixels());
        statistics.count(scale, rms, peak(sequence.exposure(frames * i, 0), rms));
      }
    }
  }

  /** Largest |F| of a field at the detector over the RMS of what is shown of it. */
  private double peak(double metered, double rms) {
    double largest =
        AutoExposure.brightest(metered, sequence.exposureControl(), capabilities, calibration);
    if (phases == 1) {
      return Math.max(largest / rms, 1);
    }
    // Phase frames have the light of 1 a pixel, which is not all the field's.
    double share = DoublePhase.FIELD_SHARE;
    return Math.sqrt(Math.max((largest * largest - (1 - share)) / share, 1));
  }

  /** What the first exposure, the shortest, has lost is lost; the others only add to it. */
  private void countClipped(int n) {
    int steps = sequence.readouts().size() / options.exposures();
    long found = 0;
    for (int i = 0; i < n * frames; i++) {
      for (int r = 0; r < steps; r++) {
        found += sequence.saturated(i, r);
      }
    }
    clipped += found;
    statistics.countClipped(found);
  }

  @Override
  public long takeClipped() {
    long taken = clipped;
    clipped = 0;
    return taken;
  }

  @Override
  public TransformStatistics takeStatistics() {
    return statistics.take();
  }
}
