// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes a map's size a multiple of a network's stride, by mirroring at the bottom and the right.
 *
 * <p>Mirrored content keeps the statistics that the normalisation layers see (each normalises a
 * channel over the whole map, so a frame of zeros would shift every pixel) and puts no artificial
 * edge beside the last row. Padding on two sides only leaves the coordinates of the image as they
 * were. The border itself is not repeated (…, 2, 1, 0, 1, 2, …); maps smaller than the padding are
 * mirrored as often as needed, down to a single pixel.
 */
final class ReflectPadding {
  private ReflectPadding() {}

  /** {@code [n, c, h, w]} to the next multiples of {@code stride}; {@code x} itself if it fits. */
  static Tensor toMultipleOf(int stride, Tensor x) {
    return extend(extend(x, 2, stride), 3, stride);
  }

  private static Tensor extend(Tensor x, int axis, int stride) {
    int size = Math.toIntExact(x.size(axis));
    int padded = Math.multiplyExact(-Math.floorDiv(-size, stride), stride);
    if (padded == size) {
      return x;
    }
    long[] source = new long[padded];
    for (int i = 0; i < padded; i++) {
      source[i] = mirror(i, size);
    }
    return x.index_select(axis, AbstractTensor.create(source));
  }

  private static int mirror(int i, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int phase = i % period;
    return phase < size ? phase : period - phase;
  }
}
