// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The symmetries are the group of the square, drawn evenly; orders are permutations. */
class AugmentationTest {
  @Property
  void theEightAreDifferentAndClosed(
      @ForAll @IntRange(min = 2, max = 9) int side,
      @ForAll @IntRange(max = 7) int a,
      @ForAll @IntRange(max = 7) int b) {
    Set<String> all = new HashSet<>();
    for (int symmetry = 0; symmetry < Symmetry.COUNT; symmetry++) {
      all.add(Arrays.toString(apply(symmetry, side, numbered(side))));
    }
    assertEquals(8, all.size());
    assertTrue(all.contains(Arrays.toString(numbered(side))), "the identity");
    int[] both = apply(b, side, apply(a, side, numbered(side)));
    assertTrue(all.contains(Arrays.toString(both)), a + " then " + b);
  }

  /** One symmetry undoes each, the turns by 90° undo each other. */
  @Property(tries = 50)
  void eachHasAnInverse(@ForAll @IntRange(min = 1, max = 9) int side) {
    for (int a = 0; a < Symmetry.COUNT; a++) {
      int[] turned = apply(a, side, numbered(side));
      int symmetry = a;
      assertTrue(
          IntStream.range(0, Symmetry.COUNT)
              .anyMatch(b -> Arrays.equals(numbered(side), apply(b, side, turned))),
          () -> "nothing undoes " + symmetry);
    }
  }

  @Example
  void areTheseByHand() {
    int[] square = {1, 2, 3, 4};
    int[][] expected = {
      {1, 2, 3, 4}, // as it is
      {2, 1, 4, 3}, // left and right exchanged
      {3, 4, 1, 2}, // top and bottom exchanged
      {4, 3, 2, 1}, // turned by 180°
      {1, 3, 2, 4}, // transposed
      {2, 4, 1, 3}, // turned to the left
      {3, 1, 4, 2}, // turned to the right
      {4, 2, 3, 1} // transposed at the other diagonal
    };
    for (int symmetry = 0; symmetry < Symmetry.COUNT; symmetry++) {
      assertArrayEquals(expected[symmetry], apply(symmetry, 2, square), "symmetry " + symmetry);
    }
  }

  @Property
  void labelsMoveWithTheImage(
      @ForAll @IntRange(min = 1, max = 17) int side, @ForAll @IntRange(max = 7) int symmetry) {
    int[] pixels = numbered(side);
    byte[] labels = new byte[pixels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = ArraySamples.labelOf(pixels[i]);
    }
    int[] turned = apply(symmetry, side, pixels);
    byte[] turnedLabels = new byte[pixels.length + 3];
    Symmetry.apply(symmetry, side, labels, turnedLabels, 3);
    for (int i = 0; i < turned.length; i++) {
      assertEquals(ArraySamples.labelOf(turned[i]), turnedLabels[3 + i]);
    }
  }

  /** Each of 8 comes 10,000 ± 4.5·√(80,000 · 1/8 · 7/8) times: a chance of 5·10⁻⁵ in all. */
  @Example
  void allAreEquallyProbable() {
    int[] counts = new int[Symmetry.COUNT];
    for (int epoch = 0; epoch < 80; epoch++) {
      Augmentation augmentation = Augmentation.flipsAndTurns(20261123, epoch);
      for (int i = 0; i < 1000; i++) {
        counts[augmentation.symmetry(i)]++;
      }
    }
    for (int count : counts) {
      assertEquals(10_000, count, 4.5 * Math.sqrt(80_000 / 8. * 7 / 8));
    }
  }

  @Example
  void isAFunctionOfSeedEpochAndIndex() {
    int[] draws = draws(7, 3);
    assertArrayEquals(draws, draws(7, 3));
    assertNotEquals(Arrays.toString(draws), Arrays.toString(draws(8, 3)));
    assertNotEquals(Arrays.toString(draws), Arrays.toString(draws(7, 4)));
    assertTrue(IntStream.range(0, 100).allMatch(i -> Augmentation.none().symmetry(i) == 0));
  }

  @Property
  void ordersArePermutations(
      @ForAll @IntRange(max = 300) int size, @ForAll long seed, @ForAll @IntRange int epoch) {
    int[] order = Shuffle.order(size, seed, epoch);
    assertArrayEquals(order, Shuffle.order(size, seed, epoch));
    Arrays.sort(order);
    assertArrayEquals(numbers(size), order);
  }

  /** All 24 orders of four: each 1000 ± 4.5·√(24,000 · 1/24 · 23/24). */
  @Example
  void allOrdersAreEquallyProbable() {
    int[] counts = new int[256];
    for (int epoch = 0; epoch < 24_000; epoch++) {
      int[] o = Shuffle.order(4, 1, epoch);
      counts[o[0] << 6 | o[1] << 4 | o[2] << 2 | o[3]]++;
    }
    assertEquals(24, Arrays.stream(counts).filter(c -> c > 0).count());
    for (int count : counts) {
      assertTrue(
          count == 0 || Math.abs(count - 1000) < 4.5 * Math.sqrt(1000 * 23 / 24.), "" + count);
    }
  }

  private static int[] draws(long seed, int epoch) {
    Augmentation augmentation = Augmentation.flipsAndTurns(seed, epoch);
    return IntStream.range(0, 100).map(augmentation::symmetry).toArray();
  }

  private static int[] apply(int symmetry, int side, int[] pixels) {
    int[] turned = new int[pixels.length];
    Symmetry.apply(symmetry, side, pixels, turned);
    return turned;
  }

  private static int[] numbered(int side) {
    return numbers(side * side);
  }

  private static int[] numbers(int size) {
    return IntStream.range(0, size).toArray();
  }
}
