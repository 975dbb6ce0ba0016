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
 * MetricsCsv}), and a TensorBoard event file, begun with the first step.
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
  private final InstantSource clock;
  private final List<EpochRecord> epochs;

  /** Null until training starts: one that is refused, or had ended, leaves no file. */
  private EventFile events;

  private double lossSum;
  private int lossCount;

  private TrainingLog(Path folder, InstantSource clock, List<EpochRecord> earlier) {
    this.folder = folder;
    this.clock = clock;
    epochs = new ArrayList<>(earlier);
  }

  /**
   * A log of a training, or of what is left of it. The table is written at once where there are
   * epochs: it lacks the latest if the process died between its checkpoint and its row.
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
    TrainingLog log = new TrainingLog(folder, clock, earlier);
    if (!earlier.isEmpty()) {
      log.writeTable();
    }
    return log;
  }

  @Override
  public void started(int epoch, int step, int stepsPerEpoch) {
    long done = (epoch - 1L) * stepsPerEpoch + step;
    writing(
        () -> {
          events = EventFile.create(folder, clock);
          events.restartedAt(done + 1); // also from 0: an earlier session may have written steps
        });
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
          writeTable();
        });
  }

  @Override
  public void close() throws IOException {
    if (events != null) {
      events.close();
    }
  }

  private void writeTable() throws IOException {
    MetricsCsv.write(folder.resolve(CSV), epochs);
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
