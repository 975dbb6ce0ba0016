// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.TransposedSpec;

/**
 * A transposed convolution whose frames can run on an optical Fourier processor: a drop-in for
 * PyTorch's {@code ConvTranspose2d} with the same parameters, {@code weight} {@code [in,
 * out/groups, rows, cols]} and {@code bias} {@code [out]}.
 *
 * <p>Where it runs and where its gradients come from is up to its {@link OpticalContext}. As
 * thread-safe as its context.
 */
public final class OptConvTranspose2d extends DeviceLayer {
  private final TransposedSpec spec;

  /**
   * A layer with PyTorch's default initialisation: weights and bias uniform within ±1/√(fan-in), by
   * libtorch's global generator.
   *
   * @param context where it runs
   * @param spec what it computes
   */
  public OptConvTranspose2d(OpticalContext context, TransposedSpec spec) {
    super(
        "OptConvTranspose2d",
        context,
        new TransposedConvolution(spec),
        spec.inChannels(),
        spec.outChannels() / spec.groups(),
        spec.kernel().rows(),
        spec.kernel().cols());
    this.spec = spec;
  }

  /** What the layer computes. */
  public TransposedSpec spec() {
    return spec;
  }

  /**
   * Convolves a batch.
   *
   * @param x {@code [n, in, h, w]}, float32 unless the layer runs electronically
   * @return {@code [n, out, h', w']}
   * @throws IllegalArgumentException if the shape or type does not fit the layer
   * @throws org.ofp.device.DeviceException if the device failed or x is not finite
   */
  public Tensor forward(Tensor x) {
    return layer().forward(x);
  }

  /**
   * Convolves a batch to maps of a given size, whatever the layer's own output padding.
   *
   * @param rows output rows, from those without output padding to less than a stride or dilation
   *     more; {@code cols} likewise
   * @throws IllegalArgumentException if the size cannot be reached; else see {@link #forward}
   */
  public Tensor forward(Tensor x, int rows, int cols) {
    return layer().forward(TransposedConvolution.toSize(spec, x, rows, cols), x);
  }
}
