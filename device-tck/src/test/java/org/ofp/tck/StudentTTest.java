// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  /** Abramowitz and Stegun, table 26.10; for ν = 1 t = cot(πp/2), for ν = 2 √(2/(p(2−p)) − 2). */
  @ParameterizedTest
  @CsvSource({
    "1, 0.05, 12.706",
    "2, 0.001, 31.599",
    "10, 0.001, 4.587",
    "30, 0.05, 2.042",
    "30, 0.01, 2.750",
  })
  void quantilesAreThoseOfTheTables(int freedom, double probability, double quantile) {
    assertEquals(quantile, StudentT.twoSided(freedom, probability), 2e-3 * quantile);
  }
}
