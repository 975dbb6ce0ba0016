// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.models.metrics.SegmentationCounts;
import org.ofp.models.metrics.SegmentationMetrics;

class BootstrapTest {
  private static final boolean FULL = "full".equals(System.getProperty("ofp.tests"));

  /** Of half the width; the percentiles of 2,000 resamples are random themselves, by about 3 %. */
  private static final double MONTE_CARLO = 0.15;

  /**
   * The share of right pixels among pictures of one pixel each is the known 70 %. What the method
   * misses 95 % by was measured with 4,000 runs: 96.3 % are covered with 40 pictures, whose figures
   * come in steps, and 95.6 % with 200.
   */
  @ParameterizedTest
  @CsvSource({"40, 0.015", "200, 0.01"})
  void coversAKnownProportion(int pictures, double ofMethod) {
    int runs = FULL ? 4000 : 400;
    double covered =
        coverage(
            runs,
            random ->
                IntStream.range(0, pictures)
                    .mapToObj(i -> picture(1, random.nextInt(10) < 7 ? 1 : 0))
                    .toList(),
            SegmentationCounts::pixelAccuracy,
            70);
    assertEquals(0.95, covered, ofRuns(runs) + ofMethod, pictures + " pictures");
  }

  /**
   * With few pictures too, of which each has a uniform share of right pixels, 50 % in the mean.
   * Measured as above: 92.2 % (2,000 runs) are covered with 5 pictures, 93.2 % with 6 and 95.3 %
   * with 12. Without Student's correction NumPy finds 87.4 % with 6 and 91.6 % with 12, which these
   * bounds refuse.
   */
  @ParameterizedTest
  @CsvSource({"5, 0.03", "6, 0.02", "12, 0.01"})
  void coversWithFewPictures(int pictures, double ofMethod) {
    int runs = FULL ? 4000 : 2000;
    double covered =
        coverage(
            runs,
            random ->
                IntStream.range(0, pictures)
                    .mapToObj(i -> picture(1000, random.nextInt(1001)))
                    .toList(),
            SegmentationCounts::classAccuracy,
            50);
    assertEquals(0.95, covered, ofRuns(runs) + ofMethod, pictures + " pictures");
  }

  /** Four standard deviations of a share of 95 % in so many runs. */
  private static double ofRuns(int runs) {
    return 4 * Math.sqrt(0.95 * 0.05 / runs);
  }

  /** The share of runs, each with its own pictures, whose interval contains the true value. */
  private static double coverage(
      int runs,
      Function<SplittableRandom, List<SegmentationCounts>> pictures,
      ToDoubleFunction<SegmentationCounts> figure,
      double truth) {
    int covered = 0;
    for (int seed = 0; seed < runs; seed++) {
      List<SegmentationCounts> drawn = pictures.apply(new SplittableRandom(seed));
      Interval interval = new Bootstrap(drawn, seed).interval(figure).orElseThrow();
      if (interval.low() <= truth && truth <= interval.high()) {
        covered++;
      }
    }
    System.out.printf(
        "covered: %.4f of runs with seeds 0 to %d%n", (double) covered / runs, runs - 1);
    return (double) covered / runs;
  }

