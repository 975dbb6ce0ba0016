// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * What a device consumes; 0 where it is not known.
 *
 * @param sourcePower optical power of the source on the active area in watts
 * @param writeEnergy energy of writing one SLM pixel in joules
 * @param sampleEnergy energy of digitising one detector value in joules
 */
@Stable(since = "0.1")
public record EnergyUse(double sourcePower, double writeEnergy, double sampleEnergy) {
  private static final EnergyUse UNKNOWN = new EnergyUse(0, 0, 0);

  public EnergyUse {
    if (!(finite(sourcePower) && finite(writeEnergy) && finite(sampleEnergy))) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "source power "
              + sourcePower
              + " W, write energy "
              + writeEnergy
              + " J and sample energy "
              + sampleEnergy
              + " J must be finite and not negative");
    }
  }

  private static boolean finite(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  /** Nothing known. */
  public static EnergyUse unknown() {
    return UNKNOWN;
  }
}
