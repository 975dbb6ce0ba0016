// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * the least and the greatest of n values misses their median in one of 2ⁿ⁻¹ cases, which with five
 * is 6.25 %. For the figure of a class those pictures count in whose labels it is, and resamples
 * without it are left out. A mean over classes has an interval only if each of them is labelled in
 * as many pictures: resamples that lack a class are means over fewer, and where rare classes do
 * worse than common ones they all lie above the figure. Resamples hold nothing that the pictures do
 * not: where a class is wholly missed in all of them, both ends are 0.
 *
 * <p>The level is nominal. BootstrapTest measures how many intervals contain the true value. Of a
 * mean of uniform shares it is 93.2 % with 6 pictures and 95.3 % with 12. Of the intersection over
 * union of a class whose area varies by a lognormal factor (σ = 1), and which a fifth of the
 * pictures miss wholly, it is 80.4 % with 6, 85.4 % with 10, 89.6 % with 20 and 91.1 % with 40: few
 * pictures decide there, and resamples hold too little of what others would be like.
 *
 * <p>What the intervals do not tell: how a network would vary if it were trained anew, and how it
 * does on pictures of another kind.
 */
public final class Bootstrap {
  /** The share of such intervals that contain the true value, nominally: see above. */
  public static final double LEVEL = 0.95;

  /** With fewer there is no interval. */
  public static final int LEAST_PICTURES = 6;

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
   * @param figure of the pictures that this one draws from
   */
  public Optional<Interval> interval(Figure figure) {
    return interval(
        figure.leastSupport(pictures),
        figure.definedBy(pictures),
        Arrays.stream(resamples).mapToDouble(figure::of).toArray());
  }

  /**
   * The interval of the difference of a figure of two networks on the same pictures, this one's
   * less the other's; both are drawn together, so that it is narrow where they differ by little,
   * however much the pictures do. Empty if it cannot be told.
   *
   * @param other with the same seed and the same pictures
   * @throws IllegalArgumentException if it has another number of pictures
   */
  public Optional<Interval> difference(Bootstrap other, Figure figure) {
    if (other.pictures() != pictures()) {
      throw new IllegalArgumentException(
          pictures()
              + " pictures cannot be paired with "
              + other.pictures()
              + "; evaluate both networks on the same");
    }
    return interval(
        Math.min(figure.leastSupport(pictures), figure.leastSupport(other.pictures)),
        figure.definedBy(pictures),
        IntStream.range(0, RESAMPLES)
            .mapToDouble(i -> figure.of(resamples[i]) - figure.of(other.resamples[i]))
            .toArray());
  }

  /**
   * @param support pictures that the figure must follow from
   * @param defined pictures that define it, which Student's correction is for
   */
  private static Optional<Interval> interval(int support, int defined, double[] ofResamples) {
    if (support < LEAST_PICTURES) {
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
