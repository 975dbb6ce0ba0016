// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * The Fourier transform by Intel MKL, single-threaded.
 *
 * <p>A plan owns a native descriptor for the life of the process, a few kilobytes to a few frames.
 */
public final class MklFft implements FftKernel {

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
  public FftPlan plan(int rows, int cols) {
    return new MklFftPlan(rows, cols);
  }
}
