// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.Route;

/**
 * A convolution layer whose frames can run on an optical Fourier processor: a drop-in for PyTorch's
 * {@code Conv2d} with the same parameters, {@code weight} {@code [out, in/groups, rows, cols]} and
 * {@code bias} {@code [out]}.
 *
 * <p>Where it runs is up to its {@link OpticalContext}. The gradient is that of the exact
 * convolution, whatever the device made of the forward pass. As thread-safe as its context.
 */
public final class OptConv2d extends Module {
  static {
    Torch.initialize();
  }

  /** Floats that a view of a tensor's memory can hold: its bytes are counted by an int. */
  private static final long MAX_VALUES = Integer.MAX_VALUE / Float.BYTES;

  private final OpticalContext context;
  private final ConvolutionSpec spec;
  private final int layer;
  private final Tensor weight;
  private final Tensor bias;

  private KernelSpectra spectra;
  private long spectraVersion;
  private long spectraAddress;

  /**
   * A layer with PyTorch's default initialisation: weights and bias uniform within ±1/√(fan-in), by
   * libtorch's global generator.
   *
   * @param context where it runs
   * @param spec what it computes
   */
  public OptConv2d(OpticalContext context, ConvolutionSpec spec) {
    super("OptConv2d");
    this.context = context;
    this.spec = spec;
    layer = context.nextLayer();
    double bound = 1 / Math.sqrt((double) spec.weightCount() / spec.outChannels());
    // What register_parameter returns refers into a list that the next registration moves.
    weight =
        uniform(
            bound,
            spec.outChannels(),
            spec.inChannels() / spec.groups(),
            spec.kernelRows(),
            spec.kernelCols());
    register_parameter("weight", weight);
    bias = spec.bias() ? uniform(bound, spec.outChannels()) : null;
    if (bias != null) {
      register_parameter("bias", bias);
      bias.retainReference();
    }
    // The layer may be made within a scope that it outlives.
    weight.retainReference();
  }

  private static Tensor uniform(double bound, long... shape) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return torch.empty(shape).uniform_(-bound, bound, new GeneratorOptional());
    }
  }

  /** What the layer computes. */
  public ConvolutionSpec spec() {
    return spec;
  }

  /** The weights, {@code [out, in/groups, rows, cols]}. */
  public Tensor weight() {
    return weight;
  }

  /** The bias, {@code [out]}, or null. */
  public Tensor bias() {
    return bias;
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
    requireInput(x);
    long start = System.nanoTime();
    long framesBefore = context.frames();
    Route route = context.route(spec);
    Tensor y = route == Route.ELECTRONIC ? electronic(x) : external(x, route);
    context.finished(
        new LayerRun(
            layer,
            spec,
            route,
            context.frames() - framesBefore,
            (System.nanoTime() - start) / 1e9));
    return y;
  }

  private Tensor electronic(Tensor x) {
    return torch.conv2d(
        x,
        weight,
        bias == null ? new TensorOptional() : new TensorOptional(bias),
        new long[] {spec.strideRows(), spec.strideCols()},
        new long[] {spec.paddingRows(), spec.paddingCols()},
        new long[] {spec.dilationRows(), spec.dilationCols()},
        spec.groups());
  }

  /**
   * Runs an engine outside libtorch. While gradients are recorded, the electronic convolution is
   * recorded and its values are replaced: a convolution's backward does not need its output, so the
   * gradient stays exact.
   */
  private Tensor external(Tensor x, Route route) {
    boolean recorded =
        GradMode.is_enabled()
            && (x.requires_grad()
                || weight.requires_grad()
                || (bias != null && bias.requires_grad()));
    if (!recorded) {
      Tensor y = torch.empty(outputShape(x));
      run(x, y, route);
      return y;
    }
    Tensor y = electronic(x);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor values = torch.empty(outputShape(x));
      run(x, values, route);
      y.data().copy_(values);
    }
    return y;
  }

  private void run(Tensor x, Tensor y, Route route) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      int images = Math.toIntExact(x.size(0));
      if (images == 0) {
        return;
      }
      if (route == Route.POINTWISE) {
        pointwise(x, y, images);
      } else {
        optical(x, y, images);
      }
    }
  }

  private void optical(Tensor x, Tensor y, int images) {
    ConvolutionPlan plan =
        context.optical().plan(spec, Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3)));
    KernelSpectra kernels = spectra(plan);
    try {
      context
          .optical()
          .convolve(
              plan,
              FrameKey.forward(layer, context.firstImage()),
              images,
              values(x.contiguous()),
              kernels,
              bias == null ? null : values(bias),
              values(y));
    } finally {
      if (kernels != spectra) {
        kernels.close();
      }
    }
  }

  /** Kept spectra if they are of this plan's frames and of the weights as they are now. */
  private KernelSpectra spectra(ConvolutionPlan plan) {
    // Operations in place change the version, set_data changes the address.
    long version = weight._version();
    long address = weight.data_ptr().address();
    if (context.keeps(spectra)
        && version == spectraVersion
        && address == spectraAddress
        && spectra.fits(plan)) {
      return spectra;
    }
    context.discard(spectra);
    spectra = null;
    boolean keep = context.hasRoom(plan.spectraBytes());
    KernelSpectra fresh = context.optical().spectra(plan, values(weight.contiguous()), keep);
    if (context.keep(fresh)) {
      spectra = fresh;
      spectraVersion = version;
      spectraAddress = address;
    }
    return fresh;
  }

  private void pointwise(Tensor x, Tensor y, int images) {
    Tensor padded =
        spec.paddingRows() == 0 && spec.paddingCols() == 0
            ? x
            : torch.constant_pad_nd(
                x, spec.paddingCols(), spec.paddingCols(), spec.paddingRows(), spec.paddingRows());
    Tensor strided =
        spec.strideRows() == 1 && spec.strideCols() == 1
            ? padded
            : Strides.every(Strides.every(padded, 2, spec.strideRows()), 3, spec.strideCols());
    context
        .pointwise()
        .convolve(
            spec,
            images,
            Math.toIntExact(y.size(2) * y.size(3)),
            values(strided.contiguous()),
            values(weight.contiguous()),
            bias == null ? null : values(bias),
            values(y));
  }

  private long[] outputShape(Tensor x) {
    return new long[] {
      x.size(0),
      spec.outChannels(),
      spec.outputRows(Math.toIntExact(x.size(2))),
      spec.outputCols(Math.toIntExact(x.size(3)))
    };
  }

  private static FloatBuffer values(Tensor contiguous) {
    if (contiguous.numel() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a tensor of "
              + contiguous.numel()
              + " values is too large for a layer on a device, the limit is "
              + MAX_VALUES
              + "; split the batch or the image");
    }
    return contiguous.createBuffer();
  }

  private void requireInput(Tensor x) {
    if (x.dim() != 4 || x.size(1) != spec.inChannels()) {
      throw new IllegalArgumentException(
          "the layer takes [n, "
              + spec.inChannels()
              + ", h, w], not "
              + Arrays.toString(x.shape()));
    }
    if (context.route(spec) != Route.ELECTRONIC
        && x.scalar_type().intern() != torch.ScalarType.Float) {
      throw new IllegalArgumentException(
          "a layer on a device takes float32, not "
              + x.dtype().name().getString()
              + "; convert with to(kFloat)");
    }
    spec.outputRows(Math.toIntExact(x.size(2)));
    spec.outputCols(Math.toIntExact(x.size(3)));
  }
}
