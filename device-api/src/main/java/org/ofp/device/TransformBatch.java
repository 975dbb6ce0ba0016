// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Many transforms of one shape in place, with buffers that are made once: write fields into {@link
 * #fields()}, name their frames by {@link #identify}, call {@link #forward} or {@link #inverse},
 * read the results from {@link #fields()}.
 *
 * <p>A field's way there and back, in the order of the files:
 *
 * <pre>
 *   ComposedTransforms    only where the device does not take the shape: cut into small frames,
 *                         with twiddle factors between the stages
 *   ShownTransforms       the job of frames that show fields
 *     FrameEncoding       mean taken out, known shading divided out, scaled to |a| ≤ 1
 *     DoublePhase         only for phase-only devices: two frames for one
 *     BitSlices           only with several slices: what the modulator's levels leave over
 *     (the device)
 *     ExposureMerge       only with several frames or exposures: the pixels' weighted means
 *     FieldReconstruction counts → field, DC at [0,0]
 * </pre>
 *
 * <p>Made by {@link FourierTransformer#batch}. Not thread-safe; uses the common fork-join pool (or
 * the pool it is called from) for encoding and reconstruction. Results do not depend on how frames
 * are spread over batches or threads.
 */
@Stable(since = "0.1")
public final class TransformBatch {
  private final FrameShape shape;
  private final int capacity;
  private final int framesPerTransform;
  private final float[] fields;
  private final FieldLayout interleaved;
  private final TransformPath path;
  private float[] planes;
  private FieldLayout planar;

  TransformBatch(
      OpticalFourierDevice device,
      TransformOptions options,
      FrameShape shape,
      int capacity,
      int framesPerTransform) {
    this.shape = shape;
    this.capacity = capacity;
    this.framesPerTransform = framesPerTransform;
    Composition composition = Composition.of(shape, device.description().capabilities());
    boolean shown = composition.stages().size() == 1;
    long values = 2L * shape.pixels();
    long largest =
        shown ? Math.max(values, ShownTransforms.countsPerField(device, options, shape)) : values;
    if (capacity < 1 || capacity * largest > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a batch of "
              + capacity
              + " fields of "
              + shape
              + " is not possible; it needs at least one field and room for fewer than 2^31 counts");
    }
    fields = new float[(int) (capacity * values)];
    interleaved = FieldLayout.interleaved(fields, shape.pixels());
    path =
        shown
            ? new ShownTransforms(device, options, shape, capacity, fields)
            : new ComposedTransforms(device, options, composition, capacity, fields);
  }

  /** The fields, {@code [capacity, rows, cols, 2]}; overwritten by the transforms. */
  public float[] fields() {
    return fields;
  }

  /** Index in {@link #fields()} of the first value of field {@code i}. */
  public int offset(int i) {
    return 2 * shape.pixels() * i;
  }

  public FrameShape shape() {
    return shape;
  }

  public int capacity() {
    return capacity;
  }

  /**
   * Sets the caller's id and repeat of field {@code i}; they key the noise. All frames of a field
   * carry its id; a field that takes F frames numbers them by the repeats {@code repeat·F …
   * repeat·F + F − 1}, so that each has noise of its own.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if these numbers leave the
   *     range of an {@code int}
   */
  public void identify(int i, long id, int repeat) {
    long first = (long) repeat * framesPerTransform;
    if (first < Integer.MIN_VALUE || first + framesPerTransform - 1 > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "repeat "
              + repeat
              + " of a transform that takes "
              + framesPerTransform
              + " frames cannot be numbered; repeats go up to "
              + (Integer.MAX_VALUE / framesPerTransform - 1));
    }
    path.identify(i, id, repeat);
  }

  /**
   * Counts that clipped and are part of the results since this was last asked. With several
   * exposures those that a longer exposure lost and a shorter one has do not count.
   */
  public long takeClipped() {
    return path.takeClipped();
  }

  /**
   * What was shown and read since this was last asked. The counts that clipped are those of {@link
   * #takeClipped}, which is counted for itself.
   */
  public TransformStatistics takeStatistics() {
    return path.takeStatistics();
  }

  /**
   * Replaces the first {@code n} fields by their unitary DFTs, index origin [0,0].
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} for NaN or infinite values
   */
  public void forward(int n) {
    transform(n, false, interleaved);
  }

  /** Replaces the first {@code n} fields by their unitary inverse DFTs. */
  public void inverse(int n) {
    transform(n, true, interleaved);
  }

  /**
   * Results with real and imaginary parts apart, {@code [capacity, 2, rows, cols]}: written by
   * {@link #forwardToPlanes} and {@link #inverseToPlanes}, for callers to whom the parts mean
   * different things. What a field holds after these is not defined.
   */
  public float[] planes() {
    if (planes == null) {
      planes = new float[fields.length];
      planar = FieldLayout.planar(planes, shape.pixels());
    }
    return planes;
  }

  /** Index in {@link #planes()} of the first real part of field {@code i}. */
  public int planeOffset(int i) {
    return 2 * shape.pixels() * i;
  }

  /** Writes the unitary DFTs of the first {@code n} fields to {@link #planes()}. */
  public void forwardToPlanes(int n) {
    planes();
    transform(n, false, planar);
  }

  /** Writes the unitary inverse DFTs of the first {@code n} fields to {@link #planes()}. */
  public void inverseToPlanes(int n) {
    planes();
    transform(n, true, planar);
  }

  private void transform(int n, boolean inverse, FieldLayout results) {
    if (n < 0 || n > capacity) {
      throw tooMany(n, capacity);
    }
    if (n > 0) {
      path.transform(n, inverse, results);
    }
  }

  static DeviceException tooMany(int n, int capacity) {
    return new DeviceException(
        ErrorCode.INVALID_ARGUMENT,
        n + " fields do not fit this batch, which holds up to " + capacity);
  }
}
