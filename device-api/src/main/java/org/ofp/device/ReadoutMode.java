// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** How the device turns the field at the detector into numbers. */
@Stable(since = "0.1")
public enum ReadoutMode {
  /** An I/Q hybrid: one read gives two planes, in phase and in quadrature. */
  COHERENT(2),
  /** A square-law sensor with a reference beam whose phase can be stepped. */
  FOUR_STEP(1),
  /** A square-law sensor alone. */
  INTENSITY(1);

  private final int planes;

  ReadoutMode(int planes) {
    this.planes = planes;
  }

  /** Planes in a {@link DetectorFrame}. */
  public int planes() {
    return planes;
  }
}
