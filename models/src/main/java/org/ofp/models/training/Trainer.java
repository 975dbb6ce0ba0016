// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Augmentation;
import org.ofp.models.data.Batch;
import org.ofp.models.data.BatchLoader;
import org.ofp.models.data.Samples;
import org.ofp.models.data.Shuffle;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Trains a model, epoch by epoch, until the validation mIoU no longer rises, and keeps checkpoints
 * in a folder, so that a training which is killed at any moment can be resumed.
 *
 * <p>What a step does is a pure function of the parameters, Adam's moments, the options and the
 * step's number: the order of the samples and their augmentation depend on seed and epoch,
 * stochastic depth and a simulated device's noise on the image's number, which is (epoch − 1) ·
 * samples + its place in the epoch. (Validation samples are numbered from {@link
 * #FIRST_VALIDATION_IMAGE} on, in every epoch alike. Past 2¹⁹ images of training their numbers meet
 * those, and after 2²⁰ a device takes them for the first again: that correlates the noise of images
 * that share a number, and changes nothing else.) So a resumed training ends with the same weights,
 * bit for bit, as one that was not interrupted, on the same machine with as many threads. (That of
 * libtorch's BLAS is one as soon as a device's kernels are loaded, for the whole process.) That
 * does not hold on a device whose readings depend on its past, as a bench that drifts or settles
 * ({@link org.ofp.device.Determinism#NONE}): its time begins anew when training is resumed. Where
 * the convolutions run is not compared when it is resumed: a training may begin electronically and
 * go on on a device.
 *
 * <p>Where gradients come from is the context's {@link OpticalContext#gradients}.
 *
 * <p>Not thread-safe; runs on the caller's thread, {@link BatchLoader} beside it.
 */
public final class Trainer {
  /**
   * The number of the first validation image, the same in every epoch: half-way through the numbers
   * that {@link org.ofp.device.FrameId} tells apart. Those of training images begin at 0.
   */
  public static final long FIRST_VALIDATION_IMAGE = 1L << 19;

  private final SegmentationModel model;
  private final TrainingData data;
  private final TrainingOptions options;
  private final TrainingStep trainingStep;
  private final Validation validation;
  private final Checkpoint checkpoint;
  private final StateFile tensors;
  private final Map<String, String> identity;
  private final int stepsPerEpoch;
  private TrainingState state = TrainingState.initial();
  private long checkpointNanos;

  /**
   * A training yet to be run.
   *
   * @param model made with {@code context}; its present weights are what a new training begins with
   * @param folder for checkpoints and weights; made if it is not there
   * @throws TrainingException if there are no samples, their classes are not the model's, or they
   *     are too large for a batch ({@link Batch#requireRoom})
   */
  public Trainer(
      SegmentationModel model,
      OpticalContext context,
      TrainingData data,
      TrainingOptions options,
      Path folder) {
    requireFit(model, data);
    requireRoom(data.training(), options);
    requireRoom(data.validation(), options);
    this.model = model;
    this.data = data;
    this.options = options;
    Adam adam = new Adam(model.parameters());
    trainingStep = new TrainingStep(model, context, options.loss(), data.classWeights(), adam);
    validation = new Validation(model, context, data, options);
    checkpoint = new Checkpoint(folder);
    tensors = new StateFile(model.parameters(), adam);
    identity = TrainingIdentity.of(model, data, options);
    stepsPerEpoch = (data.training().size() - 1) / options.batchSize() + 1;
  }

  private static void requireFit(SegmentationModel model, TrainingData data) {
    String problem = null;
    if (data.training().size() == 0) {
      problem = "there are no training samples: add pictures, or leave more of them for training";
    } else if (data.validation().size() == 0) {
      problem =
          "there are no validation samples, and nothing to tell when to stop: add pictures, or"
              + " leave more of them for validation";
    } else if (data.classes() != model.classes()) {
      problem =
          String.format(
              "the data have %d classes, the model %d: make the model with %d",
              data.classes(), model.classes(), data.classes());
    }
    if (problem != null) {
      throw new TrainingException(TrainingException.Reason.SETTINGS, problem);
    }
  }

  private static void requireRoom(Samples samples, TrainingOptions options) {
    try {
      Batch.requireRoom(Math.min(options.batchSize(), samples.size()), samples.side());
    } catch (IllegalArgumentException e) {
      throw new TrainingException(TrainingException.Reason.SETTINGS, e.getMessage(), e);
    }
  }

  /** Whether a folder has a training that can be resumed. */
  public static boolean hasCheckpoint(Path folder) {
    return new Checkpoint(folder).exists();
  }

  /**
   * Checks that a training can begin in a folder, as {@link #run} does: there is no other one in
   * it, nor weights of one.
   *
   * @throws TrainingException if it cannot
   */
  public static void requireFresh(Path folder) {
    new Checkpoint(folder).requireFresh();
  }

  /** The epochs that the training in a folder has done; empty if there is no training in it. */
  public static List<EpochRecord> epochsDone(Path folder) {
    Checkpoint checkpoint = new Checkpoint(folder);
    return checkpoint.exists() ? checkpoint.read().progress().epochs() : List.of();
  }

  /**
   * Trains to the end. The model then has the weights of the last epoch and is in evaluation mode.
   * A training that had ended before gives its result at once, unless the options allow more epochs
   * or patience now than they did then.
   *
   * @param resume whether to go on with the training in the folder, which must have one; otherwise
   *     it must have none. All options but the epochs, the patience and the time to a checkpoint,
   *     and model and data, must be those it began with; under {@link RateSchedule#COSINE}, which
   *     falls to the last epoch, the number of epochs too
   * @param listener told of progress, on this thread; what it throws ends the training
   * @throws TrainingException if the training in the folder is another one, the loss is not finite,
   *     or the folder cannot be written
   * @throws org.ofp.models.io.UnusableFileException if the checkpoint is damaged
   * @throws org.ofp.device.DeviceException if the device fails
   */
  public TrainingResult run(boolean resume, TrainingListener listener) {
    if (resume) {
      resume();
    } else {
      checkpoint.begin();
      writeCheckpoint();
    }
    if (state.stop(options).isEmpty()) {
      listener.started(state.epoch(), state.step(), stepsPerEpoch);
    }
    checkpointNanos = System.nanoTime();
    try {
      while (state.stop(options).isEmpty()) {
        runEpoch(listener);
      }
    } finally {
      model.train(false);
    }
    return new TrainingResult(
        state.epochs(),
        state.best().orElseThrow(),
        state.stop(options).orElseThrow(),
        checkpoint.best(),
        checkpoint.last());
  }

  private void resume() {
    Checkpoint.Contents contents = checkpoint.read();
    TrainingIdentity.require(identity, contents.training(), checkpoint.folder());
    checkpoint.requireStep(contents, stepsPerEpoch);
    state = contents.progress();
    checkpoint.restore(contents, tensors);
  }

  private void runEpoch(TrainingListener listener) {
    long start = System.nanoTime();
    double before = state.seconds();
    EpochSpeed speed = runSteps(listener, before, start);
    Validation.Outcome outcome =
        validation.run(done -> listener.validating(state.epoch(), done, data.validation().size()));
    requireFinite(outcome.loss(), "the validation loss after epoch " + state.epoch());
    SegmentationMetrics metrics = outcome.metrics();
    if (Double.isNaN(metrics.mIoU())) {
      throw new TrainingException(
          TrainingException.Reason.SETTINGS,
          "no pixel of the validation samples has a class, and nothing tells which epoch is best:"
              + " validate on pictures with labels");
    }
    EpochRecord record =
        new EpochRecord(
            state.epoch(),
            state.lossSum() / stepsPerEpoch,
            outcome.loss(),
            metrics.pixelAccuracy(),
            metrics.classAccuracy(),
            metrics.mIoU(),
            metrics.datasetMIoU(),
            before + secondsSince(start),
            speed.samplesPerSecond(),
            speed.waitSeconds());
    state = state.after(record);
    boolean best = state.best().orElseThrow().equals(record);
    if (best) {
      checkpoint.save(model, checkpoint.best());
    }
    checkpoint.save(model, checkpoint.last());
    writeCheckpoint();
    listener.finished(record, steps(), best);
  }

  /** How fast the steps of an epoch were in this session; 0 samples per second if none was left. */
  private record EpochSpeed(double samplesPerSecond, double waitSeconds) {}

  private EpochSpeed runSteps(TrainingListener listener, double before, long start) {
    int epoch = state.epoch();
    int size = data.training().size();
    int[] order = Shuffle.order(size, options.seed(), epoch);
    Augmentation augmentation =
        options.augment() ? Augmentation.flipsAndTurns(options.seed(), epoch) : Augmentation.none();
    model.train(true);
    long samples = 0;
    double seconds = 0;
    try (BatchLoader loader =
        BatchLoader.start(
            data.training(), order, options.batchSize(), state.step(), augmentation)) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        int first = state.step() * options.batchSize();
        Labels.require(batch, data.training(), order, first, model.classes());
        long stepStart = System.nanoTime();
        double loss = runStep(batch, (epoch - 1L) * size + first);
        seconds += secondsSince(stepStart);
        samples += batch.size();
        listener.stepped(epoch, state.step(), steps() + 1, loss);
        state =
            state.within(state.step() + 1, state.lossSum() + loss, before + secondsSince(start));
        if (state.step() < stepsPerEpoch && checkpointIsDue()) {
          writeCheckpoint();
        }
      }
      return new EpochSpeed(samples == 0 ? 0 : samples / seconds, loader.waitSeconds());
    }
  }

  private double runStep(Batch batch, long firstImage) {
    long number = steps() + 1;
    TrainingStep.Outcome outcome = trainingStep.run(batch, firstImage, number, rate(number));
    String where = " in epoch " + state.epoch() + ", step " + (state.step() + 1);
    requireFinite(outcome.loss(), "the loss" + where);
    requireFinite(
        outcome.gradientNorm(),
        "the norm of the gradients, at a loss of " + outcome.loss() + where);
    return outcome.loss();
  }

  private double rate(long step) {
    long steps = (long) options.epochs() * stepsPerEpoch;
    return options.learningRate() * options.schedule().factor(step, steps);
  }

  private void requireFinite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new TrainingException(
          TrainingException.Reason.DIVERGED,
          String.format(
              "%s is %s; the checkpoint and the best weights in %s are those of before: train anew"
                  + " in another folder with a lower learning rate than %s%s",
              what,
              value,
              checkpoint.folder(),
              options.learningRate(),
              options.loss() == LossKind.DICE ? ", or with cross-entropy instead of dice" : ""));
    }
  }

  /** Steps since the beginning of training. */
  private long steps() {
    return (state.epoch() - 1L) * stepsPerEpoch + state.step();
  }

  private boolean checkpointIsDue() {
    Duration since = Duration.ofNanos(System.nanoTime() - checkpointNanos);
    return since.compareTo(options.checkpointEvery()) >= 0; // which may be too long for nanoseconds
  }

  private void writeCheckpoint() {
    checkpoint.write(identity, state, steps(), tensors);
    checkpointNanos = System.nanoTime();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
