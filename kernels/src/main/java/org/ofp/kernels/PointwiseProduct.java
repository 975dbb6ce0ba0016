// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/**
 * The 1×1 convolution: one real matrix applied to the channels of every pixel.
 *
 * <p>Thread-safe. Uses all cores by itself (the common pool); results do not depend on how many
 * there are.
 */
public interface PointwiseProduct extends Kernel {

  /**
   * Takes what the engine needs to compute, before the first product; calling it again does
   * nothing. So an accelerator that cannot be had is known before there are any results.
   *
   * @throws KernelUnavailableException with the reason
   */
  default void open() {}

  /**
   * y[i][co][p] = bias[co] + Σ_ci w[co][ci]·x[i][ci][p].
   *
   * <p>Buffers are read and written from their position on, which stays as it is. They may be heap
   * or direct, in native byte order; native engines work on direct buffers in place and leave the
   * others to the Java engine.
   *
   * @param images number of images, at least 0
   * @param cout output channels, at least 1
   * @param cin input channels, at least 1
   * @param pixels pixels per image, at least 1
   * @param w {@code [cout][cin]}
   * @param bias {@code [cout]}, or null for none
   * @param x {@code [images][cin][pixels]}
   * @param y {@code [images][cout][pixels]}; overwritten; must not overlap {@code x}
   * @throws IllegalArgumentException if a size is out of range, a buffer too short, {@code y}
   *     read-only or a byte order not native
   */
  void apply(
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y);

  /**
   * Why a product is better left to an engine of the host, in a short clause such as {@code
   * "copying 3.2 MB would take longer than the product"}; empty if this engine should do it, as
   * engines of the host always should.
   *
   * <p>Depends on the sizes of one image alone: not on the machine's load, so that runs can be
   * repeated, and not on the number of images, so that an image's result does not depend on its
   * company.
   *
   * @param cout output channels, at least 1
   * @param cin input channels, at least 1
   * @param pixels pixels per image, at least 1
   */
  default String declines(int cout, int cin, int pixels) {
    return "";
  }
}
