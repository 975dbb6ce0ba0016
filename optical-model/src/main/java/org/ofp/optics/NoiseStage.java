// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The stages that random numbers belong to, for {@link CounterRandom#key}, and which of the beam's
 * numbers is what. Backends that use the same draw the same noise.
 */
public final class NoiseStage {
  /** Illumination. */
  public static final int BEAM = 2;

  /** Reference beam and readout. */
  public static final int REFERENCE = 5;

  /** Sensor. */
  public static final int SENSOR = 6;

  /** The beam's tilt over the rows. */
  public static final int BEAM_TILT_ROWS = 0;

  /** The beam's tilt over the columns. */
  public static final int BEAM_TILT_COLS = 1;

  /** The beam's relative intensity noise. */
  public static final int BEAM_INTENSITY = 2;

  private NoiseStage() {}
}
