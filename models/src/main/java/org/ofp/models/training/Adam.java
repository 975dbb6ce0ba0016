// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.network.Scoped;

/**
 * Adam with β = (0.9, 0.999), ε = 1e-8 and no weight decay, whose moments can be read and set:
 * libtorch's own keeps them where Java cannot reach, and a training could not be resumed exactly.
 *
 * <p>For the gradient g in step t = 1, 2, …, element by element:
 *
 * <pre>
 * m ← β₁·m + (1 − β₁)·g
 * v ← β₂·v + (1 − β₂)·g²
 * parameter ← parameter − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * <p>Parameters that have no gradient stay as they are. Not thread-safe.
 *
 * <p>Reference: D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
 * algorithm 1, with ε where PyTorch has it.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  private final Map<String, Tensor> parameters;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private final Scalar beta1 = kept(BETA1);
  private final Scalar beta2 = kept(BETA2);
  private final Scalar oneMinusBeta1 = kept(1 - BETA1);
  private final Scalar oneMinusBeta2 = kept(1 - BETA2);
  private final Scalar epsilon = kept(1e-8);

  /** Running means of a parameter's gradient and of its square, of the parameter's shape. */
  record Moments(Tensor first, Tensor second) {}

  /**
   * An optimiser before its first step.
   *
   * @param parameters by name; changed in place
   */
  Adam(Map<String, Tensor> parameters) {
    this.parameters = parameters;
    parameters.forEach((name, parameter) -> moments.put(name, zeros(parameter.detach())));
  }

  private static Moments zeros(Tensor like) {
    return Scoped.unscoped(() -> new Moments(torch.zeros_like(like), torch.zeros_like(like)));
  }

  private static Scalar kept(double value) {
    return Scoped.unscoped(() -> new Scalar(value));
  }

  /** The moments by parameter, to be saved or overwritten. */
  Map<String, Moments> moments() {
    return moments;
  }

  /**
   * Changes the parameters by their gradients.
   *
   * @param number of the step, from 1
   * @param learningRate of this step
   */
  void step(long number, double learningRate) {
    double stepSize = learningRate / (1 - Math.pow(BETA1, (double) number));
    double rootCorrection = Math.sqrt(1 - Math.pow(BETA2, (double) number));
    Scoped.withoutGradients(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Scalar minusStepSize = new Scalar(-stepSize);
            Scalar correction = new Scalar(rootCorrection);
            parameters.forEach(
                (name, parameter) -> step(parameter, moments.get(name), minusStepSize, correction));
          }
          return null;
        });
  }

  private void step(Tensor parameter, Moments moment, Scalar minusStepSize, Scalar correction) {
    try (PointerScope scope =
        new PointerScope()) { // one parameter's temporaries go before the next's come
      Tensor gradient = parameter.grad();
      if (!gradient.defined()) {
        return;
      }
      moment.first().mul_(beta1).add_(gradient, oneMinusBeta1);
      moment.second().mul_(beta2).addcmul_(gradient, gradient, oneMinusBeta2);
      Tensor deviation = moment.second().sqrt().div_(correction).add_(epsilon);
      parameter.addcdiv_(moment.first(), deviation, minusStepSize);
    }
  }

  /**
   * The Euclidean norm of all gradients together; not finite if one of them is not, or if their
   * squares overflow.
   */
  double gradientNorm() {
    try (PointerScope scope = new PointerScope()) {
      double squares = 0;
      for (Tensor parameter : parameters.values()) {
        Tensor gradient = parameter.grad();
        if (gradient.defined()) {
          double norm = gradient.norm().item_double();
          squares += norm * norm;
        }
      }
      return Math.sqrt(squares);
    }
  }

  /** Frees the gradients. */
  void clearGradients() {
    try (PointerScope scope = new PointerScope()) {
      parameters.values().forEach(parameter -> parameter.mutable_grad().reset());
    }
  }
}
