// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Augmentation;
import org.ofp.models.data.Batch;
import org.ofp.models.data.BatchLoader;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.optconv.torch.OpticalContext;

/**
 * How well a model does on the validation samples: in evaluation mode, without gradients, in the
 * samples' order, as they are.
 */
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
   * @param loss mean over the batches
   */
  record Outcome(double loss, SegmentationMetrics metrics) {}

  /**
   * Runs the model over all samples.
   *
   * @param progress told after every batch how many samples are done
   */
  Outcome run(IntConsumer progress) {
    model.train(false);
    int[] order = IntStream.range(0, data.validation().size()).toArray();
    SegmentationMetrics metrics = new SegmentationMetrics(model.classes());
    double losses = 0;
    int batches = 0;
    int done = 0;
    try (BatchLoader loader =
        BatchLoader.start(data.validation(), order, options.batchSize(), 0, Augmentation.none())) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        Labels.require(batch, data.validation(), order, done, model.classes());
        context.firstImage(Trainer.FIRST_VALIDATION_IMAGE + done);
        losses += run(batch, metrics);
        batches++;
        done += batch.size();
        progress.accept(done);
      }
    }
    return new Outcome(losses / batches, metrics);
  }

  private double run(Batch batch, SegmentationMetrics metrics) {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = model.infer(Tensors.images(batch));
      Tensor labels = Tensors.labels(batch);
      int[] classes = Tensors.classes(logits);
      int pixels = batch.side() * batch.side();
      for (int i = 0; i < batch.size(); i++) {
        metrics.add(batch.labels(), i * pixels, classes, i * pixels, pixels);
      }
      return Losses.of(options.loss(), logits, labels, data.classWeights()).item_double();
    }
  }
}
