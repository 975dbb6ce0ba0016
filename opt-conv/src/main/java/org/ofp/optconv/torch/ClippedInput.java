// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * A layer's input within its range.
 *
 * @param values the input itself if nothing was beyond
 * @param clipped values that were
 */
record ClippedInput(Tensor values, long clipped) {

  /**
   * Clips, recorded by libtorch.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} for infinite values: they are
   *     an error upstream, not outliers; NaN stays NaN
   */
  static ClippedInput of(Tensor x, OptionalDouble limit) {
    if (limit.isEmpty()) {
      return new ClippedInput(x, 0);
    }
    double most = limit.getAsDouble();
    long clipped = beyond(x, most);
    if (clipped == 0) {
      return new ClippedInput(x, 0);
    }
    Tensor values =
        Scoped.call(
            () ->
                x.clamp(
                    new ScalarOptional(new Scalar(-most)), new ScalarOptional(new Scalar(most))));
    return new ClippedInput(values, clipped);
  }

  private static long beyond(Tensor x, double most) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor magnitudes = x.abs();
      if (magnitudes.eq(new Scalar(Double.POSITIVE_INFINITY)).any().item().toBool()) {
        throw new DeviceException(
            ErrorCode.INADMISSIBLE_FRAME,
            "the input holds infinite values and cannot be shown; check what was computed before");
      }
      return magnitudes.gt(new Scalar(most)).sum().item().toLong();
    }
  }
}
