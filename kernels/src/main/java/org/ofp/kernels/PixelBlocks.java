// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.stream.LongStream;

/**
 * Splits images into blocks of pixels and works on them in parallel.
 *
 * <p>The blocks are the same whatever the number of threads, and each is computed by one thread in
 * one way: that is what makes results independent of the machine's load and cores.
 */
final class PixelBlocks {

  /** Below this many multiplications waking other threads costs more than they save. */
  private static final long WORTH_SHARING = 200_000;

  private PixelBlocks() {}

  /** Work on one block: an image, its first pixel and the number of pixels. */
  interface Work {
    void run(int image, int pixel, int count);
  }

  /**
   * @param block pixels per block
   * @param costPerPixel multiplications per pixel
   */
  static void forEach(int images, int pixels, int block, long costPerPixel, Work work) {
    int perImage = (int) (((long) pixels + block - 1) / block);
    LongStream blocks = LongStream.range(0, (long) images * perImage);
    if ((double) costPerPixel * pixels * images >= WORTH_SHARING) {
      blocks = blocks.parallel();
    }
    blocks.forEach(
        index -> {
          int pixel = (int) (index % perImage) * block;
          work.run((int) (index / perImage), pixel, Math.min(block, pixels - pixel));
        });
  }
}
