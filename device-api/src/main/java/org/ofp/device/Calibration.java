// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Objects;

/**
 * How detector counts relate to the field, measured or nominal. With F the unitary DFT of the
 * displayed amplitudes and t the exposure at gain g, a noiseless read gives
 *
 * <ul>
 *   <li>with a square-law sensor {@code sensitivity·t·g·|F|² + blackLevel} counts, and with the
 *       reference at phase θ {@code sensitivity·t·g·(|F|² + R² + 2γR·|F|·cos(arg F − θ)) +
 *       blackLevel};
 *   <li>with a coherent readout {@code sensitivity·t·g·Re F} and {@code …·Im F}.
 * </ul>
 *
 * Here F is the field as it arrives at the sensor, with the zero order on the axis and the factor
 * 1/i of a lens; {@link FourierTransformer} removes both.
 *
 * @param id identifies the calibration in results, never empty
 * @param sensitivity counts per second of exposure for |F| = 1 at gain 1, above 0
 * @param referenceAmplitude R, in units of F; 0 without a reference beam
 * @param visibility fringe visibility γ, above 0 to 1
 * @param blackLevel counts without light
 * @param fullScale largest count before clipping (largest magnitude for a coherent readout);
 *     infinite if the readout does not clip
 * @param noise noise of the counts, by which reads are weighted
 * @param shading what is known about the weights of pixels and frequencies
 */
@Stable(since = "0.1")
public record Calibration(
    String id,
    double sensitivity,
    double referenceAmplitude,
    double visibility,
    double blackLevel,
    double fullScale,
    DetectorNoise noise,
    Shading shading) {

  public Calibration {
    Objects.requireNonNull(noise);
    Objects.requireNonNull(shading);
    if (id.isEmpty()
        || !(sensitivity > 0)
        || !(referenceAmplitude >= 0)
        || !(visibility > 0 && visibility <= 1)
        || !(fullScale > blackLevel)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "calibration '"
              + id
              + "' is not possible: sensitivity "
              + sensitivity
              + " must be above 0, reference amplitude "
              + referenceAmplitude
              + " at least 0, visibility "
              + visibility
              + " in (0, 1], full scale "
              + fullScale
              + " above the black level "
              + blackLevel);
    }
  }

  /** A calibration without shading whose noise is not known. */
  public Calibration(
      String id,
      double sensitivity,
      double referenceAmplitude,
      double visibility,
      double blackLevel,
      double fullScale) {
    this(
        id,
        sensitivity,
        referenceAmplitude,
        visibility,
        blackLevel,
        fullScale,
        DetectorNoise.unknown(),
        Shading.none());
  }
}
