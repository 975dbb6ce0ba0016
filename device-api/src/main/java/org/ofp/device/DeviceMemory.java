// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * An {@linkplain OpticalFourierDevice#extension extension} of devices whose frames lie in a memory
 * of their own, such as a GPU's: buffers in it, and the work between transforms that keeps the data
 * there. A device has one, the same while it is open. Who takes frames by the hand of {@link
 * OpticalFourierDevice#submit} alone, as decorators do, does not pass the extension on.
 *
 * <p>What is offered is the seven steps of a convolution one by one, as data-described operations
 * on buffers, and not the convolution as a whole: so layers, weights, the order of passes, frame
 * ids and limits of memory stay with the caller, a device has no loop to get wrong, and what a step
 * does can be told by one formula and tested by itself. Fields are transformed in place by {@link
 * DeviceTransforms}.
 *
 * <p>Safe for use by several threads. Work is done in the order in which it is asked for; methods
 * may return before it is done, and its errors may come with a later call, at the latest with the
 * next {@link DeviceBuffer#read}. All throw {@link DeviceException}: with {@link
 * ErrorCode#INVALID_ARGUMENT} if buffers are too small, belong to another memory or were closed,
 * with {@link ErrorCode#CLOSED} once the device was closed.
 */
@Experimental(since = "0.1")
public interface DeviceMemory {
  /**
   * Takes memory, whose contents are undefined.
   *
   * @param purpose what it is for, in a few words for the error message
   * @param floats at least 1
   * @throws DeviceException with {@link ErrorCode#OUT_OF_MEMORY}, needed and free bytes in its
   *     message
   */
  DeviceBuffer allocate(String purpose, long floats);

  /** Room for fields to be transformed, for the caller until it is closed. */
  DeviceFrames frames(FieldCoding coding);

  /**
   * Maps → fields: cuts tiles. What lies beyond a map is zero.
   *
   * @param maps {@code [images, channels, rows, cols]}
   * @param first number of the first field
   * @param n how many fields, at least 1
   * @param fields receives {@code [n, frame rows, frame cols, 2]}
   */
  void cut(FieldTiles tiles, DeviceBuffer maps, long first, int n, DeviceBuffer fields);

  /**
   * Spectra of fields → twice the spectra of their planes: {@code Z(k) + Z*(−k)} and {@code [Z(k) −
   * Z*(−k)]/i}.
   *
   * @param fields {@code [n, frame rows, frame cols, 2]}
   * @param first number of the first field, {@code [tile][pair]} from the first tile of the spectra
   *     on
   * @param spectra the columns of these tiles and planes are written
   */
  void separate(SpectraLayout layout, DeviceBuffer fields, long first, int n, DeviceBuffer spectra);

  /**
   * Complex matrix products {@code y[i] = a[i]·x[i]}, interleaved and row by row. A column of a
   * result depends on the same column of x and on a alone.
   *
   * @param matrices how many
   * @param m rows of a and y
   * @param k columns of a, rows of x
   * @param n columns of x and y
   * @param a {@code [matrices][m][k]} from float {@code aAt}
   * @param x {@code [matrices][k][n]} from float {@code xAt}
   * @param y receives {@code [matrices][m][n]} from float {@code yAt}
   */
  void multiply(
      int matrices,
      int m,
      int k,
      int n,
      DeviceBuffer a,
      long aAt,
      DeviceBuffer x,
      long xAt,
      DeviceBuffer y,
      long yAt);

  /**
   * Spectra of fields → spectra of the fields of a depthwise layer: {@code Σ A·Z(k) + B·Z*(−k)}
   * over the fields that belong to one, in their order.
   *
   * @param factors {@code [pairs][A, B][re, im][frame rows, frame cols]}
   * @param fields {@code [n, frame rows, frame cols, 2]}, all that some results need
   * @param first number of the first result, {@code [tile][result]}
   * @param n how many results, at least 1
   * @param results receives {@code [n, frame rows, frame cols, 2]}; not the fields
   */
  void combine(
      FieldProducts products,
      DeviceBuffer factors,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer results);

  /**
   * Spectra of planes → spectra of fields: {@code Z(k) = X₁(k) + i·X₂(k)}, and {@code X₁*(−k) +
   * i·X₂*(−k)} at the frequencies that are not kept. The counterpart of {@link #separate}.
   */
  void join(SpectraLayout layout, DeviceBuffer spectra, long first, int n, DeviceBuffer fields);

  /**
   * Fields → maps: of every tile the first {@code advance} samples of each direction go to their
   * places in the maps, those that have one, with the channel's bias added. The counterpart of
   * {@link #cut}.
   *
   * @param fields {@code [n, frame rows, frame cols, 2]}
   * @param bias a value per channel, or null
   * @param maps {@code [images, channels, rows, cols]}
   */
  void paste(
      FieldTiles tiles,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer bias,
      DeviceBuffer maps);
}
