// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Metrics against a direct transcription of the article's listing, and by hand. */
class SegmentationMetricsTest {
  private static final int RUNS = "full".equals(System.getProperty("ofp.tests")) ? 2000 : 200;
  private static final byte IGNORED = (byte) 255;

  /** The means of at most 400 quotients differ by rounding alone, below 400 · 2⁻⁵³ · 100. */
  private static final double ROUNDING = 1e-10;

  /** A 40×40 square wholly missed in a 400×400 image. */
  @Test
  void aMissedSquareCostsOnePercentOfPixelsButHalfTheIntersection() {
    byte[] labels = new byte[400 * 400];
    for (int y = 100; y < 140; y++) {
      Arrays.fill(labels, y * 400 + 200, y * 400 + 240, (byte) 1);
    }
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(labels, 0, new int[labels.length], 0, labels.length);
    assertEquals(99, metrics.pixelAccuracy(), ROUNDING);
    assertEquals(50, metrics.classAccuracy(), ROUNDING);
    assertEquals(49.5, metrics.mIoU(), ROUNDING);
    assertEquals(49.5, metrics.datasetMIoU(), ROUNDING);
  }

  @Test
  void agreesWithTheListing() {
    for (int seed = 0; seed < RUNS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int classes = 1 + random.nextInt(23);
      int images = 1 + random.nextInt(8);
      int pixels = 1 + random.nextInt(300);
      int[][] labels = new int[images][pixels];
      int[][] predictions = new int[images][pixels];
      SegmentationMetrics metrics = new SegmentationMetrics(classes);
      SegmentationMetrics inBytes = new SegmentationMetrics(classes);
      for (int i = 0; i < images; i++) {
        fill(random, classes, labels[i], predictions[i]);
        SegmentationCounts image = metrics.add(bytes(labels[i]), 0, predictions[i], 0, pixels);
        SegmentationCounts same =
            inBytes.add(bytes(labels[i]), 0, bytes(predictions[i]), 0, pixels);
        assertEquals(image.mIoU(), same.mIoU());
        assertEquals(pixels, image.labelled());
      }
      assertArrayEquals(metrics.confusion(), inBytes.confusion());
      double[] listing = Listing.evaluate(labels, predictions, classes);
      String run = "seed " + seed;
      assertEquals(listing[0], metrics.pixelAccuracy(), ROUNDING, run);
      assertEquals(listing[1], metrics.classAccuracy(), ROUNDING, run);
      assertEquals(listing[2], metrics.mIoU(), ROUNDING, run);
    }
  }

