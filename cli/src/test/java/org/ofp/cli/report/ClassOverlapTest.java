// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ofp.models.data.Samples;
import org.ofp.models.metrics.SegmentationMetrics;

class ClassOverlapTest {
  private static final int CLASSES = 5;
  private static final int PIXELS = 2000;

  /** The models' metrics count in another way. */
  @Test
  void agreesWithTheMetrics() {
    SplittableRandom random = new SplittableRandom(5);
    byte[] truth = new byte[PIXELS];
    byte[] found = new byte[PIXELS];
    int[] predicted = new int[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      // Class 4 is never there; a tenth of the pixels does not count.
      truth[i] = (byte) (random.nextInt(10) == 0 ? Samples.IGNORED : random.nextInt(CLASSES - 1));
      predicted[i] = random.nextBoolean() ? truth[i] & 3 : random.nextInt(CLASSES);
      found[i] = (byte) predicted[i];
    }
    SegmentationMetrics metrics = new SegmentationMetrics(CLASSES);
    metrics.add(truth, 0, predicted, 0, PIXELS);
    ClassOverlap overlap = ClassOverlap.ofTruth(truth, found, CLASSES);
    // Both divide the same counts: they differ by a rounding of percent.
    assertEquals(metrics.pixelAccuracy(), 100 * overlap.agreement(), 1e-10);
    assertEquals(metrics.mIoU(), 100 * overlap.meanIou(), 1e-10);
    for (int c = 0; c < CLASSES; c++) {
      assertEquals(metrics.iou(c), 100 * overlap.iou(c), 1e-10);
      assertEquals(metrics.accuracy(c), 100 * overlap.recall(c), 1e-10);
    }
    assertTrue(Double.isNaN(overlap.recall(CLASSES - 1)));
  }

  @Test
  void class255CountsUnlessItIsATruth() {
    byte[] map = {(byte) 255, 0};
    assertEquals(0.5, ClassOverlap.of(map, map, 256).share(255));
    assertEquals(1, ClassOverlap.ofTruth(map, new byte[2], 2).share(0));
  }

  @Test
  void noDifferenceIsLostOnACoarserGrid() {
    byte[] reference = new byte[30 * 20];
    byte[] other = reference.clone();
    other[7 * 30 + 22] = 1;
    reference[3] = (byte) 255;
    boolean[] expected = new boolean[6];
    expected[0 * 3 + 2] = true;
    assertArrayEquals(
        expected,
        new ClassMap(30, 20, other).differences(new ClassMap(30, 20, reference), 255, 3, 2));
    expected[0] = true;
    assertArrayEquals(
        expected,
        new ClassMap(30, 20, other).differences(new ClassMap(30, 20, reference), -1, 3, 2));
  }
}
