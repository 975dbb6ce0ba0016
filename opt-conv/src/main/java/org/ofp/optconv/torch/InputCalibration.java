// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.InputRanges;

/** Observes what layers are given, to know what they will be given. */
final class InputCalibration {
  private final Map<String, MagnitudeHistogram> histograms = new HashMap<>();

  /** Takes note of a layer's input, on whichever route it runs. */
  void observe(String layer, Tensor x) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor values = x.cpu().to(torch.ScalarType.Float).contiguous();
      histograms
          .computeIfAbsent(layer, name -> new MagnitudeHistogram())
          .add(HostFloats.of(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot calibrate layer " + layer + ": " + e.getMessage() + "; use other samples", e);
    }
  }

  /** The ranges of all layers that had input other than zeros. */
  InputRanges ranges(double percentile) {
    Map<String, Double> limits = new HashMap<>();
    histograms.forEach(
        (layer, histogram) -> {
          if (histogram.greatest() > 0) {
            limits.put(layer, histogram.percentile(percentile));
          }
        });
    return new InputRanges(limits);
  }
}
