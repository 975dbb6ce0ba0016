// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many transforms of one shape in place, with buffers that are made once: write fields into {@link
 * #fields()}, name their frames by {@link #identify}, call {@link #forward} or {@link #inverse},
 * read the results from {@link #fields()}.
 *
 * <p>Made by {@link FourierTransformer#batch}. Not thread-safe; uses the common fork-join pool (or
 * the pool it is called from) for encoding and reconstruction. Results do not depend on how frames
 * are spread over batches or threads.
 */
@Stable(since = "0.1")
public final class TransformBatch {
  private final OpticalFourierDevice device;
  private final TransformOptions options;
  private final FrameShape shape;
  private final int capacity;
  private final FieldReconstruction reconstruction;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final FrameSequence sequence;
  private final float[] fields;
  private final double[] facts;
  private final AtomicInteger firstBad = new AtomicInteger();
  private long clipped;

  TransformBatch(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape, int capacity) {
    this.device = device;
    this.options = options;
    this.shape = shape;
    this.capacity = capacity;
    DeviceDescription description = device.description();
    capabilities = description.capabilities();
    calibration = description.calibration();
    FrameChecks.requireShape(shape, capabilities);
    FourierTransformer.requireComplexFields(description);
    boolean fourStep = capabilities.readout() == ReadoutMode.FOUR_STEP;
    long room = (fourStep ? 4L : 2L) * capacity * shape.pixels();
    if (capacity < 1 || room > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a batch of "
              + capacity
              + " frames of "
              + shape
              + " is not possible; it needs at least one frame and room for fewer than 2^31 counts");
    }
    reconstruction = new FieldReconstruction(shape, capabilities.readout(), calibration);
    int values = 2 * shape.pixels() * capacity;
    fields = new float[values];
    facts = new double[FrameEncoding.FACTS * capacity];
    boolean metered = calibration.fullScale() < Double.POSITIVE_INFINITY;
    sequence =
        new FrameSequence(
            shape,
            capacity,
            FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure()),
            capabilities.readout().planes(),
            metered ? ExposureControl.auto(options.exposureTarget()) : ExposureControl.fixed(),
            // A device that likes heap buffers gets the fields themselves, encoded in place.
            capabilities.preferredBuffers() == BufferKind.HEAP
                ? FloatBuffer.wrap(fields)
                : BufferKind.DIRECT.allocate(values),
            capabilities.preferredBuffers().allocate((int) room));
  }

  /** The fields, {@code [capacity, rows, cols, 2]}; overwritten by the transforms. */
  public float[] fields() {
    return fields;
  }

  /** Index in {@link #fields()} of the first value of frame {@code i}. */
  public int offset(int i) {
    return 2 * shape.pixels() * i;
  }

  public FrameShape shape() {
    return shape;
  }

  public int capacity() {
    return capacity;
  }

  /** Sets the caller's id and repeat of frame {@code i}; they key the noise. */
  public void identify(int i, long id, int repeat) {
    sequence.identify(i, id, repeat);
  }

  /** Counts that clipped since this was last asked. */
  public long takeClipped() {
    long taken = clipped;
    clipped = 0;
    return taken;
  }

  /**
   * Replaces the first {@code n} fields by their unitary DFTs, index origin [0,0].
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} for NaN or infinite values
   */
  public void forward(int n) {
    run(n, false);
  }

  /** Replaces the first {@code n} fields by their unitary inverse DFTs. */
  public void inverse(int n) {
    run(n, true);
  }

  private void run(int n, boolean inverse) {
    if (n == 0) {
      return;
    }
    sequence.size(n);
    firstBad.set(Integer.MAX_VALUE);
    forEachFrame(n, i -> encode(i, inverse));
    if (firstBad.get() != Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_FRAME,
          "frame "
              + sequence.id(firstBad.get())
              + " holds NaN or infinite values and cannot be shown; check what was computed before");
    }
    device.submit(sequence, JobOptions.defaults()).await();
    forEachFrame(n, i -> reconstruct(i, inverse));
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < sequence.readouts().size(); r++) {
        clipped += sequence.saturated(i, r);
      }
    }
  }

  private void encode(int i, boolean inverse) {
    int fact = FrameEncoding.FACTS * i;
    if (!FrameEncoding.encode(
        fields, offset(i), shape.pixels(), inverse, options.digitalMean(), facts, fact)) {
      firstBad.accumulateAndGet(i, Math::min);
      return;
    }
    if (!sequence.amplitudes().hasArray()) {
      sequence.amplitudes().put(offset(i), fields, offset(i), 2 * shape.pixels());
    }
    sequence.meterExposure(
        i,
        AutoExposure.firstExposure(
            facts[fact + FrameEncoding.NORM], options.exposureTarget(), capabilities, calibration));
  }

  private void reconstruct(int i, boolean inverse) {
    reconstruction.reconstruct(
        sequence.counts(),
        sequence.countOffset(i, 0),
        sequence.exposure(i),
        facts,
        FrameEncoding.FACTS * i,
        inverse,
        fields,
        offset(i));
  }

  /** Small frames go to the threads in runs, so that handing out work costs little. */
  private void forEachFrame(int n, FrameTask task) {
    int run = Math.max(1, 16384 / shape.pixels());
    IntStream.range(0, (n + run - 1) / run)
        .parallel()
        .forEach(
            block -> {
              for (int i = block * run; i < Math.min(n, (block + 1) * run); i++) {
                task.run(i);
              }
            });
  }

  private interface FrameTask {
    void run(int frame);
  }
}
