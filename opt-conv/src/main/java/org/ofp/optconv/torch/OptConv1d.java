// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.PaddingMode;

/**
 * A one-dimensional convolution: a drop-in for PyTorch's {@code Conv1d} with the same parameters,
 * {@code weight} {@code [out, in/groups, taps]} and {@code bias} {@code [out]}. It runs as an
 * {@link OptConv2d} on maps of one row.
 */
public final class OptConv1d extends DeviceLayer {
  private final ConvolutionSpec spec;

  /**
   * A layer with PyTorch's default initialisation.
   *
   * @param context where it runs
   * @param spec what it computes along the columns, with a kernel of one row
   * @param paddingMode what the padding consists of
   * @throws IllegalArgumentException if the layer is not one-dimensional
   */
  public OptConv1d(OpticalContext context, ConvolutionSpec spec, PaddingMode paddingMode) {
    super(
        "OptConv1d",
        context,
        new Convolution(requireRow(spec), paddingMode),
        spec.outChannels(),
        spec.inChannels() / spec.groups(),
        spec.kernelCols());
    this.spec = spec;
  }

  private static ConvolutionSpec requireRow(ConvolutionSpec spec) {
    if (spec.kernelRows() != 1 || spec.strideRows() != 1 || spec.paddingRows() != 0) {
      throw new IllegalArgumentException(
          "a one-dimensional layer has a kernel of 1 row, row stride 1 and row padding 0, not "
              + spec.kernelRows()
              + ", "
              + spec.strideRows()
              + " and "
              + spec.paddingRows()
              + "; give the sizes along the columns");
    }
    return spec;
  }

  @Override
  Tensor kernels() {
    return weight().unsqueeze(2);
  }

  /** What the layer computes, as a layer on one row. */
  public ConvolutionSpec spec() {
    return spec;
  }

  /**
   * Convolves a batch.
   *
   * @param x {@code [n, in, length]}, float32 unless the layer runs electronically
   * @return {@code [n, out, length']}
   * @throws IllegalArgumentException if the shape or type does not fit the layer
   * @throws org.ofp.device.DeviceException if the device failed or x is not finite
   */
  public Tensor forward(Tensor x) {
    if (x.dim() != 3) {
      throw new IllegalArgumentException(
          "the layer takes [n, "
              + spec.inChannels()
              + ", length], not "
              + Arrays.toString(x.shape()));
    }
    return Scoped.call(() -> layer().forward(x.unsqueeze(2)).squeeze(2));
  }
}
