// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Room for some fields in a device's memory, and the three steps that transform them where they
 * lie. {@link DeviceTransforms} calls them in this order and does in the computer what is between:
 * a few numbers a field. For one thread.
 *
 * <p>Every step is a function of one field alone: results do not depend on how fields are spread
 * over calls.
 */
@Experimental(since = "0.1")
public interface DeviceFrames extends AutoCloseable {
  /** Numbers of a field that {@link #encode} tells, at the following places. */
  int FACTS = 4;

  int HELD_RE = 0;
  int HELD_IM = 1;
  int SCALE = 2;
  int NORM = 3;

  /** Numbers of a field that {@link #reconstruct} needs, at the following places. */
  int NUMBERS = 4;

  int FACTOR = 0;
  int REST = 1;
  int ADDED_RE = 2;
  int ADDED_IM = 3;

  /** How many fields there is room for: as many as the device likes to work on at a time. */
  int capacity();

  /** The fields, {@code [capacity, rows, cols, 2]}, interleaved complex. */
  DeviceBuffer fields();

  /**
   * Turns the first {@code n} fields into frames, in place. Of a field z, with m its mean if {@link
   * FieldCoding#holdsMean} and 0 if not, and w the weights of {@link FieldCoding},
   *
   * <pre>
   *   forward  held = m            a = (z − m)·w / scale
   *   inverse  held = z*[0]        a = (z with 0 at [0])* · w / scale
   * </pre>
   *
   * <p>so that the largest |a| is 1 less a few roundings; on the way back nothing is held, and
   * nothing set to 0, unless the mean is. A field of which nothing is left has the scale 0.
   *
   * @param facts receives re and im of what was held, scale, and the L2 norm of a, for each field;
   *     a scale of NaN where values are NaN or infinite
   */
  void encode(int n, boolean inverse, double[] facts);

  /**
   * Shows the first {@code n} frames and reads their counts, as a {@link FrameSequence} with the
   * coding's readouts and exposure control. What the fields hold afterwards is not defined.
   *
   * @param ids the frames' ids
   * @param repeats their repeats
   * @param meterExposures seconds at which no pixel should clip
   * @param exposures receives {@code [n, readouts]}, seconds
   * @param saturated receives {@code [n, readouts]}, values that were clipped
   */
  void show(
      int n,
      long[] ids,
      int[] repeats,
      double[] meterExposures,
      double[] exposures,
      int[] saturated);

  /**
   * Turns the counts of the first {@code n} frames into fields. With I₀ … I₃ the four reads of a
   * square-law sensor, or {@code I₀ = I, I₁ = Q} and no others of a coherent one, at detector pixel
   * k + ⌊N/2⌋, and f the product of the pixel's row and column {@linkplain FieldCoding#rowFactors
   * factors},
   *
   * <pre>  F[k] = factor·rest·f·[(I₀ − I₂) + i·(I₁ − I₃)]      its conjugate on the way back </pre>
   *
   * <p>where a factor of 0 makes a field of zeros whatever the counts are. To that is added: {@code
   * added} to F[0] alone, or on the way back to every sample.
   *
   * @param numbers factor, rest, re and im of what is added, for each field; all but the second are
   *     floats
   */
  void reconstruct(int n, boolean inverse, double[] numbers);

  /** Gives the room back. Closing again does nothing. */
  @Override
  void close();
}
