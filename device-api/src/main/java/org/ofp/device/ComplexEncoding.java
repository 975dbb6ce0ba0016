// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** How {@link FourierTransformer} puts a complex field on a device's modulator. */
@Stable(since = "0.1")
public enum ComplexEncoding {
  /** As it is: the modulator shows complex amplitudes. */
  DIRECT(1),
  /**
   * As the mean of two phase-only frames, {@code A·exp(iφ) = ½[exp(i(φ + acos A)) + exp(i(φ − acos
   * A))]}, shown one after the other and added after the readout (the two-phase decomposition of
   * Mendoza-Yero et al., <i>Optics Letters</i> 39, 2014). Exact where the readout is.
   */
  DOUBLE_PHASE(2),
  /** Not at all: the modulator shows no complex fields. */
  NONE(0);

  private final int frames;

  ComplexEncoding(int frames) {
    this.frames = frames;
  }

  /** Frames that a field takes. */
  public int frames() {
    return frames;
  }
}
