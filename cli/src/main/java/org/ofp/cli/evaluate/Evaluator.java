// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Tensors;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.image.ClassMask;
import org.ofp.models.metrics.SegmentationMetrics;

/** A network on one engine, and how well it has done so far. */
final class Evaluator {
  private static final int CHANNELS = 3;

  private final Engine engine;
  private final SegmentationModel model;
  private final SegmentationMetrics metrics;
  private long nanos;

  /**
   * @param engine that the model was made with
   */
  Evaluator(Engine engine, SegmentationModel model) {
    this.engine = engine;
    this.model = model;
    metrics = new SegmentationMetrics(model.classes());
  }

  /**
   * Runs the network on a batch and counts what it found.
   *
   * @param firstImage number of the batch's first image, which keys a simulated device's noise
   * @param name of an image by its place in the batch, for messages
   * @return the logits of every image, {@code [classes, side, side]}
   * @throws CliException if a logit is NaN
   */
  List<float[]> add(Batch batch, long firstImage, IntFunction<String> name) {
    int pixels = batch.side() * batch.side();
    int values = model.classes() * pixels;
    float[] all = logits(batch, firstImage);
    List<float[]> logits = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      float[] own = Arrays.copyOfRange(all, i * values, (i + 1) * values);
      metrics.add(batch.labels(), i * pixels, classes(own, name.apply(i)), 0, pixels);
      logits.add(own);
    }
    return logits;
  }

  private int[] classes(float[] logits, String name) {
    try {
      return ClassMask.argmax(logits, model.classes());
    } catch (IllegalArgumentException e) {
      throw CliException.failure(
          name + ": the network's output is not a number; check --weights", e);
    }
  }

  private float[] logits(Batch batch, long firstImage) {
    try (PointerScope scope = new PointerScope()) {
      engine.context().firstImage(firstImage);
      long start = System.nanoTime();
      float[] logits =
          Tensors.values(
              model.infer(
                  Tensors.of(
                      batch.images(), 0, batch.size(), CHANNELS, batch.side(), batch.side())));
      nanos += System.nanoTime() - start;
      return logits;
    }
  }

  /** How well the network has done. */
  SegmentationMetrics metrics() {
    return metrics;
  }

  /** Wall-clock time of the network. */
  double seconds() {
    return nanos * 1e-9;
  }
}
