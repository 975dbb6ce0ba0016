// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

/**
 * A reconstructed field as {@code c₁·E + c₂·E*}: errors of quadratures and of phase steps are
 * linear over the real numbers, so these two complex factors say all about them.
 */
final class Ghost {
  private final double[] direct;
  private final double[] conjugate;
  private final double residual;

  private Ghost(double[] direct, double[] conjugate, double residual) {
    this.direct = direct;
    this.conjugate = conjugate;
    this.residual = residual;
  }

  /** Complex amplitudes at random, reproducible. */
  static float[] frame(int rows, int cols) {
    Random random = new Random(11);
    return Frames.of(
        rows, cols, (y, x) -> random.nextDouble(), (y, x) -> 2 * Math.PI * random.nextDouble());
  }

  /** Least squares over all pixels. */
  static Ghost fit(double[] measured, double[] e) {
    double power = 0;
    double[] square = new double[2]; // Σ E·E
    double[] withE = new double[2]; // Σ M·E*
    double[] withConjugate = new double[2]; // Σ M·E
    for (int i = 0; i < e.length; i += 2) {
      power += e[i] * e[i] + e[i + 1] * e[i + 1];
      square[0] += e[i] * e[i] - e[i + 1] * e[i + 1];
      square[1] += 2 * e[i] * e[i + 1];
      withE[0] += measured[i] * e[i] + measured[i + 1] * e[i + 1];
      withE[1] += measured[i + 1] * e[i] - measured[i] * e[i + 1];
      withConjugate[0] += measured[i] * e[i] - measured[i + 1] * e[i + 1];
      withConjugate[1] += measured[i] * e[i + 1] + measured[i + 1] * e[i];
    }
    // Normal equations: power·c₁ + square*·c₂ = withE, square·c₁ + power·c₂ = withConjugate.
    double determinant = power * power - square[0] * square[0] - square[1] * square[1];
    double[] direct = {
      (power * withE[0] - square[0] * withConjugate[0] - square[1] * withConjugate[1])
          / determinant,
      (power * withE[1] - square[0] * withConjugate[1] + square[1] * withConjugate[0]) / determinant
    };
    double[] conjugate = {
      (power * withConjugate[0] - square[0] * withE[0] + square[1] * withE[1]) / determinant,
      (power * withConjugate[1] - square[0] * withE[1] - square[1] * withE[0]) / determinant
    };
    double left = 0;
    for (int i = 0; i < e.length; i += 2) {
      double re =
          direct[0] * e[i] - direct[1] * e[i + 1] + conjugate[0] * e[i] + conjugate[1] * e[i + 1];
      double im =
          direct[0] * e[i + 1] + direct[1] * e[i] - conjugate[0] * e[i + 1] + conjugate[1] * e[i];
      left += Math.pow(measured[i] - re, 2) + Math.pow(measured[i + 1] - im, 2);
    }
    return new Ghost(direct, conjugate, Math.sqrt(left / Diffraction.energy(measured)));
  }

  /** The ghost's amplitude over the field's. */
  double decibels() {
    return 20
        * Math.log10(Math.hypot(conjugate[0], conjugate[1]) / Math.hypot(direct[0], direct[1]));
  }

  /** c₁ over that of another bench. */
  double[] over(Ghost other) {
    double power = Math.pow(other.direct[0], 2) + Math.pow(other.direct[1], 2);
    return new double[] {
      (direct[0] * other.direct[0] + direct[1] * other.direct[1]) / power,
      (direct[1] * other.direct[0] - direct[0] * other.direct[1]) / power
    };
  }

  /** Compares one of the factors with what it should be. */
  static void check(
      Ghost measured,
      Ghost wrong,
      String effect,
      String parameters,
      String formula,
      String reference,
      double[] expected,
      boolean direct,
      double tolerance) {
    double[] factor = direct ? measured.direct : measured.conjugate;
    double[] without = direct ? wrong.direct : wrong.conjugate;
    for (int q = 0; q < 2; q++) {
      new Validation(
              effect,
              parameters + (q == 0 ? ", Re" : ", Im"),
              formula,
              reference,
              expected[q],
              factor[q],
              tolerance,
              "rounding of floats")
          .check();
    }
    // One quadrature may be blind to an error; both together are not.
    double difference = Math.hypot(without[0] - expected[0], without[1] - expected[1]);
    assertTrue(difference > 2 * tolerance, () -> effect + " accepts a bench without it");
    assertTrue(measured.residual <= tolerance, () -> effect + " leaves " + measured.residual);
  }
}
