// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.GradientMode;
import org.ofp.optconv.Route;

/**
 * What the layers on a device have in common, whatever they compute: the route, the values from
 * outside libtorch, the gradients, the records.
 */
final class OpticalLayer {
  private final OpticalContext context;
  private final Module module;
  private final LayerOperation operation;
  private final Supplier<Tensor> weight;
  private final Supplier<Tensor> bias;
  private final int number;
  private final SpectraSlot kept;
  private String name;
  private GradientMode gradients;

  /**
   * @param module the layer in the network
   * @param weight four-dimensional
   * @param bias gives null if there is none
   */
  OpticalLayer(
      OpticalContext context,
      Module module,
      LayerOperation operation,
      Supplier<Tensor> weight,
      Supplier<Tensor> bias) {
    this.context = context;
    this.module = module;
    this.operation = operation;
    this.weight = weight;
    this.bias = bias;
    number = context.add(this);
    name = "layer" + number;
    kept = new SpectraSlot(context.spectra());
  }

  String name() {
    return name;
  }

  void name(String qualified) {
    name = qualified;
  }

  /** The libtorch module, which is the same for all Java objects that stand for it. */
  long address() {
    return module.address();
  }

  /** Makes the layer run by a plan. */
  void follow(ConvolutionPlan plan) {
    kept.follow(plan);
  }

  /** Overrides the context's mode; null to follow it again. */
  void gradients(GradientMode mode) {
    gradients = mode;
  }

  BackwardPass backward() {
    return context.backward();
  }

  Tensor forward(Tensor x) {
    return forward(operation, x);
  }

  /** As {@link #forward(Tensor)}, with an operation on the same weights. */
  Tensor forward(LayerOperation op, Tensor x) {
    requireInput(op, x);
    Tensor w = weight.get();
    Tensor b = bias.get();
    Route route = context.decide(name, op.spec()).route();
    if (route != Route.ELECTRONIC) {
      HostFloats.require("input", x);
      HostFloats.require("weights", w);
    }
    RecordedPass.freeDead();
    ClippedInput input =
        route == Route.OPTICAL
            ? ClippedInput.of(x, context.inputRanges().limit(name))
            : new ClippedInput(x, 0);
    Tensor padded = op.pad(input.values());
    Tensor y =
        metered(
            op,
            LayerRun.Pass.FORWARD,
            x.shape(),
            route,
            input.clipped(),
            () ->
                route == Route.ELECTRONIC
                    ? op.electronic(padded, w, b)
                    : external(op, route, padded, w, b),
            result -> accuracy(op, route, padded, w, b, result));
    context.observe(name, x);
    // What only this layer made and nobody else has seen need not wait for the caller's scope.
    if (!padded.equals(input.values())) {
      padded.close();
    }
    if (!input.values().equals(x)) {
      input.values().close();
    }
    return y;
  }

  private LayerAccuracy accuracy(
      LayerOperation op, Route route, Tensor x, Tensor w, Tensor b, Tensor y) {
    if (!context.measuresAccuracy() || route != Route.OPTICAL || y.numel() == 0) {
      return null;
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Engine engine = new Engine(context.optical(), kept, FrameKey.forward(number, 0));
      return new LayerAccuracy(
          op.predictSnr(engine, x, w), LayerAccuracy.snr(op.electronic(x, w, b), y));
    }
  }

  /**
   * Runs an engine outside libtorch. For exact gradients the electronic convolution is recorded and
   * its values are replaced: a convolution's backward does not need its output.
   */
  private Tensor external(LayerOperation op, Route route, Tensor x, Tensor w, Tensor b) {
    long firstImage = context.firstImage();
    Supplier<Tensor> values =
        () ->
            route == Route.POINTWISE
                ? op.pointwise(context.pointwise(), x, w, b)
                : op.optical(
                    new Engine(context.optical(), kept, FrameKey.forward(number, firstImage)),
                    x,
                    w,
                    b);
    boolean recorded =
        GradMode.is_enabled()
            && (x.requires_grad() || w.requires_grad() || (b != null && b.requires_grad()));
    if (!recorded) {
      return Scoped.values(values);
    }
    GradientMode mode = gradients == null ? context.gradients() : gradients;
    if (mode == GradientMode.NONE || (mode == GradientMode.OPTICAL && route == Route.OPTICAL)) {
      Tensor y = Scoped.values(values);
      RecordedPass.record(this, op, mode, firstImage, y, x, w, b);
      return y;
    }
    Tensor y = op.electronic(x, w, b);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      y.data().copy_(values.get());
    }
    return y;
  }

  /** The gradient of an input of the given shape, by the device. */
  Tensor dataGradient(LayerOperation op, long firstImage, long[] shape, Tensor w, Tensor gradY) {
    FrameKey key = FrameKey.forward(number, firstImage).dataGradient();
    return metered(
        op,
        LayerRun.Pass.DATA_GRADIENT,
        shape,
        Route.OPTICAL,
        0,
        () -> op.dataGradient(new Engine(context.optical(), null, key), shape, w, gradY),
        gradient -> null);
  }

  /** The gradient of the weights, by the device. */
  Tensor weightGradient(LayerOperation op, long firstImage, Tensor x, Tensor gradY) {
    FrameKey key = FrameKey.forward(number, firstImage).weightGradient();
    return metered(
        op,
        LayerRun.Pass.WEIGHT_GRADIENT,
        x.shape(),
        Route.OPTICAL,
        0,
        () -> op.weightGradient(new Engine(context.optical(), null, key), x, gradY),
        gradient -> null);
  }

  /**
   * @param shape of the layer's input
   */
  private Tensor metered(
      LayerOperation op,
      LayerRun.Pass pass,
      long[] shape,
      Route route,
      long clippedInputs,
      Supplier<Tensor> work,
      Function<Tensor, LayerAccuracy> accuracy) {
    long start = System.nanoTime();
    long frames = context.frames();
    long saturated = context.saturated();
    Tensor result = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    context.finished(
        new LayerRun(
            number,
            name,
            op.spec(),
            Math.toIntExact(shape[2]),
            Math.toIntExact(shape[3]),
            pass,
            route,
            context.frames() - frames,
            seconds,
            context.saturated() - saturated,
            clippedInputs,
            accuracy.apply(result)));
    return result;
  }

  /** Limits the magnitude of the weights, in place. Returns how many were beyond. */
  long clipWeights(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("weight limit = " + limit + " must be above 0");
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor w = weight.get();
      long beyond = w.abs().gt(new Scalar(limit)).sum().item().toLong();
      if (beyond > 0) {
        w.clamp_(new ScalarOptional(new Scalar(-limit)), new ScalarOptional(new Scalar(limit)));
      }
      return beyond;
    }
  }

  private static void requireInput(LayerOperation op, Tensor x) {
    if (x.dim() != 4 || x.size(1) != op.spec().inChannels()) {
      throw new IllegalArgumentException(
          "the layer takes [n, "
              + op.spec().inChannels()
              + ", h, w], not "
              + Arrays.toString(x.shape()));
    }
    op.requireMap(Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3)));
  }
}
