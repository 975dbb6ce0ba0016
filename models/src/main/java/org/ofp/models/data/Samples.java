// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/**
 * Square pictures of one size, each with a class for every pixel. Thread-safe: several threads may
 * read at once.
 */
public interface Samples {
  /** The label of pixels that count neither in a loss nor in a metric. */
  int IGNORED = 255;

  /** How many there are. */
  int size();

  /** Rows and columns of each. */
  int side();

  /**
   * Reads one.
   *
   * @param index from 0 to {@link #size} − 1
   * @param rgb receives side² pixels 0xRRGGBB, row-major
   * @param labels receives side² classes as unsigned bytes, row-major, or {@link #IGNORED}
   */
  void read(int index, int[] rgb, byte[] labels);

  /** What to call a sample in a message: its file, and the crop where there are several. */
  String name(int index);

  /**
   * Number of the source picture that a sample was cut from. Samples with the same number are of
   * one scene and not independent; by default each is of its own.
   */
  default int source(int index) {
    return index;
  }
}
