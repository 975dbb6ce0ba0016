// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.lang.ref.Reference;
import java.util.Optional;

/**
 * Many transforms of one shape in place, as by {@link TransformBatch}, of fields that lie in the
 * device's memory and stay there: the same frames, counts, statistics and results.
 *
 * <p>Only the plainest way is offered, a field shown by one frame at one exposure. What is composed
 * of smaller transforms, shown by two phases, in slices, repeatedly or at several exposures goes by
 * {@link TransformBatch}. Not thread-safe; to be closed.
 */
@Experimental(since = "0.1")
public final class DeviceTransforms implements AutoCloseable {
  /** Kept reachable, lest it is taken for lost and closed. */
  private final OpticalFourierDevice device;

  private final DeviceMemory memory;
  private final DeviceFrames frames;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final TransformOptions options;
  private final FieldCoding coding;
  private final double sensitivity;
  private final long[] ids;
  private final int[] repeats;
  private final double[] facts;
  private final double[] meterExposures;
  private final double[] exposures;
  private final int[] saturated;
  private final double[] numbers;
  private final StatisticsCounter statistics = new StatisticsCounter();
  private long clipped;

  private DeviceTransforms(
      OpticalFourierDevice device,
      DeviceMemory memory,
      DeviceDescription description,
      TransformOptions options,
      FieldCoding coding) {
    this.device = device;
    this.memory = memory;
    this.options = options;
    this.coding = coding;
    capabilities = description.capabilities();
    calibration = description.calibration();
    sensitivity = FieldReconstruction.sensitivity(capabilities.readout(), calibration);
    frames = memory.frames(coding);
    int n = frames.capacity();
    ids = new long[n];
    repeats = new int[n];
    facts = new double[DeviceFrames.FACTS * n];
    meterExposures = new double[n];
    exposures = new double[n * coding.readouts().size()];
    saturated = new int[exposures.length];
    numbers = new double[DeviceFrames.NUMBERS * n];
  }

  /**
   * Room for transforms of one shape, of as many fields as the device likes to work on at a time.
   *
   * @return empty if the device has no {@link DeviceMemory}, or shows such fields by more than a
   *     frame and an exposure
   * @throws DeviceException with {@link ErrorCode#OUT_OF_MEMORY}
   */
  public static Optional<DeviceTransforms> of(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    DeviceDescription description = device.description();
    Capabilities capabilities = description.capabilities();
    if (!capabilities.accepts(shape)
        || capabilities.readout() == ReadoutMode.INTENSITY
        || options.frames(capabilities) != 1
        || options.exposures() != 1) {
      return Optional.empty();
    }
    return device
        .extension(DeviceMemory.class)
        .map(
            memory ->
                new DeviceTransforms(
                    device,
                    memory,
                    description,
                    options,
                    new FieldCoding(
                        shape,
                        ShownTransforms.holdsMean(description, options),
                        capabilities.readout(),
                        ShownTransforms.readouts(capabilities, options),
                        ShownTransforms.control(description.calibration(), options),
                        description.calibration().shading())));
  }

  /** Where the fields lie. */
  public DeviceMemory memory() {
    return memory;
  }

  /** Most fields at a time. */
  public int capacity() {
    return frames.capacity();
  }

  /** The fields, {@code [capacity, rows, cols, 2]}; overwritten by the transforms. */
  public DeviceBuffer fields() {
    return frames.fields();
  }

  /** Sets the caller's id and repeat of field {@code i}; they key the noise. */
  public void identify(int i, long id, int repeat) {
    ids[i] = id;
    repeats[i] = repeat;
  }

  /**
   * Replaces the first {@code n} fields by their unitary DFTs, index origin [0,0].
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} for NaN or infinite values
   */
  public void forward(int n) {
    transform(n, false);
  }

  /** Replaces the first {@code n} fields by their unitary inverse DFTs. */
  public void inverse(int n) {
    transform(n, true);
  }

  /** Counts that clipped since this was last asked. */
  public long takeClipped() {
    long taken = clipped;
    clipped = 0;
    return taken;
  }

  /** What was shown and read since this was last asked. */
  public TransformStatistics takeStatistics() {
    return statistics.take();
  }

  private void transform(int n, boolean inverse) {
    if (n < 0 || n > capacity()) {
      throw TransformBatch.tooMany(n, capacity());
    }
    if (n == 0) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw DriverErrors.interrupted();
    }
    frames.encode(n, inverse, facts);
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(fact(i, FrameEncoding.SCALE))) {
        throw ShownTransforms.notFinite(ids[i]);
      }
      meterExposures[i] =
          AutoExposure.firstExposure(
              fact(i, FrameEncoding.NORM), options.exposureTarget(), capabilities, calibration);
    }
    frames.show(n, ids, repeats, meterExposures, exposures, saturated);
    for (int i = 0; i < n; i++) {
      setNumbers(i, inverse);
      count(i);
    }
    frames.reconstruct(n, inverse, numbers);
  }

  private double fact(int i, int which) {
    return facts[FrameEncoding.FACTS * i + which];
  }

  private double exposure(int i) {
    return exposures[coding.readouts().size() * i];
  }

  /** See {@link FieldReconstruction#reconstruct}. */
  private void setNumbers(int i, boolean inverse) {
    double scale = fact(i, FrameEncoding.SCALE);
    int at = DeviceFrames.NUMBERS * i;
    numbers[at + DeviceFrames.FACTOR] =
        scale == 0 ? 0 : FieldReconstruction.factor(1 / (sensitivity * exposure(i)), scale);
    numbers[at + DeviceFrames.REST] = FieldReconstruction.rest(scale);
    int pixels = coding.shape().pixels();
    double heldRe = fact(i, FrameEncoding.HELD_RE);
    double heldIm = fact(i, FrameEncoding.HELD_IM);
    numbers[at + DeviceFrames.ADDED_RE] = FieldReconstruction.added(heldRe, pixels, inverse);
    numbers[at + DeviceFrames.ADDED_IM] =
        FieldReconstruction.added(inverse ? -heldIm : heldIm, pixels, inverse);
  }

  private void count(int i) {
    int readouts = coding.readouts().size();
    for (int r = readouts * i; r < readouts * (i + 1); r++) {
      clipped += saturated[r];
      statistics.countClipped(saturated[r]);
    }
    double scale = fact(i, FrameEncoding.SCALE);
    if (scale == 0) {
      statistics.countDark();
      return;
    }
    double rms = fact(i, FrameEncoding.NORM) / Math.sqrt(coding.shape().pixels());
    double largest =
        AutoExposure.brightest(exposure(i), coding.exposureControl(), capabilities, calibration);
    statistics.count(scale, rms, Math.max(largest / rms, 1));
  }

  @Override
  public void close() {
    try {
      frames.close();
    } finally {
      Reference.reachabilityFence(device);
    }
  }
}
