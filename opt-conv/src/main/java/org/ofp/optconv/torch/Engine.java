// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.OpticalConvolver;

/**
 * The device's engine on tensors, for one pass of one layer. Results are new contiguous tensors
 * that belong to the caller's scope; nothing is recorded.
 */
final class Engine {
  private final OpticalConvolver convolver;
  private final SpectraSlot kept;
  private final FrameKey key;

  /**
   * An engine for a pass.
   *
   * @param kept the layer's spectra, null in passes whose kernels are not worth keeping
   * @param key the pass's part of the frame ids
   */
  Engine(OpticalConvolver convolver, SpectraSlot kept, FrameKey key) {
    this.convolver = convolver;
    this.kept = kept;
    this.key = key;
  }

  private ConvolutionPlan plan(LayerSpec spec, int rows, int cols) {
    return kept == null
        ? convolver.plan(spec, rows, cols, 0)
        : kept.plan(convolver, spec, rows, cols);
  }

  /**
   * A convolution or a transposed one.
   *
   * @param x {@code [n, in, h, w]}
   * @param weight in PyTorch's order
   * @param bias {@code [out]} or null
   * @return {@code [n, out, h', w']}
   */
  Tensor convolve(LayerSpec spec, Tensor x, Tensor weight, Tensor bias) {
    int images = Math.toIntExact(x.size(0));
    int rows = Math.toIntExact(x.size(2));
    int cols = Math.toIntExact(x.size(3));
    Tensor y =
        torch.empty(images, spec.outChannels(), spec.outputRows(rows), spec.outputCols(cols));
    if (images == 0) {
      return y;
    }
    ConvolutionPlan plan = plan(spec, rows, cols);
    KernelSpectra spectra =
        kept == null
            ? convolver.spectra(plan, HostFloats.of(weight.contiguous()), false)
            : kept.of(convolver, plan, weight);
    try {
      convolver.convolve(
          plan,
          key,
          images,
          HostFloats.of(x.contiguous()),
          spectra,
          HostFloats.of(bias),
          HostFloats.of(y));
    } finally {
      if (kept == null) {
        spectra.close();
      } else {
        kept.release(spectra);
      }
    }
    return y;
  }

  /**
   * The signal-to-noise ratio in decibels that a layer is expected to have on the device.
   *
   * @param x {@code [n, in, h, w]}, of which the first image is looked at
   * @param weight in PyTorch's order
   */
  double predictSnr(LayerSpec spec, Tensor x, Tensor weight) {
    ConvolutionPlan plan = plan(spec, Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3)));
    KernelSpectra spectra = kept.of(convolver, plan, weight);
    try {
      return convolver.predictSnr(plan, spectra, HostFloats.of(x.contiguous()));
    } finally {
      kept.release(spectra);
    }
  }

  /**
   * The gradient of a convolution's weights.
   *
   * @param x {@code [n, in, h, w]}
   * @param gradY {@code [n, out, h', w']}
   * @return {@code [out, in/groups, rows, cols]}
   */
  Tensor weightGradient(ConvolutionSpec spec, Tensor x, Tensor gradY) {
    Tensor gradient =
        torch.zeros(
            spec.outChannels(),
            spec.inChannels() / spec.groups(),
            spec.kernelRows(),
            spec.kernelCols());
    int images = Math.toIntExact(x.size(0));
    if (images > 0) {
      convolver.weightGradient(
          convolver.plan(spec, Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3))),
          key,
          images,
          HostFloats.of(x.contiguous()),
          HostFloats.of(gradY.contiguous()),
          HostFloats.of(gradient));
    }
    return gradient;
  }
}
