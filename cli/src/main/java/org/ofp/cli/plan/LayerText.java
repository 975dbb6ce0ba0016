// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.TransposedSpec;

/** A layer in a few words: {@code 64 to 128, 3×3, stride 2}. */
final class LayerText {
  private LayerText() {}

  static String of(LayerSpec layer) {
    Axes stride;
    Axes dilation;
    String kind = "";
    if (layer instanceof TransposedSpec spec) {
      stride = spec.stride();
      dilation = spec.dilation();
      kind = ", transposed";
    } else {
      ConvolutionSpec spec = (ConvolutionSpec) layer;
      stride = spec.stride();
      dilation = spec.dilation();
    }
    boolean depthwise = layer.groups() > 1 && layer.groups() == layer.inChannels();
    return layer.inChannels()
        + " to "
        + layer.outChannels()
        + ", "
        + layer.kernelRows()
        + "×"
        + layer.kernelCols()
        + kind
        + unlessOne(", stride ", stride)
        + unlessOne(", dilation ", dilation)
        + (depthwise ? ", depthwise" : layer.groups() > 1 ? ", groups " + layer.groups() : "");
  }

  private static String unlessOne(String what, Axes axes) {
    if (axes.rows() == axes.cols()) {
      return axes.rows() == 1 ? "" : what + axes.rows();
    }
    return what + axes.rows() + "×" + axes.cols();
  }
}
