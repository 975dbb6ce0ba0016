// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.data.Samples;
import org.ofp.models.network.Scoped;

/**
 * What training minimises, as libtorch operations that record gradients.
 *
 * <p>Both take logits {@code [n, classes, h, w]}, float32 or float64, and labels {@code [n, h, w]},
 * int64, each a class or {@link Samples#IGNORED}, and return a scalar of the logits' type. Pixels
 * that are ignored take no part: neither their labels nor what the network says there. If nothing
 * remains, the loss is 0, and so are its gradients.
 *
 * <p>Stateless and thread-safe.
 */
public final class Losses {
  private static final double DICE_EPSILON = 1e-7;
  private static final long SUM = torch.Reduction.Sum.value;
  private static final long[] BATCH_AND_SPACE = {0, 2, 3};

  private Losses() {}

  /** The loss of the given kind. */
  static Tensor of(LossKind kind, Tensor logits, Tensor labels, double[] classWeights) {
    return switch (kind) {
      case DICE -> dice(logits, labels);
      case CROSS_ENTROPY -> crossEntropy(logits, labels, classWeights);
    };
  }

  /**
   * The dice loss, as the library that the article points to has it for several classes
   * (segmentation_models.pytorch, {@code DiceLoss(mode="multiclass", ignore_index=255)}): with the
   * softmax p and the labels t as 0 and 1, sums over batch and space,
   *
   * <pre>loss = 1/classes · Σ over classes with Σt &gt; 0 of  1 − 2·Σp·t / max(Σp + Σt, 1e-7)</pre>
   *
   * <p>so a class that is absent from the batch contributes nothing but counts in the mean.
   *
   * <p>Reference: F. Milletari, N. Navab, S. Ahmadi, "V-Net", 3DV 2016.
   */
  public static Tensor dice(Tensor logits, Tensor labels) {
    return Scoped.call(
        () -> {
          Tensor valid = labels.ne(new Scalar(Samples.IGNORED));
          Tensor counted = valid.unsqueeze(1).to(logits.scalar_type());
          Tensor truth = torch.zeros_like(logits.detach());
          truth.scatter_(1, labels.mul(valid).unsqueeze(1), counted);
          Tensor scores = logits.softmax(1).mul(counted);
          Tensor overlap = scores.mul(truth).sum(BATCH_AND_SPACE);
          Tensor pixels = truth.sum(BATCH_AND_SPACE);
          Tensor cardinality = scores.sum(BATCH_AND_SPACE).add(pixels);
          Tensor dice =
              overlap.mul(new Scalar(2.0)).div(cardinality.clamp_min(new Scalar(DICE_EPSILON)));
          Tensor present = pixels.gt(new Scalar(0.0));
          return dice.neg().add(new Scalar(1.0)).mul(present).mean();
        });
  }

  /**
   * Cross-entropy, weighted by class: Σ w·(−log p) over Σ w, where p is the softmax of the pixel's
   * own class and w that class's weight, summed over all pixels.
   *
   * @param classWeights one per class, at least 0; a class of weight 0 takes no part
   */
  public static Tensor crossEntropy(Tensor logits, Tensor labels, double[] classWeights) {
    return Scoped.call(
        () -> {
          Tensor weights = AbstractTensor.create(classWeights).to(logits.scalar_type());
          T_TensorTensor_T sums =
              torch.nll_loss2d_forward(
                  logits.log_softmax(1), labels, new TensorOptional(weights), SUM, Samples.IGNORED);
          // Where all weights are 0 the sum is 0 too: the smallest normal float keeps it so.
          Tensor total = sums.get1().clamp_min(new Scalar((double) Float.MIN_NORMAL));
          return sums.get0().div(total);
        });
  }
}
