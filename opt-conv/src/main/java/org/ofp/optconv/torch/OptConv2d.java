// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.PaddingMode;

/**
 * A convolution layer whose frames can run on an optical Fourier processor: a drop-in for PyTorch's
 * {@code Conv2d} with the same parameters, {@code weight} {@code [out, in/groups, rows, cols]} and
 * {@code bias} {@code [out]}.
 *
 * <p>Where it runs and where its gradients come from is up to its {@link OpticalContext}. As
 * thread-safe as its context.
 */
public final class OptConv2d extends DeviceLayer {
  private final ConvolutionSpec spec;
  private final PaddingMode paddingMode;

  /**
   * A layer padded with zeros, with PyTorch's default initialisation: weights and bias uniform
   * within ±1/√(fan-in), by libtorch's global generator.
   *
   * @param context where it runs
   * @param spec what it computes
   */
  public OptConv2d(OpticalContext context, ConvolutionSpec spec) {
    this(context, spec, PaddingMode.ZEROS);
  }

  /**
   * A layer, initialised likewise.
   *
   * @param context where it runs
   * @param spec what it computes
   * @param paddingMode what the padding consists of
   */
  public OptConv2d(OpticalContext context, ConvolutionSpec spec, PaddingMode paddingMode) {
    super(
        "OptConv2d",
        context,
        new Convolution(spec, paddingMode),
        spec.outChannels(),
        spec.inChannels() / spec.groups(),
        spec.kernelRows(),
        spec.kernelCols());
    this.spec = spec;
    this.paddingMode = paddingMode;
  }

  /** What the layer computes. */
  public ConvolutionSpec spec() {
    return spec;
  }

  /** What the padding consists of. */
  public PaddingMode paddingMode() {
    return paddingMode;
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
}
