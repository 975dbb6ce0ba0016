// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.evaluation.BatchTensors;
import org.ofp.models.evaluation.EvaluatedNetwork;
import org.ofp.models.evaluation.EvaluationListener;
import org.ofp.models.evaluation.Evaluator;
import org.ofp.models.evaluation.UndefinedOutputException;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.optconv.torch.OpticalContext;

/** How well a model does on the validation samples, and its loss there. */
final class Validation {
  private final SegmentationModel model;
  private final OpticalContext context;
  private final TrainingData data;
  private final TrainingOptions options;

  Validation(
      SegmentationModel model, OpticalContext context, TrainingData data, TrainingOptions options) {
    this.model = model;
    this.context = context;
    this.data = data;
    this.options = options;
  }

  /**
   * What came out.
   *
   * @param loss mean over the batches; NaN if an output was, and the metrics are then of a part
   */
  record Outcome(double loss, SegmentationMetrics metrics) {}

  /**
   * Runs the model over all samples.
   *
   * @param progress told after every batch how many samples are done
   */
  Outcome run(IntConsumer progress) {
    EvaluatedNetwork network = new EvaluatedNetwork(model, context);
    Loss loss = new Loss(progress);
    try {
      Evaluator.run(
          data.validation(),
          Trainer.FIRST_VALIDATION_IMAGE,
          options.batchSize(),
          List.of(network),
          loss);
    } catch (UndefinedOutputException e) {
      return new Outcome(Double.NaN, network.metrics());
    }
    return new Outcome(loss.sum / loss.batches, network.metrics());
  }

  private final class Loss implements EvaluationListener {
    private final IntConsumer progress;
    private final int[] order = IntStream.range(0, data.validation().size()).toArray();
    private double sum;
    private int batches;

    Loss(IntConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void starting(Batch batch, int first) {
      Labels.require(batch, data.validation(), order, first, model.classes());
    }

    @Override
    public void finished(Batch batch, int first, List<Tensor> logits) {
      Tensor labels = BatchTensors.labels(batch);
      sum += Losses.of(options.loss(), logits.get(0), labels, data.classWeights()).item_double();
      batches++;
      progress.accept(first + batch.size());
    }
  }
}
