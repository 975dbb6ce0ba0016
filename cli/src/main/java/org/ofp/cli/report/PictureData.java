// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.List;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.TruthScores;

/**
 * A picture's page for programs: the JSON in its element {@code ofp-report}. Shares are from 0 to
 * 1, times in seconds, energies in joules; what is not known, not compared or infinite is null.
 * Times apart, running the command again gives the same.
 *
 * @param format 1; a change of what is here changes it
 * @param picture what was segmented
 * @param run how
 * @param result what came of it
 * @param layers of the network
 * @param times of this computer
 */
record PictureData(
    int format,
    Picture picture,
    RunSection run,
    Result result,
    List<LayerFacts> layers,
    Times times) {

  /**
   * What was segmented.
   *
   * @param file as given on the command line
   * @param sha256 of the file as it was read
   * @param truthSha256 of the file with its ground truth, likewise; null without one
   * @param width of the picture as it was segmented
   * @param height likewise
   * @param firstImage number that keys a simulated device's noise
   * @param tiles that the picture was cut into
   */
  record Picture(
      String file,
      String sha256,
      String truthSha256,
      int width,
      int height,
      long firstImage,
      int tiles) {}

  /**
   * What came of it.
   *
   * @param classMapSha256 of the class indices, a byte a pixel, row by row
   * @param electronicClassMapSha256 of those found electronically; null unless compared
   * @param frames shown on the device
   * @param agreement share of pixels in which both give the same class; null unless compared
   * @param logitsSnrDb of the device's logits against libtorch's; null unless compared
   * @param truth against the ground truth; null without one
   * @param electronicTruth likewise, of the electronic result
   * @param classes in numbers
   * @param macsElectronic multiply-accumulates if electronics does it all
   * @param macsHybrid those left to electronics
   * @param deviceSeconds expected time of the device
   * @param deviceJoules expected energy of the device
   */
  record Result(
      String classMapSha256,
      String electronicClassMapSha256,
      long frames,
      Double agreement,
      Double logitsSnrDb,
      Truth truth,
      Truth electronicTruth,
      List<ClassRow> classes,
      long macsElectronic,
      long macsHybrid,
      double deviceSeconds,
      double deviceJoules) {}

  /**
   * How well classes agree with the ground truth.
   *
   * @param pixelAccuracy share of the counted pixels that are right
   * @param meanIou mean intersection over union over the classes that are there
   */
  record Truth(double pixelAccuracy, double meanIou) {
    private static final double PERCENT = 100;

    static Truth of(TruthScores scores) {
      return new Truth(scores.pixelAccuracy() / PERCENT, scores.mIoU() / PERCENT);
    }
  }

  /**
   * Wall-clock times; null where the network was not run.
   *
   * @param deviceSeconds of the network on the device
   * @param deviceBusySeconds how long the device itself was busy
   * @param electronicSeconds of the network in libtorch
   */
  record Times(Double deviceSeconds, double deviceBusySeconds, Double electronicSeconds) {

    static Times of(ImageReport report) {
      return new Times(
          report.deviceSeconds(), report.deviceBusySeconds(), report.electronicSeconds());
    }
  }
}
