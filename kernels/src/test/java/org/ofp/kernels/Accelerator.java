// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/** An accelerator that takes images of 100 pixels and more and writes 42 into all of them. */
public final class Accelerator implements PointwiseProduct {
  static final float MARK = 42;

  private static int probes;

  @Override
  public String name() {
    return "accelerator";
  }

  @Override
  public int priority() {
    return ACCELERATOR;
  }

  @Override
  public void probe() {
    if (++probes > 1) {
      throw new IllegalStateException("probed again");
    }
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
    for (int i = 0; i < images * cout * pixels; i++) {
      y.put(y.position() + i, MARK);
    }
  }

  @Override
  public String declines(int cout, int cin, int pixels) {
    return pixels < 100 ? pixels + " pixels are too few" : "";
  }
}
