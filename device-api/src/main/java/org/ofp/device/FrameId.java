// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Frame ids belong to the caller: they key a simulator's noise and let results be traced. This
 * class packs what a convolution knows about a frame into 64 bits; other callers may number their
 * frames as they like.
 *
 * <p>Layout from the top: layer 12 bits, image 20, pass 1, tile 17, slice 14. Layers and images
 * wrap around, so after a million images the noise of a layer repeats.
 */
@Experimental(since = "0.1")
public final class FrameId {
  private static final int TILE_BITS = 17;
  private static final int SLICE_BITS = 14;

  private FrameId() {}

  /**
   * The id of one frame of a convolution.
   *
   * @param layer number of the layer, at least 0
   * @param image number of the image, at least 0
   * @param inverse whether this is the pass back from the frequency domain
   * @param tile number of the tile within the image, 0 to 2^17−1
   * @param slice number of the channel pair, 0 to 2^14−1
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if the tile or slice is out of
   *     range
   */
  public static long of(int layer, long image, boolean inverse, int tile, int slice) {
    if (layer < 0
        || image < 0
        || tile < 0
        || tile >= 1 << TILE_BITS
        || slice < 0
        || slice >= 1 << SLICE_BITS) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "no frame id for layer "
              + layer
              + ", image "
              + image
              + ", tile "
              + tile
              + " (0 to 131071), slice "
              + slice
              + " (0 to 16383); use larger tiles or fewer channels");
    }
    return ((layer & 0xFFFL) << 52)
        | ((image & 0xFFFFFL) << 32)
        | ((inverse ? 1L : 0L) << 31)
        | ((long) tile << SLICE_BITS)
        | slice;
  }
}
