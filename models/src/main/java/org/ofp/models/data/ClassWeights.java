// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Weights of classes by median frequency: rare classes count more. The frequency of a class is its
 * pixels over all pixels of the samples that contain it; its weight is the median of the
 * frequencies of all classes that occur, over its own. A class that does not occur has weight 0.
 * Ignored pixels are not counted.
 *
 * <p>Reference: D. Eigen, R. Fergus, "Predicting depth, surface normals and semantic labels with a
 * common multi-scale convolutional architecture", ICCV 2015.
 */
public final class ClassWeights {
  private static final int VALUES = 256;

  private ClassWeights() {}

  /**
   * Reads all samples and weighs the classes.
   *
   * @param classes number of classes, 1 to 255
   * @return one weight per class
   */
  public static double[] medianFrequency(Samples samples, int classes) {
    int pixels = samples.side() * samples.side();
    return medianFrequency(
        IntStream.range(0, samples.size())
            .parallel()
            .mapToObj(
                i -> {
                  byte[] labels = new byte[pixels];
                  samples.read(i, new int[pixels], labels);
                  return histogram(labels);
                })
            .toList(),
        classes);
  }

  /** How often each label occurs. */
  static int[] histogram(byte[] labels) {
    int[] histogram = new int[VALUES];
    for (byte label : labels) {
      histogram[label & 0xFF]++;
    }
    return histogram;
  }

  /** The same by the histograms of the samples. */
  static double[] medianFrequency(List<int[]> histograms, int classes) {
    double[] frequencies = new double[classes];
    for (int c = 0; c < classes; c++) {
      long own = 0;
      long all = 0;
      for (int[] histogram : histograms) {
        if (histogram[c] > 0) {
          own += histogram[c];
          all += Arrays.stream(histogram, 0, Samples.IGNORED).sum();
        }
      }
      frequencies[c] = own == 0 ? 0 : (double) own / all;
    }
    double median = median(Arrays.stream(frequencies).filter(f -> f > 0).sorted().toArray());
    return DoubleStream.of(frequencies).map(f -> f == 0 ? 0 : median / f).toArray();
  }

  /** Of sorted values; the mean of the two in the middle where their number is even. */
  private static double median(double[] sorted) {
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
