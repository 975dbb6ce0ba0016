// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.opentest4j.TestAbortedException;

/** Ends the test of a rule that asks nothing of the device under test. */
final class Applicability {
  private Applicability() {}

  /** Goes on only if the condition holds; the reason says what the device lacks. */
  static void requires(boolean condition, String reason) {
    if (!condition) {
      throw new TestAbortedException(reason);
    }
  }
}
