// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OptConv2d;

/**
 * Layers in a row, named "0", "1", … as in PyTorch's {@code Sequential}. Steps without parameters
 * take a number too.
 */
public final class Sequence extends Block implements Layer {
  private final List<Layer> steps = new ArrayList<>();

  /** An empty sequence. */
  public Sequence() {
    super("Sequential");
  }

  /** Appends a convolution. */
  public Sequence then(OptConv2d convolution) {
    child(nextName(), convolution);
    steps.add(convolution::forward);
    return this;
  }

  /** Appends a block. */
  public <B extends Block & Layer> Sequence then(B block) {
    child(nextName(), block);
    steps.add(block);
    return this;
  }

  /** Appends a step without parameters, such as {@code Tensor::relu}. */
  public Sequence thenApply(Layer function) {
    steps.add(function);
    return this;
  }

  /** The number of steps. */
  public int size() {
    return steps.size();
  }

  @Override
  public Tensor forward(Tensor x) {
    return forward(x, 0, steps.size());
  }

  /**
   * Runs the steps {@code from} (inclusive) to {@code to} (exclusive), at least one.
   *
   * @throws IndexOutOfBoundsException if the range is empty or not within the sequence
   */
  public Tensor forward(Tensor x, int from, int to) {
    if (from < 0 || to > steps.size() || from >= to) {
      throw new IndexOutOfBoundsException(
          "steps " + from + " to " + to + " of a sequence of " + steps.size());
    }
    return Scoped.call(
        () -> {
          Tensor y = steps.get(from).forward(x);
          for (Layer step : steps.subList(from + 1, to)) {
            Tensor input = y;
            y = Scoped.call(() -> step.forward(input));
            input.close(); // now, not at the end: at most two maps are alive at a time
          }
          return y;
        });
  }

  private String nextName() {
    return Integer.toString(steps.size());
  }
}
