// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.term.Terminal;
import org.ofp.models.FloatTensors;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.data.Samples;
import org.ofp.models.evaluation.EvaluatedNetwork;
import org.ofp.models.evaluation.EvaluationListener;
import org.ofp.models.evaluation.Evaluator;
import org.ofp.models.evaluation.UndefinedOutputException;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.LogitsComparison;

/**
 * A network's run over samples, and its electronic twin's where they are to be compared. A sample's
 * number keys the noise of a simulated device, so that a run can be repeated.
 */
public final class Evaluation {
  private final EvaluatedNetwork network;
  private final Optional<EvaluatedNetwork> reference;
  private final int classCount;
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
    network = new EvaluatedNetwork(model, engine.context());
    reference = twin.map(other -> new EvaluatedNetwork(other, electronic.context()));
    classCount = model.classes();
  }

  /**
   * Runs over all samples, in order.
   *
   * @param firstImage the first sample's number
   * @param stop ends that early
   * @throws CliException if a logit is NaN
   */
  public void run(Samples all, long firstImage, int batchSize, Terminal terminal, StopSignal stop) {
    List<EvaluatedNetwork> networks =
        Stream.concat(Stream.of(network), reference.stream()).toList();
    try (Progress progress = Progress.start(terminal, "samples", all.size())) {
      Evaluator.run(all, firstImage, batchSize, networks, new Comparison(progress, stop));
    } catch (UndefinedOutputException e) {
      throw CliException.failure(
          e.sample() + ": the network's output is not a number; check --weights", e);
    }
  }

  private final class Comparison implements EvaluationListener {
    private final Progress progress;
    private final StopSignal stop;

    Comparison(Progress progress, StopSignal stop) {
      this.progress = progress;
      this.stop = stop;
    }

    @Override
    public void starting(Batch batch, int first) {
      stop.check();
    }

    @Override
    public void finished(Batch batch, int first, List<Tensor> logits) {
      if (reference.isPresent()) {
        for (int i = 0; i < batch.size(); i++) {
          LogitsComparison comparison =
              LogitsComparison.of(values(logits.get(1), i), values(logits.get(0), i), classCount);
          agreement += comparison.agreement();
          snrDb += comparison.snrDb();
        }
      }
      samples = first + batch.size();
      progress.reach(samples);
    }
  }

  private static float[] values(Tensor logits, long image) {
    return FloatTensors.values(logits.select(0, image));
  }

  /** How well the network and its twin did. */
  public Outcome outcome(ClassPalette classes) {
    return Outcome.of(network, reference, classes);
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
    return reference.map(EvaluatedNetwork::seconds);
  }
}
