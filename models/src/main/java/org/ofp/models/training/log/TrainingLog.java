// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingListener;

/**
 * Writes down how training goes: {@code metrics.csv}, rewritten after every epoch (see {@link
 * MetricsCsv}), and a TensorBoard event file.
 *
 * <p>TensorBoard's tags, over training steps: {@code loss/step}, the mean training loss of every
 * ten steps; after every epoch {@code loss/train}, {@code loss/validation}, {@code metrics/mIoU},
 * {@code metrics/pixelAccuracy}, {@code metrics/classAccuracy}, {@code metrics/datasetMIoU} in
 * percent, and {@code samplesPerSecond}.
 *
 * <p>Its methods throw {@link UnusableFileException} if a file cannot be written: training is
 * better stopped than carried on unseen, since it can be resumed.
 */
public final class TrainingLog implements TrainingListener, Closeable {
  /** Name of the table in the folder. */
  public static final String CSV = "metrics.csv";

  private static final int STEPS_PER_POINT = 10;

  private final Path folder;
  private final EventFile events;
  private final List<EpochRecord> epochs;
  private double lossSum;
  private int lossCount;

  private TrainingLog(Path folder, EventFile events, List<EpochRecord> earlier) {
    this.folder = folder;
    this.events = events;
    epochs = new ArrayList<>(earlier);
  }

  /**
   * A log of a training, or of what is left of it.
   *
   * @param folder that exists
   * @param earlier the epochs that are done already, in order; empty for a new training
   * @throws IOException if the folder cannot be written to
   */
  public static TrainingLog open(Path folder, List<EpochRecord> earlier) throws IOException {
    return open(folder, earlier, InstantSource.system());
  }

  static TrainingLog open(Path folder, List<EpochRecord> earlier, InstantSource clock)
      throws IOException {
    return new TrainingLog(folder, EventFile.create(folder, clock), earlier);
  }

  @Override
  public void started(int epoch, int step, int stepsPerEpoch) {
    long done = (epoch - 1L) * stepsPerEpoch + step;
    if (done > 0) {
      writing(() -> events.restartedAt(done + 1));
    }
  }

  @Override
  public void stepped(int epoch, int step, long globalStep, double loss) {
    lossSum += loss;
    lossCount++;
    if (globalStep % STEPS_PER_POINT == 0) {
      double mean = lossSum / lossCount;
      lossSum = 0;
      lossCount = 0;
      writing(() -> events.scalars(globalStep, Map.of("loss/step", mean)));
    }
  }

  @Override
  public void finished(EpochRecord epoch, long globalStep, boolean best) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/train", epoch.trainingLoss());
    values.put("loss/validation", epoch.validationLoss());
    values.put("metrics/mIoU", epoch.mIoU());
    values.put("metrics/pixelAccuracy", epoch.pixelAccuracy());
    values.put("metrics/classAccuracy", epoch.classAccuracy());
    values.put("metrics/datasetMIoU", epoch.datasetMIoU());
    values.put("samplesPerSecond", epoch.samplesPerSecond());
    epochs.add(epoch);
    writing(
        () -> {
          events.scalars(globalStep, values);
          MetricsCsv.write(folder.resolve(CSV), epochs);
        });
  }

  @Override
  public void close() throws IOException {
    events.close();
  }

  private void writing(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UnusableFileException(
          folder
              + ": the log of the training cannot be written ("
              + e.getMessage()
              + "); mend that and resume the training",
          e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }
}
