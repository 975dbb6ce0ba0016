// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.data.Augmentation;
import org.ofp.models.data.Batch;
import org.ofp.models.data.BatchLoader;
import org.ofp.models.data.Samples;

/**
 * Runs networks over samples: in evaluation mode, without gradients, in the samples' order, as they
 * are. Several networks run on each batch in turn, so that their logits can be compared without
 * being kept. Native memory is bounded by a batch's.
 */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Runs over all samples, on the caller's thread, a {@link BatchLoader} beside it.
   *
   * @param firstImage number of the first sample; the others follow. It keys the noise of a
   *     simulated device, so that a run can be repeated
   * @param batchSize at least 1; samples that run together
   * @param networks count what they find; they stay in evaluation mode
   * @throws IllegalArgumentException if a label is no class of a network, or a batch has no room
   *     ({@link Batch#requireRoom})
   * @throws UndefinedOutputException if a logit is NaN
   */
  public static void run(
      Samples samples,
      long firstImage,
      int batchSize,
      List<EvaluatedNetwork> networks,
      EvaluationListener listener) {
    networks.forEach(EvaluatedNetwork::prepare);
    int[] order = IntStream.range(0, samples.size()).toArray();
    int done = 0;
    try (BatchLoader loader =
        BatchLoader.start(samples, order, batchSize, 0, Augmentation.none())) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        listener.starting(batch, done);
        try (PointerScope scope = new PointerScope()) {
          List<Tensor> logits = new ArrayList<>();
          for (EvaluatedNetwork network : networks) {
            Tensor own = network.infer(batch, firstImage + done);
            network.count(batch, own, samples, done);
            logits.add(own);
          }
          listener.finished(batch, done, logits);
        }
        done += batch.size();
      }
    }
  }
}
