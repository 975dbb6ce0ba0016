// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many scenes at 128×128: how often classes occur, how large they are, and that colour is not
 * enough.
 */
class SceneStatisticsTest {
  private static final boolean FULL = "full".equals(System.getProperty("ofp.tests"));
  private static final int COUNT = FULL ? 2000 : 240;
  private static final int SIDE = 128;
  private static final long SEED = 20261123;

  private static LabelledPicture[] scenes;

  @BeforeAll
  static void makeScenes() {
    SceneGenerator generator = SceneGenerator.of(SEED, SceneOptions.of(SIDE));
    scenes =
        IntStream.range(0, COUNT)
            .parallel()
            .mapToObj(generator::scene)
            .toArray(LabelledPicture[]::new);
  }

  /**
   * In percent of the pixels, about as in the Semantic Drone Dataset. The ranges leave room for the
   * chance of 240 scenes: four deviations of a mean, where a class is in a share p of the scenes
   * and covers there a part m ± m, are 4·m·√(2p/240).
   */
  @Test
  void classesAreAsCommonAsTheyShouldBe() {
    double[] percent = new double[SceneClass.values().length];
    for (LabelledPicture scene : scenes) {
      for (byte label : scene.labels()) {
        percent[label] += 100.0 / ((double) COUNT * SIDE * SIDE);
      }
    }
    for (SceneClass c : SceneClass.values()) {
      System.out.printf("%-10s %6.2f %%%n", c, percent[c.label()]);
      double share = percent[c.label()];
      double[] range = range(c);
      assertTrue(share > range[0] && share < range[1], () -> c + " " + share);
    }
    assertEquals(100, Arrays.stream(percent).sum(), 1e-6);
  }

  private static double[] range(SceneClass c) {
    return switch (c) {
      case PAVED_AREA -> new double[] {29, 46};
      case GRASS -> new double[] {15, 30};
      case ROOF, GRAVEL -> new double[] {4, 12};
      case VEGETATION -> new double[] {3, 9};
      case DIRT -> new double[] {2, 9};
      case TREE -> new double[] {1.5, 6};
      case WALL, CAR, OBSTACLE -> new double[] {1, 4.5};
      case WATER, POOL -> new double[] {0.3, 3.5};
      case FENCE, BALD_TREE, ROCKS, WINDOW -> new double[] {0.15, 1.6};
      case UNLABELED, PERSON, FENCE_POLE -> new double[] {0.08, 1};
      case DOG, BICYCLE, AR_MARKER, DOOR -> new double[] {0.01, 0.35};
    };
  }

  /** A class that is there is there with enough pixels to be seen; see {@link Visibility}. */
  @Test
  void noClassIsASliver() {
    int pairs = 0;
    int small = 0;
    for (LabelledPicture scene : scenes) {
      int[] pixels = new int[SceneClass.values().length];
      for (byte label : scene.labels()) {
        pixels[label]++;
      }
      for (int count : pixels) {
        pairs += count > 0 ? 1 : 0;
        small += count > 0 && count < Visibility.LEAST_OF_CLASS ? 1 : 0;
      }
    }
    System.out.printf(
        "%.2f classes a scene, %d of %d pairs below %d pixels%n",
        (double) pairs / COUNT, small, pairs, Visibility.LEAST_OF_CLASS);
    // Leaving out the last thing can uncover another's last pixels; the rounds of that are few.
    assertTrue(small <= 0.005 * pairs, small + " of " + pairs);
    assertTrue(pairs > 5 * COUNT && pairs < 11 * COUNT);
  }

  /** Held out is every fifth scene. The best of several balances counts. */
  @Test
  void colourAloneDoesNotTellTheClasses() {
    LabelledPicture[] training = every(i -> i % 5 != 0);
    LabelledPicture[] heldOut = every(i -> i % 5 == 0);
    for (double balance : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      ColourClassifier classifier = new ColourClassifier(training, balance);
      double mIoU = classifier.meanIou(heldOut);
      System.out.printf(
          "colour alone, balance %.2f: mIoU %.1f (of the training scenes %.1f)%n",
          balance, mIoU, classifier.meanIou(training));
      assertTrue(mIoU < 30, "mIoU " + mIoU);
    }
  }

  /**
   * The classifier does learn where colour is enough: on pictures painted in the classes' colours.
   */
  @Test
  void theColourClassifierFindsWhatColourTells() {
    LabelledPicture[] painted =
        Arrays.stream(scenes)
            .limit(40)
            .map(s -> new LabelledPicture(SIDE, painted(s.labels()), s.labels()))
            .toArray(LabelledPicture[]::new);
    ColourClassifier classifier = new ColourClassifier(painted, 0);
    assertEquals(100, classifier.meanIou(painted), 1e-9);
  }

  private static int[] painted(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> labels[i] * 0x0A1009 & 0xF0F0F0).toArray();
  }

  private static LabelledPicture[] every(IntPredicate chosen) {
    return IntStream.range(0, COUNT)
        .filter(chosen)
        .mapToObj(i -> scenes[i])
        .toArray(LabelledPicture[]::new);
  }
}
