// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

/** What became of a rule when a device was tested. */
public enum Verdict {
  /** The device keeps the rule. */
  PASSED,
  /** The device breaks the rule. */
  FAILED,
  /** The rule asks nothing of this device, or the device is too coarse to show it. */
  NOT_APPLICABLE,
  /** No test can decide the rule through the device interface. */
  UNTESTED
}
