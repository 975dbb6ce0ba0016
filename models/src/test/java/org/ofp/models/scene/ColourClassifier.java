// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import org.ofp.models.image.ClassPalette;

/**
 * The best that can be told from a pixel's colour alone: the colours in 16³ boxes, in each box the
 * class that is commonest there. Balanced, a class counts by its share of its own pixels to some
 * power, which helps the rare ones.
 */
final class ColourClassifier {
  private static final int CLASSES = ClassPalette.DRONE.size();
  private static final int BOXES = 1 << 12;

  private final int[] classOf = new int[BOXES];

  /**
   * Learns from all pixels of some pictures.
   *
   * @param balance 0: the commonest class of all pixels; 1: classes as if all were equally common
   */
  ColourClassifier(LabelledPicture[] pictures, double balance) {
    double[][] counts = new double[BOXES][CLASSES];
    double[] totals = new double[CLASSES];
    for (LabelledPicture picture : pictures) {
      for (int i = 0; i < picture.rgb().length; i++) {
        counts[box(picture.rgb()[i])][picture.labels()[i]]++;
        totals[picture.labels()[i]]++;
      }
    }
    for (int box = 0; box < BOXES; box++) {
      double best = -1;
      for (int c = 0; c < CLASSES; c++) {
        double weight = counts[box][c] / Math.pow(Math.max(1, totals[c]), balance);
        if (weight > best) {
          best = weight;
          classOf[box] = c;
        }
      }
    }
  }

  /**
   * The article's mIoU in percent: intersection over union, averaged over all pairs of a picture
   * and a class that its mask has.
   */
  double meanIou(LabelledPicture[] pictures) {
    double sum = 0;
    int pairs = 0;
    for (LabelledPicture picture : pictures) {
      int[] both = new int[CLASSES];
      int[] either = new int[CLASSES];
      boolean[] there = new boolean[CLASSES];
      for (int i = 0; i < picture.rgb().length; i++) {
        int label = picture.labels()[i];
        int predicted = classOf[box(picture.rgb()[i])];
        there[label] = true;
        either[label]++;
        if (predicted == label) {
          both[label]++;
        } else {
          either[predicted]++;
        }
      }
      for (int c = 0; c < CLASSES; c++) {
        if (there[c]) {
          sum += (double) both[c] / either[c];
          pairs++;
        }
      }
    }
    return 100 * sum / pairs;
  }

  private static int box(int rgb) {
    return ((rgb >> 12) & 0xF00) | ((rgb >> 8) & 0xF0) | ((rgb >> 4) & 0xF);
  }
}
