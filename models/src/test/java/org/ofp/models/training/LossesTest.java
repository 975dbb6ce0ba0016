// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ofp.models.data.Samples;
import org.ofp.optconv.torch.Torch;

class LossesTest {
  private static final int IMAGES = 2;
  private static final int CLASSES = 5;
  private static final int SIDE = 3;
  private static final int PIXELS = SIDE * SIDE;

  /** float64, sums of some hundred terms of order 1. */
  private static final double EXACT = 1e-12;

  @BeforeAll
  static void readyTorch() {
    Torch.initialize();
  }

  /** Direct sums over pixels against libtorch's operations, and differences against gradients. */
  @Test
  void bothEqualTheirDefinitionsWithGradients() {
    long seed = new Random().nextLong();
    System.out.println("losses: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      double[] logits = random.doubles(IMAGES * CLASSES * PIXELS, -3, 3).toArray();
      int present = 1 + random.nextInt(CLASSES);
      long[] labels =
          random
              .longs(IMAGES * PIXELS, 0, present + 1L)
              .map(label -> label == present ? Samples.IGNORED : label)
              .toArray();
      double[] weights = random.doubles(CLASSES, 0, 2).toArray();
      weights[random.nextInt(CLASSES)] = 0;
      for (LossKind kind : LossKind.values()) {
        check(kind, logits, labels, weights);
      }
    }
  }

  private static void check(LossKind kind, double[] logits, long[] labels, double[] weights) {
    Tensor leaf = tensor(logits);
    leaf.set_requires_grad(true);
    Tensor loss = Losses.of(kind, leaf, labels(labels), weights);
    loss.backward();
    String what = kind + " of " + Arrays.toString(labels);
    assertEquals(direct(kind, logits, labels, weights), loss.item_double(), EXACT, what);
    double[] gradient = values(leaf.grad());
    double h = 1e-5;
    for (int i = 0; i < logits.length; i += 7) {
      double[] moved = logits.clone();
      moved[i] += h;
      double up = direct(kind, moved, labels, weights);
      moved[i] -= 2 * h;
      double down = direct(kind, moved, labels, weights);
      // the third derivative times h²/6, and rounding over h
      assertEquals((up - down) / (2 * h), gradient[i], 1e-9, what);
    }
  }

  private static double direct(LossKind kind, double[] logits, long[] labels, double[] weights) {
    double[] overlap = new double[CLASSES];
    double[] scores = new double[CLASSES];
    double[] truth = new double[CLASSES];
    double entropy = 0;
    double weight = 0;
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = (int) labels[pixel];
      if (label == Samples.IGNORED) {
        continue;
      }
      double[] p = softmax(logits, pixel);
      for (int c = 0; c < CLASSES; c++) {
        scores[c] += p[c];
      }
      overlap[label] += p[label];
      truth[label]++;
      entropy -= weights[label] * Math.log(p[label]);
      weight += weights[label];
    }
    if (kind == LossKind.CROSS_ENTROPY) {
      return weight == 0 ? 0 : entropy / weight;
    }
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      sum += truth[c] == 0 ? 0 : 1 - 2 * overlap[c] / (scores[c] + truth[c]);
    }
    return sum / CLASSES;
  }

  private static double[] softmax(double[] logits, int pixel) {
    int first = pixel / PIXELS * CLASSES * PIXELS + pixel % PIXELS;
    double[] p = new double[CLASSES];
    double total = 0;
    for (int c = 0; c < CLASSES; c++) {
      p[c] = Math.exp(logits[first + c * PIXELS]);
      total += p[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      p[c] /= total;
    }
    return p;
  }

  /** Where the network is certain: right everywhere, and wrong everywhere. */
  @Test
  void diceOfCertainty() {
    long[] labels = new long[IMAGES * PIXELS];
    Arrays.fill(labels, PIXELS, 2 * PIXELS, 1); // classes 0 and 1, as many of each
    double[] right = new double[IMAGES * CLASSES * PIXELS];
    double[] wrong = new double[right.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int first = pixel / PIXELS * CLASSES * PIXELS + pixel % PIXELS;
      right[first + (int) labels[pixel] * PIXELS] = 1000;
      wrong[first + (1 - (int) labels[pixel]) * PIXELS] = 1000;
    }
    assertEquals(0, Losses.dice(tensor(right), labels(labels)).item_double(), EXACT);
    // 1 for both classes that are there, nothing for the others, which count in the mean
    double worst = Losses.dice(tensor(wrong), labels(labels)).item_double();
    assertEquals(2.0 / CLASSES, worst, EXACT);
  }

  /** No pixel counts, or no pixel has a weight: 0 and not 0/0. */
  @Test
  void nothingToLearnFromIsNoLossAndNoGradient() {
    long[] ignored = new long[IMAGES * PIXELS];
    Arrays.fill(ignored, Samples.IGNORED);
    double[] ones = new double[CLASSES];
    Arrays.fill(ones, 1);
    requireNothing(LossKind.DICE, ignored, ones);
    requireNothing(LossKind.CROSS_ENTROPY, ignored, ones);
    double[] allButOne = ones.clone();
    allButOne[2] = 0;
    long[] two = new long[IMAGES * PIXELS];
    Arrays.fill(two, 2);
    requireNothing(LossKind.CROSS_ENTROPY, two, allButOne);
  }

  private static void requireNothing(LossKind kind, long[] labels, double[] weights) {
    Tensor leaf = tensor(new Random(1).doubles(IMAGES * CLASSES * PIXELS, -3, 3).toArray());
    leaf.set_requires_grad(true);
    Tensor loss = Losses.of(kind, leaf, labels(labels), weights);
    loss.backward();
    assertEquals(0, loss.item_double());
    assertTrue(Arrays.stream(values(leaf.grad())).allMatch(g -> g == 0), kind.toString());
  }

  private static Tensor tensor(double[] logits) {
    return AbstractTensor.create(logits, IMAGES, CLASSES, SIDE, SIDE);
  }

  private static Tensor labels(long[] labels) {
    return AbstractTensor.create(labels, IMAGES, SIDE, SIDE);
  }

  private static double[] values(Tensor tensor) {
    try {
      DoubleBuffer buffer = tensor.createBuffer();
      double[] values = new double[buffer.capacity()];
      buffer.get(values);
      return values;
    } finally {
      Reference.reachabilityFence(tensor);
    }
  }
}
