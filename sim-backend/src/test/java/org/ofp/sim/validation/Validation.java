// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One comparison of the simulator with what is known: checked, and kept for {@code
 * docs/VALIDATION.md}.
 *
 * @param effect what is validated; rows of one effect stand together
 * @param parameters at which values, such as {@code σ = 0.3}
 * @param formula the analytic truth
 * @param reference where it comes from: book and section, paper, standard, derivation
 * @param expected its value
 * @param measured what the simulator gave
 * @param tolerance largest difference that passes
 * @param origin where the tolerance comes from
 */
record Validation(
    String effect,
    String parameters,
    String formula,
    String reference,
    double expected,
    double measured,
    double tolerance,
    String origin) {

  private static final List<Validation> ALL = new CopyOnWriteArrayList<>();

  /** Everything checked so far in this run. */
  static List<Validation> all() {
    return List.copyOf(ALL);
  }

  /** Checks and keeps it. */
  void check() {
    ALL.add(this);
    assertTrue(
        Math.abs(measured - expected) <= tolerance,
        () ->
            effect
                + " ("
                + parameters
                + "): measured "
                + measured
                + ", expected "
                + expected
                + " ± "
                + tolerance
                + " ("
                + origin
                + ")");
  }

  /** A negative control: asserts that a wrong model does not pass this comparison. */
  void assertRefuses(double wrong, String model) {
    assertTrue(
        Math.abs(wrong - expected) > tolerance,
        () -> effect + " (" + parameters + ") would also accept " + model + ": " + wrong);
  }
}
