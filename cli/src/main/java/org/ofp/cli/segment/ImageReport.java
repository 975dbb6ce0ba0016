// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found in one image, in the names of {@code summary.json}.
 *
 * @param image the file
 * @param rows rows of the mask
 * @param cols columns of the mask
 * @param classes those found, the most frequent first
 * @param files what was written
 * @param frames frames shown on the device
 * @param deviceSeconds wall-clock time of the network on the device; null without one
 * @param deviceBusySeconds how long the device itself was busy, or the bench would have been
 * @param electronicSeconds wall-clock time of the network in libtorch; null where it was not run
 * @param agreement share of pixels in which both give the same class; null unless compared
 * @param logitsSnrDb of the device's logits against libtorch's; null unless compared
 * @param firstImage number of the first tile, which keys the noise of a simulated device; the
 *     others count on
 * @param tiles in which it went through the network
 * @param truth how well the classes agree with the ground truth; null where none was given
 */
public record ImageReport(
    Path image,
    int rows,
    int cols,
    List<ClassShare> classes,
    OutputFiles files,
    long frames,
    Double deviceSeconds,
    double deviceBusySeconds,
    Double electronicSeconds,
    Double agreement,
    Double logitsSnrDb,
    long firstImage,
    int tiles,
    TruthScores truth) {

  /**
   * How much of an image a class has.
   *
   * @param index of the class
   * @param name for people
   * @param colour in the mask, {@code #rrggbb}
   * @param share of the pixels, above 0 to 1
   */
  public record ClassShare(int index, String name, String colour, double share) {}
}
