// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.TransposedSpec;

/** libtorch's own convolutions in double precision: what layers are compared with. */
final class Direct {
  private Direct() {}

  static Tensor convolve(LayerSpec spec, Tensor x, Tensor weight, Tensor bias) {
    TensorOptional b = bias == null ? new TensorOptional() : new TensorOptional(bias);
    if (spec instanceof TransposedSpec transposed) {
      return torch.conv_transpose2d(
          x,
          weight,
          b,
          pair(transposed.stride()),
          pair(transposed.padding()),
          pair(transposed.outputPadding()),
          transposed.groups(),
          pair(transposed.dilation()));
    }
    ConvolutionSpec plain = (ConvolutionSpec) spec;
    return torch.conv2d(
        x,
        weight,
        b,
        pair(plain.stride()),
        pair(plain.padding()),
        pair(plain.dilation()),
        plain.groups());
  }

  /** A convolution with another padding mode. */
  static Tensor convolve(ConvolutionSpec spec, String mode, Tensor x, Tensor weight, Tensor bias) {
    int rows = spec.paddingRows();
    int cols = spec.paddingCols();
    Tensor padded = torch.pad(x, new long[] {cols, cols, rows, rows}, mode, new DoubleOptional());
    return convolve(spec.padding(0), padded, weight, bias);
  }

  private static long[] pair(Axes axes) {
    return new long[] {axes.rows(), axes.cols()};
  }

  /** A copy in double precision that takes part in no graph yet. */
  static Tensor exact(Tensor x) {
    return x.detach().to(torch.ScalarType.Double);
  }

  /** As {@link #exact(Tensor)}, with a gradient of its own. */
  static Tensor leaf(Tensor x) {
    Tensor leaf = exact(x);
    leaf.set_requires_grad(true);
    return leaf;
  }

  /** ‖actual − expected‖ / ‖expected‖, or the absolute norm where nothing is expected. */
  static double error(Tensor expected, Tensor actual) {
    double norm = exact(expected).norm().item().toDouble();
    double error = exact(actual).sub(exact(expected)).norm().item().toDouble();
    return norm == 0 ? error : error / norm;
  }

  /** Σ a·b in double precision. */
  static double dot(Tensor a, Tensor b) {
    return exact(a).mul(exact(b)).sum().item().toDouble();
  }
}
