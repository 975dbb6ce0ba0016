// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values of SciPy 1.x's {@code t.ppf}, {@code norm.sf} and {@code norm.cdf}. */
class NormalAndStudentTest {
  @ParameterizedTest
  @CsvSource({
    "1, 12.70620473617",
    "2, 4.302652729749",
    "3, 3.182446305284",
    "7, 2.364624251593",
    "10, 2.228138851986",
    "29, 2.045229642133",
    "100, 1.983971518524",
    "1999, 1.961151420171"
  })
  void studentsQuantiles(int freedom, double t) {
    assertEquals(t, NormalAndStudent.studentQuantile(0.95, freedom), 2e-9); // of the bisection
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "0.5, 0.3085375387259869",
    "1.96, 0.02499789514822044",
    "3, 0.001349898031630093",
    "5, 2.866515718791933e-07",
    "8, 6.22096057427174e-16",
    "9.5, 1.04945150753626e-21"
  })
  void normalTails(double x, double tail) {
    assertEquals(tail, NormalAndStudent.normalTail(x), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1.695219072606e-72",
    "3, 6.834137311941e-08",
    "8, 0.00573752051703",
    "40, 0.02025753636284",
    "1000, 0.02480430590556"
  })
  void expandedTails(int n, double tail) {
    assertEquals(tail, NormalAndStudent.expandedTail(0.95, n), 1e-9);
  }
}
