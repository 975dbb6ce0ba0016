// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.List;

/**
 * What a device needs to know to turn fields of one shape into frames and their counts into fields
 * by itself, see {@link DeviceFrames}. Plain data; the tables follow from it.
 *
 * @param shape of the fields
 * @param holdsMean whether the mean, or on the way back bin 0, is taken out and not shown
 * @param mode how fields are read
 * @param readouts reads of every frame
 * @param exposureControl who sets their exposures
 * @param shading what is divided out
 */
@Experimental(since = "0.1")
public record FieldCoding(
    FrameShape shape,
    boolean holdsMean,
    ReadoutMode mode,
    List<Readout> readouts,
    ExposureControl exposureControl,
    Shading shading) {
  public FieldCoding {
    readouts = List.copyOf(readouts);
  }

  /** Whether the weights of the displayed amplitudes are any but 1. */
  public boolean weighsDisplay() {
    return ShadingWeights.weighsDisplay(shading);
  }

  /** The rows' part of the weights that displayed amplitudes are multiplied by. */
  public float[] rowWeights() {
    return ShadingWeights.display(shape.rows(), shading);
  }

  /** The columns' part of the weights that displayed amplitudes are multiplied by. */
  public float[] colWeights() {
    return ShadingWeights.display(shape.cols(), shading);
  }

  /** The rows' part of the factors of detector pixels, interleaved complex, in their order. */
  public float[] rowFactors() {
    return FieldReconstruction.factors(shape.rows(), 1, shading);
  }

  /** The columns' part of the factors of detector pixels, interleaved complex, in their order. */
  public float[] colFactors() {
    return FieldReconstruction.factors(shape.cols(), 0, shading);
  }
}
