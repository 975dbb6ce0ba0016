// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;

/**
 * The panel's drives as they have settled so far: each relaxes towards what is asked for as {@code
 * 1 − exp(−t/τ)} in a frame period. Starts blank; outside a window the panel is driven blank. Not
 * thread-safe: the order of frames matters.
 */
final class PanelMemory {
  private final FrameShape panel;
  private final float share;
  private final float[] state;

  PanelMemory(FrameShape panel, double framePeriod, double settle) {
    this.panel = panel;
    share = (float) -Math.expm1(-framePeriod / settle);
    state = new float[2 * panel.pixels()];
  }

  /** Replaces a frame's drives by what the panel has reached when the frame period is over. */
  void settle(float[] drives, int offset, FrameShape shape) {
    int top = panel.axisRow() - shape.axisRow();
    int left = panel.axisCol() - shape.axisCol();
    for (int row = 0; row < panel.rows(); row++) {
      boolean inside = row >= top && row < top + shape.rows();
      int start = 2 * row * panel.cols();
      int from = start + 2 * left;
      int to = from + 2 * shape.cols();
      relax(start, inside ? from : start + 2 * panel.cols());
      if (inside) {
        int source = offset + 2 * (row - top) * shape.cols() - from;
        for (int i = from; i < to; i++) {
          state[i] += share * (drives[source + i] - state[i]);
          drives[source + i] = state[i];
        }
        relax(to, start + 2 * panel.cols());
      }
    }
  }

  private void relax(int from, int to) {
    for (int i = from; i < to; i++) {
      state[i] -= share * state[i];
    }
  }
}