  /** Its width is that of the t interval of a mean, if the figure is one. */
  @Test
  void isAsWideAsTheIntervalOfAMean() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 30;
    double[] right = random.doubles(n, 0.2, 0.9).map(share -> Math.rint(1000 * share)).toArray();
    double mean = Arrays.stream(right).average().orElseThrow() / 10;
    double squares = Arrays.stream(right).map(r -> (r / 10 - mean) * (r / 10 - mean)).sum();
    double half = 2.0452296 * Math.sqrt(squares / (n - 1) / n); // t, 29 degrees of freedom
    List<SegmentationCounts> pictures =
        Arrays.stream(right).mapToObj(r -> picture(1000, (int) r)).toList();
    Interval interval =
        new Bootstrap(pictures, 1).interval(SegmentationCounts::pixelAccuracy).orElseThrow();
    assertEquals(mean - half, interval.low(), MONTE_CARLO * half);
    assertEquals(mean + half, interval.high(), MONTE_CARLO * half);
  }

  @Test
  void twoRunsThatAreAlikeDifferByNothing() {
    List<SegmentationCounts> pictures = pictures(10, 1);
    Bootstrap one = new Bootstrap(pictures, 3);
    Bootstrap other = new Bootstrap(pictures(10, 1), 3);
    for (ToDoubleFunction<SegmentationCounts> figure : figures()) {
      assertEquals(Optional.of(new Interval(0, 0)), one.difference(other, figure));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> one.difference(new Bootstrap(pictures(9, 1), 3), SegmentationCounts::pixelAccuracy));
  }

  /** A network that is worse by about a hundredth in every picture, which vary far more. */
  @Test
  void pairsTellSmallDifferencesThatPicturesApartDoNot() {
    SplittableRandom random = new SplittableRandom(8);
    List<SegmentationCounts> better = new ArrayList<>();
    List<SegmentationCounts> worse = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int right = random.nextInt(300, 900);
      better.add(picture(1000, right));
      worse.add(picture(1000, right - random.nextInt(5, 16)));
    }
    ToDoubleFunction<SegmentationCounts> figure = SegmentationCounts::pixelAccuracy;
    Bootstrap a = new Bootstrap(worse, 0);
    Bootstrap b = new Bootstrap(better, 0);
    Interval difference = a.difference(b, figure).orElseThrow();
    assertTrue(-1.5 < difference.low() && difference.high() < -0.5, difference::toString);
    // negative control: resampled apart, as with another seed, the pictures' variation is in it
    Interval apart = a.difference(new Bootstrap(better, 1), figure).orElseThrow();
    assertTrue(apart.low() < -5 && apart.high() > 5, apart::toString);
  }

  /** Six squares of a picture that are alike tell no more than one of them. */
  @Test
  void squaresOfOnePictureAreNoPicturesOfTheirOwn() {
    List<SegmentationCounts> pictures = pictures(12, 7);
    List<SegmentationCounts> ofSquares = new ArrayList<>();
    List<SegmentationCounts> squares = new ArrayList<>();
    for (SegmentationCounts picture : pictures) {
      SegmentationCounts sum = new SegmentationCounts(picture.classes());
      for (int square = 0; square < 6; square++) {
        sum.add(picture);
        squares.add(picture);
      }
      ofSquares.add(sum);
    }
    for (ToDoubleFunction<SegmentationCounts> figure : figures()) {
      Interval once = new Bootstrap(pictures, 0).interval(figure).orElseThrow();
      Interval clustered = new Bootstrap(ofSquares, 0).interval(figure).orElseThrow();
      assertEquals(once.low(), clustered.low(), 1e-10, "rounding of sums of quotients alone");
      assertEquals(once.high(), clustered.high(), 1e-10);
      // negative control: taken for pictures, they would shrink the interval by more than √6
      Interval wrong = new Bootstrap(squares, 0).interval(figure).orElseThrow();
      double ratio = (wrong.high() - wrong.low()) / (once.high() - once.low());
      assertTrue(ratio < 0.5, () -> "ratio " + ratio);
    }
  }

  @Test
  void fewerThanFivePicturesHaveNoInterval() {
    for (int count = 1; count <= 5; count++) {
      Bootstrap few = new Bootstrap(pictures(count, 1), 0);
      for (ToDoubleFunction<SegmentationCounts> figure : figures()) {
        assertEquals(count == 5, few.interval(figure).isPresent(), count + " pictures");
        assertEquals(count == 5, few.difference(few, figure).isPresent(), count + " pictures");
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(List.of(), 0));
  }

  /** Class 1 in four pictures of eight, then in five; resamples without it do not count. */
  @Test
  void onlyPicturesThatHaveAClassCountForIt() {
    SegmentationCounts without = count(new byte[] {0, 0}, new int[] {0, 0});
    SegmentationCounts half = count(new byte[] {1, 1}, new int[] {0, 1});
    SegmentationCounts whole = count(new byte[] {1, 0}, new int[] {1, 0});
    ToDoubleFunction<SegmentationCounts> iou = counts -> counts.iou(1);
    List<SegmentationCounts> pictures = new ArrayList<>(Collections.nCopies(4, without));
    pictures.addAll(List.of(half, half, half, half));
    assertEquals(Optional.empty(), new Bootstrap(pictures, 0).interval(iou));
    pictures.set(0, whole);
    Interval interval = new Bootstrap(pictures, 0).interval(iou).orElseThrow();
    assertEquals(50, interval.low());
    assertTrue(interval.high() > 60 && interval.high() <= 100, interval::toString);
    assertEquals(
        Optional.empty(),
        new Bootstrap(Collections.nCopies(8, without), 0).interval(iou),
        "a class that never occurs");
  }

  @Test
  void theSeedDecides() {
    ToDoubleFunction<SegmentationCounts> figure = SegmentationCounts::mIoU;
    Optional<Interval> first = new Bootstrap(pictures(9, 2), 4).interval(figure);
    assertEquals(first, new Bootstrap(pictures(9, 2), 4).interval(figure));
    assertNotEquals(first, new Bootstrap(pictures(9, 2), 5).interval(figure));
  }

  private static List<ToDoubleFunction<SegmentationCounts>> figures() {
    return List.of(
        SegmentationCounts::pixelAccuracy,
        SegmentationCounts::classAccuracy,
        SegmentationCounts::mIoU,
        SegmentationCounts::datasetMIoU,
        counts -> counts.iou(0));
  }

  /** Pictures of 100 pixels of two classes, some right. */
  private static List<SegmentationCounts> pictures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SegmentationCounts> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] labels = new byte[100];
      int[] predicted = new int[100];
      int skill = random.nextInt(20, 100);
      for (int pixel = 0; pixel < 100; pixel++) {
        labels[pixel] = (byte) random.nextInt(2);
        predicted[pixel] = random.nextInt(100) < skill ? labels[pixel] : 1 - labels[pixel];
      }
      pictures.add(count(labels, predicted));
    }
    return pictures;
  }

  /** A picture of one class with so many pixels, of which some are right. */
  private static SegmentationCounts picture(int pixels, int right) {
    return count(
        new byte[pixels], IntStream.range(0, pixels).map(i -> i < right ? 0 : 1).toArray());
  }

  private static SegmentationCounts count(byte[] labels, int[] predicted) {
    return new SegmentationMetrics(2).add(labels, 0, predicted, 0, labels.length);
  }
}
