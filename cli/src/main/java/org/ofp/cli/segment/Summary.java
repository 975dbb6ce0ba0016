// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.PeakMemory;
import org.ofp.models.io.AtomicFile;

/**
 * What came of all images: {@code summary.json} and what {@code --json} prints. Times and frames
 * are sums over the images, agreement and signal-to-noise ratio are means.
 *
 * @param model the network
 * @param weights the file of its weights, or {@code shipped}; null if it is untrained
 * @param warning why the masks mean nothing; null if they do
 * @param device address of the device, or none
 * @param images what was found
 * @param failed images that could not be read or segmented
 * @param pending images whose turn has not come
 * @param truth how well all masks together agree with the ground truth; null where none was given
 */
public record Summary(
    String model,
    String weights,
    String warning,
    String device,
    List<ImageReport> images,
    List<FailedImage> failed,
    List<Path> pending,
    long frames,
    Double deviceSeconds,
    Double deviceBusySeconds,
    Double electronicSeconds,
    Double agreement,
    Double logitsSnrDb,
    TruthScores truth,
    Long peakRssBytes) {
  static final String FILE = "summary.json";

  /** The page for people beside it: of the one picture, or the overview of several. */
  public static final String PAGE = "report.html";

  /** An image of which nothing came, and why. */
  public record FailedImage(Path image, String reason) {}

  /**
   * What all images have in common.
   *
   * @param model the network
   * @param weights the file of its weights, or {@code shipped}; null if it is untrained
   * @param warning why the masks mean nothing; null if they do
   * @param device address of the device, or none
   */
  public record Setup(String model, String weights, String warning, String device) {}

  /** Sums up. */
  public static Summary of(
      Setup setup,
      List<ImageReport> images,
      List<FailedImage> failed,
      List<Path> pending,
      Optional<TruthScores> truth) {
    return new Summary(
        setup.model,
        setup.weights,
        setup.warning,
        setup.device,
        List.copyOf(images),
        List.copyOf(failed),
        List.copyOf(pending),
        images.stream().mapToLong(ImageReport::frames).sum(),
        sum(images, ImageReport::deviceSeconds),
        sum(images, ImageReport::deviceBusySeconds),
        sum(images, ImageReport::electronicSeconds),
        mean(images, ImageReport::agreement),
        mean(images, ImageReport::logitsSnrDb),
        truth.orElse(null),
        PeakMemory.bytes().stream().boxed().findFirst().orElse(null));
  }

  /** Writes the summary as JSON. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, out -> JsonOutput.write(out, this));
  }

  private static Double sum(List<ImageReport> images, Function<ImageReport, Double> figure) {
    DoubleSummaryStatistics figures = figures(images, figure);
    return figures.getCount() == 0 ? null : (Double) figures.getSum();
  }

  private static Double mean(List<ImageReport> images, Function<ImageReport, Double> figure) {
    DoubleSummaryStatistics figures = figures(images, figure);
    return figures.getCount() == 0 ? null : (Double) figures.getAverage();
  }

  private static DoubleSummaryStatistics figures(
      List<ImageReport> images, Function<ImageReport, Double> figure) {
    return images.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }
}
