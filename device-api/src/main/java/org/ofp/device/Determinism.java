// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** What repeating a frame gives. */
@Stable(since = "0.1")
public enum Determinism {
  /** The same numbers: the device has no noise. */
  NOISELESS,
  /** The same numbers for the same frame id, repeat and seed. */
  SEEDED,
  /** Other numbers each time: real hardware. */
  NONE
}
