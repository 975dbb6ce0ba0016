// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import org.visnow.jlargearrays.ConcurrencyUtils;

/** The Fourier transform by JTransforms: pure Java, always available. */
public final class JTransformsFft implements FftKernel {

  @Override
  public String name() {
    return "jtransforms";
  }

  @Override
  public int priority() {
    return 10;
  }

  /** Keeps JTransforms, process-wide, from splitting single lines over threads of its own. */
  @Override
  public void probe() {
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  @Override
  public FftPlan plan(int rows, int cols) {
    return new JTransformsPlan(rows, cols);
  }
}
