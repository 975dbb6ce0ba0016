// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/** The pointwise product by OpenBLAS, single-threaded per block of pixels. */
public final class OpenBlasPointwise implements PointwiseProduct {

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public int priority() {
    return 30;
  }

  @Override
  public void probe() {
    NativeLibraries.openBlas();
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
    NativePointwise.apply(NativeLibraries.openBlas(), images, cout, cin, pixels, w, bias, x, y);
  }
}