  /** Some classes only, in labels and predictions, which agree in about two thirds. */
  private static void fill(SplittableRandom random, int classes, int[] labels, int[] predictions) {
    int present = 1 + random.nextInt(classes);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(present);
      predictions[i] = random.nextInt(3) > 0 ? labels[i] : random.nextInt(classes);
    }
  }

  /** The listing, image by image and class by class over whole masks. */
  private static final class Listing {
    /** Overall accuracy, class accuracy and mIoU in percent; labels below 0 do not exist. */
    static double[] evaluate(int[][] labels, int[][] predictions, int classes) {
      double equal = 0;
      double elements = 0;
      double accuracySum = 0;
      double unionSum = 0;
      int entries = 0;
      for (int image = 0; image < labels.length; image++) {
        for (int i = 0; i < labels[image].length; i++) {
          equal += labels[image][i] == predictions[image][i] ? 1 : 0;
          elements++;
        }
        for (int semantic = 0; semantic < classes; semantic++) {
          int target = count(labels[image], semantic);
          if (target == 0) {
            continue; // neither list grows
          }
          int intersection = 0;
          for (int i = 0; i < labels[image].length; i++) {
            if (labels[image][i] == semantic && predictions[image][i] == semantic) {
              intersection++;
            }
          }
          int union = count(predictions[image], semantic) + target - intersection;
          accuracySum += (double) intersection / target;
          unionSum += (double) intersection / union;
          entries++;
        }
        // Here the listing appends the mean of an empty list, NaN, which nanmean leaves out.
      }
      return new double[] {
        equal / elements * 100, accuracySum / entries * 100, unionSum / entries * 100
      };
    }

    private static int count(int[] values, int value) {
      return (int) Arrays.stream(values).filter(v -> v == value).count();
    }
  }

  @Test
  void bytesLieAtTheirOffsetsAndAreUnsigned() {
    SegmentationMetrics metrics = new SegmentationMetrics(255);
    metrics.add(new byte[] {9, 0, (byte) 254}, 1, new byte[] {9, 9, 0, (byte) 254}, 2, 2);
    assertEquals(100, metrics.pixelAccuracy());
    assertThrows(
        IllegalArgumentException.class,
        () -> metrics.add(new byte[1], 0, new byte[] {IGNORED}, 0, 1));
  }

  /** A network may tell 256 classes apart, whose last is as good as any other. */
  @Test
  void class255CountsUnlessItIsALabel() {
    byte[] map = {IGNORED, 0};
    SegmentationCounts counts = SegmentationMetrics.ofPredictions(256).add(map, 0, map, 0, 2);
    assertEquals(1, counts.labelled(255));
    assertEquals(2, counts.labelled());
    assertEquals(1, new SegmentationMetrics(2).add(map, 0, new byte[2], 0, 2).labelled());
    assertThrows(
        IllegalArgumentException.class,
        () -> SegmentationMetrics.ofPredictions(2).add(map, 0, new byte[2], 0, 2));
    assertThrows(IllegalArgumentException.class, () -> SegmentationMetrics.ofPredictions(257));
  }

  /** Pixels that are ignored might as well not exist: the union does without them too. */
  @Test
  void ignoredPixelsMightAsWellNotExist() {
    for (int seed = 0; seed < RUNS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] labels = new int[200];
      int[] predictions = new int[200];
      fill(random, 5, labels, predictions);
      byte[] withIgnored = bytes(labels);
      for (int i = 120; i < 200; i++) {
        withIgnored[i] = IGNORED;
      }
      SegmentationMetrics metrics = new SegmentationMetrics(5);
      metrics.add(withIgnored, 0, predictions, 0, 200);
      SegmentationMetrics without = new SegmentationMetrics(5);
      without.add(bytes(labels), 0, predictions, 0, 120);
      assertSame(without, metrics, "seed " + seed);
    }
  }

  /** With the ignored pixel in the union, class 0 would have half. */
  @Test
  void whatIsPredictedAtIgnoredPixelsIsInNoUnion() {
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(new byte[] {0, IGNORED}, 0, new int[] {0, 0}, 0, 2);
    assertEquals(100, metrics.mIoU(), ROUNDING);
    assertEquals(100, metrics.datasetMIoU(), ROUNDING);
    assertEquals(100, metrics.pixelAccuracy(), ROUNDING);
  }

  @Test
  void offsetsPickTheImage() {
    byte[] labels = {9, 0, 1, 1, 9};
    int[] predicted = {9, 9, 0, 1, 0};
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(labels, 1, predicted, 2, 3);
    SegmentationMetrics plain = new SegmentationMetrics(2);
    plain.add(new byte[] {0, 1, 1}, 0, new int[] {0, 1, 0}, 0, 3);
    assertSame(plain, metrics, "offsets");
  }

  /** Means over pairs and the data set's differ: by hand for two images of four pixels. */
  @Test
  void theDataSetsIsNotTheMeanOfTheImages() {
    SegmentationMetrics metrics = new SegmentationMetrics(3);
    metrics.add(new byte[] {0, 0, 0, 0}, 0, new int[] {0, 0, 0, 1}, 0, 4);
    metrics.add(new byte[] {0, 1, 1, 1}, 0, new int[] {0, 0, 1, 1}, 0, 4);
    // pairs: class 0: 3/4; class 0: 1/2, class 1: 2/3
    assertEquals(100 * (3. / 4 + 1. / 2 + 2. / 3) / 3, metrics.mIoU(), ROUNDING);
    assertEquals(100 * (3. / 4 + 1 + 2. / 3) / 3, metrics.classAccuracy(), ROUNDING);
    // class 0: 4 of 4 + 1 + 1; class 1: 2 of 2 + 1 + 1; class 2 never occurs
    assertEquals(100 * (4. / 6 + 2. / 4) / 2, metrics.datasetMIoU(), ROUNDING);
    assertEquals(100 * 4. / 6, metrics.iou(0), ROUNDING);
    assertEquals(100 * 4. / 5, metrics.accuracy(0), ROUNDING);
    assertTrue(Double.isNaN(metrics.iou(2)) && Double.isNaN(metrics.accuracy(2)));
    assertArrayEquals(new long[][] {{4, 1, 0}, {1, 2, 0}, {0, 0, 0}}, metrics.confusion());
  }

  @Test
  void aClassThatIsOnlyPredictedCountsInTheDataSetsMeanAlone() {
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(new byte[] {0, 0}, 0, new int[] {0, 1}, 0, 2);
    assertEquals(50, metrics.mIoU(), ROUNDING);
    assertEquals(25, metrics.datasetMIoU(), ROUNDING);
  }

  @Test
  void nothingLabelledIsNotANumber() {
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(new byte[] {IGNORED}, 0, new int[] {1}, 0, 1);
    assertTrue(Double.isNaN(metrics.pixelAccuracy()));
    assertTrue(Double.isNaN(metrics.classAccuracy()));
    assertTrue(Double.isNaN(metrics.mIoU()));
    assertTrue(Double.isNaN(metrics.datasetMIoU()));
  }

  @Test
  void refusesWhatIsNoClassAndDoesNotCountTheImage() {
    SegmentationMetrics metrics = new SegmentationMetrics(2);
    metrics.add(new byte[] {0, 1}, 0, new int[] {0, 0}, 0, 2);
    double before = metrics.mIoU();
    assertThrows(
        IllegalArgumentException.class,
        () -> metrics.add(new byte[] {0, 2}, 0, new int[] {0, 0}, 0, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> metrics.add(new byte[] {0, 0}, 0, new int[] {0, 2}, 0, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> metrics.add(new byte[] {0, 0}, 0, new int[] {-1, 0}, 0, 2));
    assertEquals(before, metrics.mIoU());
    assertEquals(50, metrics.pixelAccuracy(), ROUNDING);
    assertThrows(IllegalArgumentException.class, () -> new SegmentationMetrics(0));
    assertThrows(IllegalArgumentException.class, () -> new SegmentationMetrics(256));
  }

  private static void assertSame(SegmentationMetrics a, SegmentationMetrics b, String run) {
    assertArrayEquals(a.confusion(), b.confusion(), run);
    assertEquals(a.pixelAccuracy(), b.pixelAccuracy(), run);
    assertEquals(a.classAccuracy(), b.classAccuracy(), run);
    assertEquals(a.mIoU(), b.mIoU(), run);
    assertEquals(a.datasetMIoU(), b.datasetMIoU(), run);
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
