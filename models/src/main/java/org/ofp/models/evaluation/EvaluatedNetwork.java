// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.lang.ref.Reference;
import java.nio.IntBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.data.Samples;
import org.ofp.models.metrics.SegmentationCounts;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.optconv.torch.OpticalContext;

/** A network, and how well it has done on the samples of an {@link Evaluator} so far. */
public final class EvaluatedNetwork {
  private final SegmentationModel model;
  private final OpticalContext context;
  private final SegmentationMetrics metrics;
  private final SortedMap<Integer, SegmentationCounts> pictures = new TreeMap<>();
  private long nanos;

  /**
   * A network that has seen nothing yet.
   *
   * @param context that the model was made with
   */
  public EvaluatedNetwork(SegmentationModel model, OpticalContext context) {
    this.model = model;
    this.context = context;
    metrics = new SegmentationMetrics(model.classes());
  }

  /** Puts the network into evaluation mode. */
  void prepare() {
    model.train(false);
  }

  /** Logits of a batch, {@code [n, classes, side, side]}. */
  Tensor infer(Batch batch, long firstImage) {
    context.firstImage(firstImage);
    long start = System.nanoTime();
    Tensor logits = model.infer(BatchTensors.images(batch));
    nanos += System.nanoTime() - start;
    return logits;
  }

  /**
   * Counts what the network found in a batch.
   *
   * @param first place of the batch's first sample
   * @throws UndefinedOutputException if a logit is NaN
   */
  void count(Batch batch, Tensor logits, Samples samples, int first) {
    requireNumbers(logits, samples, first);
    int[] classes = classes(logits);
    int pixels = batch.side() * batch.side();
    for (int i = 0; i < batch.size(); i++) {
      SegmentationCounts image =
          metrics.add(batch.labels(), i * pixels, classes, i * pixels, pixels);
      pictures
          .computeIfAbsent(
              samples.source(first + i), source -> new SegmentationCounts(model.classes()))
          .add(image);
    }
  }

  private static void requireNumbers(Tensor logits, Samples samples, int first) {
    if (logits.isnan().any().item_bool()) {
      int i = 0;
      while (!logits.select(0, i).isnan().any().item_bool()) {
        i++;
      }
      throw new UndefinedOutputException(samples.name(first + i));
    }
  }

  /** The class with the largest logit at every pixel, {@code [n, side, side]}, row-major. */
  private static int[] classes(Tensor logits) {
    Tensor classes = torch.argmax(logits, new LongOptional(1), false).to(torch.ScalarType.Int);
    try {
      IntBuffer values = classes.createBuffer();
      int[] copy = new int[values.capacity()];
      values.get(copy);
      return copy;
    } finally {
      Reference.reachabilityFence(classes);
    }
  }

  /** How well the network has done. */
  public SegmentationMetrics metrics() {
    return metrics;
  }

  /**
   * What was counted in each source picture ({@link Samples#source}), in the order of their
   * numbers: what {@link Bootstrap} draws from.
   */
  public List<SegmentationCounts> pictures() {
    return List.copyOf(pictures.values());
  }

  /** Wall-clock time that the network has taken, in seconds. */
  public double seconds() {
    return nanos * 1e-9;
  }
}
