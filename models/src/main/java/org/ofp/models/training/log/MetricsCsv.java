// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.training.EpochRecord;

/**
 * The epochs of a training as a table: RFC 4180, UTF-8, a line of column names, one row per epoch,
 * numbers with all their digits and a decimal point.
 *
 * <p>Columns, as in {@link EpochRecord}: {@code epoch}; {@code training_loss}, {@code
 * validation_loss}; {@code pixel_accuracy}, {@code class_accuracy}, {@code miou}, {@code
 * dataset_miou} in percent; {@code seconds}; {@code samples_per_second}; {@code wait_seconds}.
 */
public final class MetricsCsv {
  private static final String END_OF_LINE = "\r\n";

  private static final String COLUMNS =
      "epoch,training_loss,validation_loss,pixel_accuracy,class_accuracy,miou,dataset_miou,"
          + "seconds,samples_per_second,wait_seconds";

  private MetricsCsv() {}

  /**
   * Writes all epochs, atomically.
   *
   * @throws IOException if writing fails; the file is left as it was
   */
  public static void write(Path file, List<EpochRecord> epochs) throws IOException {
    String table =
        Stream.concat(Stream.of(COLUMNS), epochs.stream().map(MetricsCsv::row))
            .collect(Collectors.joining(END_OF_LINE, "", END_OF_LINE));
    AtomicFile.write(file, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
  }

  private static String row(EpochRecord epoch) {
    return Stream.of(
            epoch.epoch(),
            epoch.trainingLoss(),
            epoch.validationLoss(),
            epoch.pixelAccuracy(),
            epoch.classAccuracy(),
            epoch.mIoU(),
            epoch.datasetMIoU(),
            epoch.seconds(),
            epoch.samplesPerSecond(),
            epoch.waitSeconds())
        .map(Number::toString)
        .collect(Collectors.joining(","));
  }
}
