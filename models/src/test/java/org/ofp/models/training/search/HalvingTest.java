// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.ofp.models.training.search.Halving.Rung;

class HalvingTest {
  @Test
  void theExampleOfTheHyperbandPaper() {
    // Table 1, bracket s = 4: R = 81, η = 3.
    assertEquals(
        List.of(new Rung(1, 81), new Rung(3, 27), new Rung(9, 9), new Rung(27, 3), new Rung(81, 1)),
        Halving.of(81, 81, 3).rungs());
  }

  @Test
  void fewTrialsOrFewEpochsMakeFewRungs() {
    assertEquals(List.of(new Rung(20, 1)), Halving.of(1, 20, 3).rungs());
    assertEquals(List.of(new Rung(20, 2)), Halving.of(2, 20, 3).rungs());
    assertEquals(List.of(new Rung(2, 9)), Halving.of(9, 2, 3).rungs());
    assertEquals(
        List.of(new Rung(2, 12), new Rung(6, 4), new Rung(20, 1)), Halving.of(12, 20, 3).rungs());
    assertEquals(12 * 2 + 4 * 4 + 14, Halving.of(12, 20, 3).totalEpochs());
  }

  @Property
  void everyRungHasItsShare(
      @ForAll @IntRange(min = 1, max = 300) int trials,
      @ForAll @IntRange(min = 1, max = 200) int epochs,
      @ForAll @IntRange(min = 2, max = 6) int factor) {
    List<Rung> rungs = Halving.of(trials, epochs, factor).rungs();
    assertEquals(trials, rungs.get(0).trials());
    assertEquals(epochs, rungs.get(rungs.size() - 1).epochs());
    // ⌊n/η^k⌋·⌊R/η^(K−k)⌋ ≤ nR/η^K, whatever k: no rung costs more than another may
    double share = trials * (double) epochs / Math.pow(factor, rungs.size() - 1);
    for (int i = 0; i < rungs.size(); i++) {
      assertTrue(rungs.get(i).trials() >= 1 && rungs.get(i).epochs() >= 1);
      assertTrue((double) rungs.get(i).trials() * rungs.get(i).epochs() <= share * (1 + 1e-12));
      if (i > 0) {
        assertEquals(rungs.get(i - 1).trials() / factor, rungs.get(i).trials());
        assertTrue(rungs.get(i - 1).epochs() < rungs.get(i).epochs());
      }
    }
    // One elimination more would leave no trial, or a first rung without an epoch.
    assertTrue(Math.pow(factor, rungs.size()) > Math.min(trials, epochs));
  }

  @Test
  void tooSmallNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Halving.of(0, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Halving.of(1, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> Halving.of(1, 1, 1));
  }
}
