// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

/** Follows a run of the suite; every method may be left out. */
public interface TckListener {
  /** A listener that does nothing. */
  TckListener NONE = new TckListener() {};

  /**
   * The run begins.
   *
   * @param tests rules that will be tested
   */
  default void started(int tests) {}

  /** A rule was tested; comes once for each, untested rules left out. */
  default void finished(RuleOutcome outcome) {}
}
