// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import org.ofp.cli.error.CliException;

/** Numbers on the command line that are out of range are wrong usage. */
public final class OptionRange {
  private OptionRange() {}

  /**
   * Checks a value.
   *
   * @param met whether it is in range
   * @param allowed the range, in words that follow "must be"
   * @throws CliException if it is not
   */
  public static void require(boolean met, String option, Object value, String allowed) {
    if (!met) {
      throw CliException.usage(option + " " + value + " must be " + allowed);
    }
  }

  /** Checks that a value is not smaller than another. */
  public static void requireAtLeast(int least, String option, int value) {
    require(value >= least, option, value, "at least " + least);
  }

  /** Checks that a value is from one number to another, both included. */
  public static void requireFrom(int least, int largest, String option, int value) {
    require(value >= least && value <= largest, option, value, "from " + least + " to " + largest);
  }

  /** Checks a learning rate. */
  public static void requireLearningRate(double rate) {
    require(rate > 0 && rate <= 1, "--lr", rate, "above 0, at most 1");
  }
}
