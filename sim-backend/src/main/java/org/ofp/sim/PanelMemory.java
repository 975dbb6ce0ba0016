// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.optics.Settling;

/**
 * The panel's drives as they have settled so far, see {@link Settling}. Not thread-safe: the order
 * of frames matters.
 */
final class PanelMemory {
  private final Settling settling;
  private final float[] state;

  PanelMemory(Settling settling) {
    this.settling = settling;
    state = new float[2 * settling.panel().pixels()];
  }

  /** Replaces a frame's drives by what the panel has reached when the frame period is over. */
  void settle(float[] drives, int offset, FrameShape shape) {
    FrameShape panel = settling.panel();
    float share = settling.share();
    int top = settling.top(shape);
    int left = settling.left(shape);
    for (int row = 0; row < panel.rows(); row++) {
      boolean inside = row >= top && row < top + shape.rows();
      int start = 2 * row * panel.cols();
      int from = start + 2 * left;
      int to = from + 2 * shape.cols();
      relax(start, inside ? from : start + 2 * panel.cols(), share);
      if (inside) {
        int source = offset + 2 * (row - top) * shape.cols() - from;
        for (int i = from; i < to; i++) {
          state[i] += share * (drives[source + i] - state[i]);
          drives[source + i] = state[i];
        }
        relax(to, start + 2 * panel.cols(), share);
      }
    }
  }

  private void relax(int from, int to, float share) {
    for (int i = from; i < to; i++) {
      state[i] -= share * state[i];
    }
  }
}
