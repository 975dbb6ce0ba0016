// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;
import org.ofp.device.DeviceException;
import org.ofp.kernels.Kernel;
import org.ofp.kernels.KernelUnavailableException;
import org.ofp.kernels.PointwiseProduct;

/**
 * The pointwise product by cuBLAS. Heap and direct buffers alike travel through page-locked memory,
 * in pieces, uploads and downloads beside products.
 *
 * <p>Plain float32 unless the system property {@code ofp.cublas.tf32} is {@code true}: then factors
 * are rounded to 10 bits of mantissa, which tensor cores multiply several times as fast, with
 * relative errors of some 4·10⁻⁴.
 */
public final class CudaPointwise implements PointwiseProduct {
  /** Made by {@link java.util.ServiceLoader}. */
  public CudaPointwise() {}

  @Override
  public String name() {
    return InstalledGpu.ENGINE;
  }

  @Override
  public int priority() {
    return Kernel.ACCELERATOR;
  }

  @Override
  public void probe() {
    InstalledGpu.probe();
  }

  @Override
  public void open() {
    try {
      InstalledGpu.lanes().open();
    } catch (DeviceException e) {
      throw new KernelUnavailableException(e.getMessage(), e);
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
    try {
      InstalledGpu.lanes().run(new PointwisePieces(images, cout, cin, pixels, w, bias, x, y));
    } catch (DeviceException e) {
      throw new DeviceException(
          e.code(),
          e.getMessage() + "; 1×1 layers run on the CPU with -Dofp.pointwise=mkl or java",
          e);
    }
  }

  @Override
  public String declines(int cout, int cin, int pixels) {
    return TransferCost.declines(cout, cin, pixels);
  }
}
