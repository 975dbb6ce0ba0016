// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.evaluation.BatchTensors;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Forward, loss, backward, Adam, on one batch. All memory of a step is freed when it returns, the
 * gradients included. Not thread-safe.
 */
final class TrainingStep {
  private final SegmentationModel model;
  private final OpticalContext context;
  private final LossKind kind;
  private final double[] classWeights;
  private final Adam adam;

  /**
   * Steps of a model that runs in a context.
   *
   * @param classWeights one per class
   * @param adam over the model's parameters
   */
  TrainingStep(
      SegmentationModel model,
      OpticalContext context,
      LossKind kind,
      double[] classWeights,
      Adam adam) {
    this.model = model;
    this.context = context;
    this.kind = kind;
    this.classWeights = classWeights;
    this.adam = adam;
  }

  /**
   * What a step found before it changed the parameters.
   *
   * @param loss of the batch
   * @param gradientNorm of all parameters together; NaN if the loss was not finite
   */
  record Outcome(double loss, double gradientNorm) {
    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  /**
   * Trains on a batch; the parameters stay as they are if the outcome is not finite.
   *
   * @param firstImage number of the batch's first image
   * @param number of the step since the beginning of training, from 1
   * @param learningRate of this step
   */
  Outcome run(Batch batch, long firstImage, long number, double learningRate) {
    context.firstImage(firstImage);
    try (PointerScope scope = new PointerScope()) {
      return run(BatchTensors.images(batch), BatchTensors.labels(batch), number, learningRate);
    } finally {
      adam.clearGradients();
    }
  }

  /** As above on tensors, but leaves the gradients in place and memory to the caller's scope. */
  Outcome run(Tensor images, Tensor labels, long number, double learningRate) {
    Tensor loss = Losses.of(kind, model.forward(images), labels, classWeights);
    double value = loss.item_double();
    if (!Double.isFinite(value)) {
      return new Outcome(value, Double.NaN);
    }
    context.backward(loss);
    Outcome outcome = new Outcome(value, adam.gradientNorm());
    if (outcome.isFinite()) {
      adam.step(number, learningRate);
    }
    return outcome;
  }
}
