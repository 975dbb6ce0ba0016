// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

/** What training minimises. */
public enum LossKind {
  /** One minus the dice score, averaged over the classes. */
  DICE,
  /** Cross-entropy, classes weighted by median frequency. */
  CROSS_ENTROPY
}
