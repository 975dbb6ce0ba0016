// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * How well a layer came out on the device.
 *
 * @param predictedDb what {@link org.ofp.optconv.LayerSnr} expected of the layer's first image, in
 *     decibels
 * @param measuredDb power of the exact output about each map's mean over that of the error, in
 *     decibels, over the whole batch
 */
public record LayerAccuracy(double predictedDb, double measuredDb) {

  /** Decibels by which {@code y} follows {@code exact}, both {@code [n, channels, h, w]}. */
  static double snr(Tensor exact, Tensor y) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor alternating = exact.sub(exact.mean(new long[] {2, 3}, true, new ScalarTypeOptional()));
      double signal = alternating.square().sum().item().toDouble();
      double noise = y.sub(exact).square().sum().item().toDouble();
      return 10 * Math.log10(signal / noise);
    }
  }
}
