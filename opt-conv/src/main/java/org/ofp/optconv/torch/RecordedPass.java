// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.GradientMode;

/**
 * A forward pass in libtorch's graph whose gradients do not come from libtorch.
 *
 * <p>libtorch's own way, a {@code Function} with a backward of one's own, is a C++ template that
 * Java cannot instantiate. Instead the values y, computed outside, get edges to the inputs that
 * carry nothing: {@code y += (Σ x[0:0] + Σ w[0:0] + Σ b[0:0] + g)·v}, all sums empty, g = 0, v = 1.
 * In the backward pass libtorch walks them and calls hooks: one on y takes the gradient that
 * arrives, those on views of x, w and b put theirs in place of the zeros that came along the edge.
 * A gradient that nobody wants is not asked for.
 *
 * <p>Hooks must live as long as the graph, and the values that they need as long as libtorch would
 * keep them; but libtorch does not tell when it frees a graph. Two numbers in the graph do, by
 * their reference counts: the leaf g is held by the graph itself, the factor v is among the values
 * saved for the backward pass, which go when that is done (or, with retain_graph, with the graph).
 * Passes whose graph is gone are freed when the next begins.
 */
final class RecordedPass {
  /** All whose graph may be alive, so that the garbage collector leaves their hooks alone. */
  private static final List<RecordedPass> LIVE = new ArrayList<>();

  private final OpticalLayer layer;
  private final LayerOperation operation;
  private final GradientMode mode;
  private final long firstImage;
  private final long[] shape;
  private final Tensor graph = Scoped.kept(RecordedPass::leaf);
  private final Tensor variables = Scoped.kept(() -> torch.ones());
  private final List<GradientHook> hooks = new ArrayList<>();
  private Saved x;
  private Saved weight;
  private Tensor gradY;
  private int awaited;

  private static Tensor leaf() {
    Tensor leaf = torch.zeros();
    leaf.set_requires_grad(true);
    return leaf;
  }

  private RecordedPass(
      OpticalLayer layer,
      LayerOperation operation,
      GradientMode mode,
      long firstImage,
      long[] shape) {
    this.layer = layer;
    this.operation = operation;
    this.mode = mode;
    this.firstImage = firstImage;
    this.shape = shape;
  }

  /**
   * Makes values the output of a layer in the graph.
   *
   * @param y the values, not yet part of a graph
   */
  static void record(
      OpticalLayer layer,
      LayerOperation operation,
      GradientMode mode,
      long firstImage,
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias) {
    RecordedPass pass = new RecordedPass(layer, operation, mode, firstImage, x.shape());
    pass.attach(y, x, weight, bias);
    synchronized (LIVE) {
      LIVE.add(pass);
    }
  }

  /** Frees passes whose graph is gone. */
  static void freeDead() {
    synchronized (LIVE) {
      for (Iterator<RecordedPass> passes = LIVE.iterator(); passes.hasNext(); ) {
        RecordedPass pass = passes.next();
        if (pass.graph.use_count() == 1) {
          pass.free();
          passes.remove();
        }
      }
    }
  }

  /** Passes that are not freed yet. */
  static int live() {
    synchronized (LIVE) {
      return LIVE.size();
    }
  }

  private void attach(Tensor y, Tensor input, Tensor kernels, Tensor bias) {
    boolean optical = mode == GradientMode.OPTICAL;
    if (optical && input.requires_grad()) {
      weight = new Saved(kernels);
    }
    if (optical && kernels.requires_grad()) {
      x = new Saved(input);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor nothing = graph;
      nothing = nothing.add(edge(input, () -> dataGradient()));
      nothing = nothing.add(edge(kernels, () -> weightGradient()));
      if (bias != null) {
        nothing = nothing.add(edge(bias, () -> gradY.sum(0, 2, 3)));
      }
      y.add_(nothing.mul(variables));
      y.register_hook(hook(this::arrive));
    }
  }

  /** A sum of no values of a tensor, whose gradient is the one given. */
  private Tensor edge(Tensor to, Supplier<Tensor> gradient) {
    Tensor view = to.view_as(to);
    if (to.requires_grad() && mode == GradientMode.OPTICAL) {
      view.register_hook(hook(zeros -> answer(gradient)));
    }
    return view.slice(0, new LongOptional(0), new LongOptional(0), 1).sum();
  }

  private GradientHook hook(UnaryOperator<TensorBase> body) {
    GradientHook hook = new GradientHook(layer.backward(), body);
    hooks.add(hook);
    return hook;
  }

  /** The gradient of y comes in. */
  private TensorBase arrive(TensorBase gradient) {
    if (mode == GradientMode.NONE) {
      throw new IllegalStateException(
          "layer "
              + layer.name()
              + " has GradientMode.NONE and no backward pass; use PERFECT or OPTICAL, or run it"
              + " without recording gradients");
    }
    if (GradMode.is_enabled()) {
      throw new IllegalStateException(
          "layer "
              + layer.name()
              + " has GradientMode.OPTICAL, whose gradients cannot be differentiated again; use"
              + " PERFECT, or no create_graph");
    }
    if (!variablesFreed()) { // else libtorch refuses, at the next step
      forgetGradient();
      gradY = Scoped.kept(() -> new Tensor(gradient));
      awaited = hooks.size() - 1; // or fewer, if only some gradients are asked for
    }
    return gradient;
  }

  /** A gradient is asked for. */
  private TensorBase answer(Supplier<Tensor> gradient) {
    Tensor result =
        Scoped.kept(
            () -> {
              try (NoGradGuard guard = new NoGradGuard()) {
                return gradient.get();
              }
            });
    if (--awaited == 0) {
      forgetGradient();
      if (variablesFreed()) {
        forgetVariables();
      }
    }
    return result;
  }

  private Tensor dataGradient() {
    return layer.dataGradient(operation, firstImage, shape, unchanged(weight, "weights"), gradY);
  }

  private Tensor weightGradient() {
    return layer.weightGradient(operation, firstImage, unchanged(x, "input"), gradY);
  }

  private Tensor unchanged(Saved saved, String what) {
    if (saved.values()._version() != saved.version()) {
      throw new IllegalStateException(
          "the "
              + what
              + " of layer "
              + layer.name()
              + " changed in place between the forward and the backward pass; the gradient would be"
              + " wrong");
    }
    return saved.values();
  }

  private boolean variablesFreed() {
    return variables.use_count() == 1;
  }

  private void forgetGradient() {
    if (gradY != null) {
      gradY.close();
      gradY = null;
    }
  }

  private void forgetVariables() {
    for (Saved saved : new Saved[] {x, weight}) {
      if (saved != null) {
        saved.values().close();
      }
    }
    x = null;
    weight = null;
  }

  private void free() {
    hooks.forEach(GradientHook::close);
    forgetGradient();
    forgetVariables();
    graph.close();
    variables.close();
  }

  /**
   * A tensor that the backward pass needs.
   *
   * @param values shares memory and version with it, but is not part of the graph
   */
  private record Saved(Tensor values, long version) {
    Saved(Tensor tensor) {
      this(Scoped.kept(tensor::detach), tensor._version());
    }
  }
}
