// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The pointwise product by a BLAS library, in place on direct buffers.
 *
 * <p>Blocks of pixels are columns of the matrices, at the row stride of the whole image. The bias
 * is the start value: a product of the bias as a column with a row of ones, onto which the weights'
 * product is added, so that no Java loop touches the pixels.
 */
final class NativePointwise {

  /** Pixels per block: 64 channels of them, in and out, are 256 KiB and stay in L2. */
  private static final int BLOCK = 512;

  private static final PointwiseProduct HEAP = new JavaPointwise();

  private NativePointwise() {}

  static void apply(
      NativeLibrary library,
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    if (!w.isDirect() || !x.isDirect() || !y.isDirect() || (bias != null && !bias.isDirect())) {
      HEAP.apply(images, cout, cin, pixels, w, bias, x, y);
      return;
    }
    try {
      inPlace(library, images, cout, cin, pixels, w, bias, x, y);
    } finally {
      // JavaCPP's pointers are bare addresses: the buffers must outlive them.
      Reference.reachabilityFence(w);
      Reference.reachabilityFence(bias);
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
    }
  }

  private static void inPlace(
      NativeLibrary library,
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    NativeView weights = view(w);
    NativeView start = bias == null ? null : view(bias);
    NativeView input = view(x);
    NativeView output = view(y);
    PixelBlocks.forEach(
        images,
        pixels,
        BLOCK,
        (long) cin * cout,
        (image, pixel, count) -> {
          NativeView from = new NativeView().at(input, (long) image * cin * pixels + pixel);
          NativeView to = new NativeView().at(output, (long) image * cout * pixels + pixel);
          if (start != null) {
            library.realProduct(cout, count, 1, start, 1, Ones.ROW, BLOCK, false, to, pixels);
          }
          library.realProduct(
              cout, count, cin, weights, cin, from, pixels, start != null, to, pixels);
        });
  }

  /** At the buffer's position. */
  private static NativeView view(FloatBuffer buffer) {
    return new NativeView().at(buffer, buffer.position());
  }

  private static final class Ones {
    static final FloatPointer ROW = create();

    private static FloatPointer create() {
      float[] ones = new float[BLOCK];
      Arrays.fill(ones, 1);
      return Unscoped.keep(new FloatPointer(ones));
    }
  }
}
