// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/**
 * Where decoded samples lie: one int a pixel, the label in the top byte, 0xRRGGBB below.
 * Thread-safe.
 */
interface SampleStore extends AutoCloseable {
  /** Puts a sample in its place, once; the array belongs to the store from then on. */
  void write(int index, int[] pixels);

  /** Copies a sample into the array, which has room for all its pixels. */
  void read(int index, int[] pixels);

  @Override
  void close();
}
