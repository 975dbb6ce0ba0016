// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SplitTest {
  @Property(tries = 200)
  void aFifthIsForValidation(@ForAll @IntRange(max = 500) int n, @ForAll long seed) {
    int validation = count(Split.validation(names(n), seed));
    assertEquals(Split.validationCount(n), validation);
    assertEquals(n < 2 ? 0 : Math.max(1, Math.round(n / 5.)), validation);
  }

  @Example
  void theDroneSetHas80Of400() {
    assertEquals(80, Split.validationCount(400));
  }

  /** Where a name stands in the list does not matter, nor does its folder. */
  @Property(tries = 100)
  void dependsOnNamesAlone(@ForAll @IntRange(min = 2, max = 60) int n, @ForAll long seed) {
    List<String> names = names(n);
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(seed));
    boolean[] split = Split.validation(names, seed);
    boolean[] other = Split.validation(shuffled, seed);
    for (int i = 0; i < n; i++) {
      assertEquals(split[names.indexOf(shuffled.get(i))], other[i]);
    }
  }

  /** Seeds give different splits, and every picture its turn: 200 seeds, a fifth each. */
  @Example
  void dependsOnTheSeed() {
    int[] chosen = new int[20];
    for (int seed = 0; seed < 200; seed++) {
      boolean[] split = Split.validation(names(20), seed);
      IntStream.range(0, 20).filter(i -> split[i]).forEach(i -> chosen[i]++);
    }
    for (int count : chosen) {
      // 40 ± 4.5·√(200 · 0.2 · 0.8): a chance of 1.4·10⁻⁴ for 20 pictures
      assertEquals(40, count, 4.5 * Math.sqrt(32));
    }
  }

  /** Squares lie inside, edge to edge, no pixel in two, and less than one side is left over. */
  @Property(tries = 300)
  void cropsCoverWithoutOverlap(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 20) int wanted) {
    int side = Math.min(wanted, Math.min(width, height));
    CropGrid grid = CropGrid.of(width, height, side);
    int[] picture = IntStream.range(0, width * height).toArray();
    boolean[] seen = new boolean[picture.length];
    for (int i = 0; i < grid.count(); i++) {
      for (int pixel : grid.cut(i, picture, width)) {
        assertFalse(seen[pixel]);
        seen[pixel] = true;
      }
    }
    assertEquals((width / side) * (height / side), grid.count());
    int below = height - grid.top() - grid.rows() * side;
    int right = width - grid.left() - grid.columns() * side;
    assertTrue(below - grid.top() >= 0 && below - grid.top() <= 1, "centred");
    assertTrue(right - grid.left() >= 0 && right - grid.left() <= 1, "centred");
    assertTrue(grid.top() + below < side && grid.left() + right < side);
  }

  @Example
  void theDroneSetsPicturesHaveSixSquaresAndNothingLeftOver() {
    CropGrid grid = CropGrid.of(6000, 4000, CropGrid.defaultSide(6000, 4000));
    assertEquals(new CropGrid(2000, 2, 3, 0, 0), grid);
    assertEquals(2000, grid.top(5));
    assertEquals(4000, grid.left(5));
    assertEquals(2000, CropGrid.defaultSide(2000, 3000));
    assertEquals(1999, CropGrid.defaultSide(6000, 1999));
  }

  private static int count(boolean[] chosen) {
    return (int) IntStream.range(0, chosen.length).filter(i -> chosen[i]).count();
  }

  private static List<String> names(int n) {
    return IntStream.range(0, n).mapToObj(i -> "picture" + i).toList();
  }
}
