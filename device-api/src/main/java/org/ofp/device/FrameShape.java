// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The size of a frame in pixels, the same on the SLM and on the detector.
 *
 * @param rows rows (y), 1 to 32768
 * @param cols columns (x), 1 to 32768
 */
@Stable(since = "0.1")
public record FrameShape(int rows, int cols) {
  /** Keeps {@code 2·rows·cols} within an {@code int}. */
  static final int MAX = 32768;

  public FrameShape {
    if (rows < 1 || cols < 1 || rows > MAX || cols > MAX || (long) rows * cols > 1L << 29) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a frame of "
              + rows
              + "×"
              + cols
              + " pixels is not possible; rows and columns go from 1 to "
              + MAX
              + " and their product to 2^29");
    }
  }

  /** Pixels in a frame. */
  public int pixels() {
    return rows * cols;
  }

  /** Whether a frame of this shape has room within {@code other}. */
  public boolean fitsIn(FrameShape other) {
    return rows <= other.rows && cols <= other.cols;
  }

  /** Row of the optical axis, and of the zero order in a raw detector frame: ⌊rows/2⌋. */
  public int axisRow() {
    return rows / 2;
  }

  /** Column of the optical axis: ⌊cols/2⌋. */
  public int axisCol() {
    return cols / 2;
  }

  @Override
  public String toString() {
    return rows + "×" + cols;
  }
}
