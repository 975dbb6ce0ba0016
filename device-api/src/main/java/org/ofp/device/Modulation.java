// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Which complex amplitudes the modulator can show. */
@Stable(since = "0.1")
public enum Modulation {
  /** Any amplitude with |a| ≤ 1. */
  COMPLEX,
  /** Amplitudes on the unit circle only. */
  PHASE_ONLY,
  /** Real amplitudes from 0 to 1 only. */
  AMPLITUDE_ONLY
}
