// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.data.Batch;

/** Told of every batch by an {@link Evaluator}; what it throws ends the evaluation. */
public interface EvaluationListener {
  /**
   * Before the networks run on a batch.
   *
   * @param first place of its first sample
   */
  default void starting(Batch batch, int first) {}

  /**
   * After they have.
   *
   * @param first place of its first sample
   * @param logits of each network in turn, {@code [n, classes, side, side]}, contiguous; freed when
   *     this returns
   */
  void finished(Batch batch, int first, List<Tensor> logits);
}
