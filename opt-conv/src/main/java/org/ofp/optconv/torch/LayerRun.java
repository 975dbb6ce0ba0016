// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.Route;

/**
 * What happened when a layer ran.
 *
 * @param layer number of the layer in the order of construction, from 0
 * @param name its qualified name, see {@link OpticalContext#name}
 * @param spec what it computes
 * @param rows rows of its input map
 * @param cols columns of its input map
 * @param pass which way the data went
 * @param route where it ran
 * @param frames frames shown on the device
 * @param seconds wall-clock time
 * @param saturated detector counts that clipped
 * @param clippedInputs input values beyond the layer's calibrated range, see {@link
 *     OpticalContext#clipInputs}
 * @param accuracy how well it came out; null unless {@link OpticalContext#measureAccuracy} was
 *     asked for and the layer ran on the device
 */
public record LayerRun(
    int layer,
    String name,
    LayerSpec spec,
    int rows,
    int cols,
    Pass pass,
    Route route,
    long frames,
    double seconds,
    long saturated,
    long clippedInputs,
    LayerAccuracy accuracy) {

  /** Which way the data went. */
  public enum Pass {
    /** From input to output. */
    FORWARD,
    /** From the gradient of the output to that of the input, on the device. */
    DATA_GRADIENT,
    /** To the gradient of the weights, on the device. */
    WEIGHT_GRADIENT
  }
}
