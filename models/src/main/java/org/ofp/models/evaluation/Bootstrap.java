// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ofp.models.metrics.SegmentationCounts;
import org.ofp.models.network.NamedRandom;

/**
 * How far a network's figures would vary with other pictures of the same kind: 95 % confidence
 * intervals by the bootstrap. Immutable and thread-safe.
 *
 * <p>As many source pictures as there are are drawn with replacement, all squares of a picture
 * together, since they are of one scene (cluster bootstrap); {@link #RESAMPLES} times. An interval
 * lies between percentiles of the figure in these resamples: B. Efron, R. Tibshirani, "An
 * Introduction to the Bootstrap", Chapman & Hall 1993, chapter 13. With few pictures that is too
 * narrow, so the percentiles are moved out as far as Student's t distribution lies outside the
 * normal one, {@link NormalAndStudent#expandedTail}: T. Hesterberg, "What Teachers Should Know
 * About the Bootstrap", The American Statistician 69, 2015, section 3.3.
 *
 * <p>Fewer than {@link #LEAST_PICTURES} pictures give no interval: even all of the range between
 * the least and the greatest of n values misses their median in one of 2ⁿ⁻¹ cases. For the figure
 * of a class those pictures count in which it occurs, and resamples without it are left out.
 * Resamples hold nothing that the pictures do not: where a class is wholly missed in all of them,
 * both ends are 0.
 *
 * <p>What the intervals do not tell: how a network would vary if it were trained anew, and how it
 * does on pictures of another kind.
 */
public final class Bootstrap {
  /** The share of such intervals that contain the true value. */
  public static final double LEVEL = 0.95;

  /** With fewer there is no interval. */
  public static final int LEAST_PICTURES = 5;

  /** How often pictures are drawn. */
  public static final int RESAMPLES = 2000;

  private final List<SegmentationCounts> pictures;
  private final SegmentationCounts[] resamples;

  /**
   * Draws the resamples.
   *
   * @param pictures the counts of each, at least one, of the same number of classes
   * @param seed decides which pictures are drawn: with the same seed, and as many pictures, the
   *     same
   * @throws IllegalArgumentException if there is no picture
   */
  public Bootstrap(List<SegmentationCounts> pictures, long seed) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("there is no picture to draw from; give at least one");
    }
    this.pictures = List.copyOf(pictures);
    NamedRandom random = new NamedRandom(seed, "bootstrap");
    resamples =
        IntStream.range(0, RESAMPLES)
            .mapToObj(resample -> draw(random, resample))
            .toArray(SegmentationCounts[]::new);
  }

  private SegmentationCounts draw(NamedRandom random, long resample) {
    int size = pictures.size();
    SegmentationCounts sum = new SegmentationCounts(pictures.get(0).classes());
    for (int i = 0; i < size; i++) {
      sum.add(pictures.get((int) (random.unit(resample * size + i) * (double) size)));
    }
    return sum;
  }

  /** How many source pictures there are. */
  public int pictures() {
    return pictures.size();
  }

  /**
   * The interval of a figure; empty if it cannot be told.
   *
   * @param figure NaN where it is not defined
   */
  public Optional<Interval> interval(ToDoubleFunction<SegmentationCounts> figure) {
    return interval(
        pictures.stream().mapToDouble(figure).toArray(),
        Arrays.stream(resamples).mapToDouble(figure).toArray());
  }

  /**
   * The interval of the difference of a figure of two networks on the same pictures, this one's
   * less the other's; both are drawn together, so that it is narrow where they differ by little,
   * however much the pictures do. Empty if it cannot be told.
   *
   * @param other with the same seed and the same pictures
   * @throws IllegalArgumentException if it has another number of pictures
   */
  public Optional<Interval> difference(
      Bootstrap other, ToDoubleFunction<SegmentationCounts> figure) {
    if (other.pictures() != pictures()) {
      throw new IllegalArgumentException(
          pictures()
              + " pictures cannot be paired with "
              + other.pictures()
              + "; evaluate both networks on the same");
    }
    return interval(
        IntStream.range(0, pictures())
            .mapToDouble(
                i ->
                    figure.applyAsDouble(pictures.get(i))
                        - figure.applyAsDouble(other.pictures.get(i)))
            .toArray(),
        IntStream.range(0, RESAMPLES)
            .mapToDouble(
                i -> figure.applyAsDouble(resamples[i]) - figure.applyAsDouble(other.resamples[i]))
            .toArray());
  }

  private static Optional<Interval> interval(double[] ofPictures, double[] ofResamples) {
    int defined = (int) Arrays.stream(ofPictures).filter(value -> !Double.isNaN(value)).count();
    if (defined < LEAST_PICTURES) {
      return Optional.empty();
    }
    double[] sorted =
        Arrays.stream(ofResamples).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double tail = NormalAndStudent.expandedTail(LEVEL, defined);
    return Optional.of(new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail)));
  }

  /** The value at rank (n + 1) · share, between its neighbours; the outermost beyond them. */
  private static double quantile(double[] sorted, double share) {
    double rank = Math.max(0, Math.min(sorted.length - 1, (sorted.length + 1) * share - 1));
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
