// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.term.Terminal;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Augmentation;
import org.ofp.models.data.Batch;
import org.ofp.models.data.BatchLoader;
import org.ofp.models.data.Samples;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.LogitsComparison;

/**
 * A network's run over samples, and its electronic twin's where they are to be compared. A sample's
 * number keys the noise of a simulated device, so that a run can be repeated.
 */
public final class Evaluation {
  private final Evaluator network;
  private final Optional<Evaluator> reference;
  private final int classes;
  private int samples;
  private double agreement;
  private double snrDb;

  /**
   * @param engine that {@code model} was made with
   * @param electronic that {@code twin} was made with
   * @param twin the same network, to compare with
   */
  public Evaluation(
      Engine engine, SegmentationModel model, Engine electronic, Optional<SegmentationModel> twin) {
    network = new Evaluator(engine, model);
    reference = twin.map(other -> new Evaluator(electronic, other));
    classes = model.classes();
  }

  /**
   * Runs over all samples, in order.
   *
   * @param firstImage the first sample's number
   * @param stop ends that early
   */
  public void run(Samples all, long firstImage, int batchSize, Terminal terminal, StopSignal stop) {
    int[] order = IntStream.range(0, all.size()).toArray();
    try (BatchLoader loader = BatchLoader.start(all, order, batchSize, 0, Augmentation.none());
        Progress progress = Progress.start(terminal, "samples", all.size())) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        stop.check();
        add(batch, firstImage + samples, all);
        progress.reach(samples);
      }
    }
  }

  private void add(Batch batch, long firstImage, Samples all) {
    IntFunction<String> name = i -> all.name(samples + i);
    List<float[]> logits = network.add(batch, firstImage, name);
    if (reference.isPresent()) {
      List<float[]> exact = reference.get().add(batch, firstImage, name);
      for (int i = 0; i < logits.size(); i++) {
        LogitsComparison comparison = LogitsComparison.of(exact.get(i), logits.get(i), classes);
        agreement += comparison.agreement();
        snrDb += comparison.snrDb();
      }
    }
    samples += batch.size();
  }

  /** How well the network did. */
  public Figures figures(ClassPalette palette) {
    return Figures.of(network.metrics(), palette);
  }

  /** How well its electronic twin did. */
  public Optional<Figures> electronicFigures(ClassPalette palette) {
    return reference.map(twin -> Figures.of(twin.metrics(), palette));
  }

  /** Share of pixels in which both give the same class, mean over the samples. */
  public Optional<Double> agreement() {
    return reference.map(twin -> agreement / samples);
  }

  /** Signal-to-noise ratio of the network's logits against its twin's, mean over the samples. */
  public Optional<Double> logitsSnrDb() {
    return reference.map(twin -> snrDb / samples);
  }

  /** Wall-clock time of the network. */
  public double seconds() {
    return network.seconds();
  }

  /** Wall-clock time of its electronic twin. */
  public Optional<Double> electronicSeconds() {
    return reference.map(Evaluator::seconds);
  }
}
