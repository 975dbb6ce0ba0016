// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * How a slow panel takes over new drives: in a frame period each relaxes by the share {@code 1 −
 * exp(−t/τ)} towards what is asked for, {@code state += share·(drive − state)}. The panel starts
 * blank; outside a window, which is centred on it, it is driven blank.
 *
 * @param panel the full frame
 * @param share of the way that is gone in a frame period, 0 to 1
 */
public record Settling(FrameShape panel, float share) {
  /** The settling of a bench; null if its panel settles at once. */
  public static Settling of(BenchParameters bench) {
    double settle = bench.slm().settle();
    return settle == 0
        ? null
        : new Settling(bench.frame(), (float) -Math.expm1(-bench.slm().framePeriod() / settle));
  }

  /** The panel's row in which frames of a shape have their first one. */
  public int top(FrameShape shape) {
    return panel.axisRow() - shape.axisRow();
  }

  /** The panel's column in which frames of a shape have their first one. */
  public int left(FrameShape shape) {
    return panel.axisCol() - shape.axisCol();
  }
}
