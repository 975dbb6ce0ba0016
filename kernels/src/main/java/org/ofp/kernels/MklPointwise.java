// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/** The pointwise product by Intel MKL, single-threaded per block of pixels. */
public final class MklPointwise implements PointwiseProduct {

  @Override
  public String name() {
    return "mkl";
  }

  @Override
  public int priority() {
    return 50;
  }

  @Override
  public void probe() {
    NativeLibraries.mkl();
  }

  @Override
  public void apply(
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    NativePointwise.apply(NativeLibraries.mkl(), images, cout, cin, pixels, w, bias, x, y);
  }
}
