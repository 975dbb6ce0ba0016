// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/**
 * A field as a sum of frames whose values a modulator with levels can show: what the levels of a
 * frame leave over is the next frame, scaled to the full range.
 *
 * <pre>
 *   a  =  q₀ + r₀      q₀ the values nearest to a that can be shown (with two phases for a field,
 *                      the mean of theirs)
 *   r₀ =  s₁·(q₁ + r₁)     s₁ = max|r₀|, and so on; the last frame is rounded by the device
 * </pre>
 *
 * <p>With b bits of amplitude and phase |r| is at most about π/2^b, so each slice gains b−1.65
 * bits. What is asked for are the middles of levels: which of two levels a device takes half-way
 * between them is its own business, and float arithmetic decides it for a few pixels in 10⁵, enough
 * to spoil the second slice. Immutable, safe for use by several threads.
 */
final class BitSlices {
  private final int pixels;
  private final DisplayLevels levels;

  /** Scales what is left over. */
  private final FrameEncoding encoding;

  BitSlices(FrameShape shape, DisplayLevels levels) {
    pixels = shape.pixels();
    this.levels = levels;
    encoding = new FrameEncoding(shape, Shading.none(), false);
  }

  /**
   * Makes room for the levels of a field that was encoded, where they need it.
   *
   * @param facts of the field's encoding, from {@code factsOffset}
   */
  void reach(float[] field, int offset, double[] facts, int factsOffset) {
    double reach = levels.reach();
    if (reach == 1) {
      return;
    }
    for (int i = offset; i < offset + 2 * pixels; i++) {
      field[i] *= (float) reach;
    }
    facts[factsOffset + FrameEncoding.SCALE] /= reach;
    facts[factsOffset + FrameEncoding.NORM] *= reach;
  }

  /**
   * Replaces a slice's frames by what can be shown, and the field by what they leave over.
   *
   * @param field encoded, {@code 2·pixels} values from {@code offset}
   * @param frames the frames whose mean is the field, one after the other from {@code first}
   * @param count how many they are
   * @param facts receives the facts of what is left over, from {@code factsOffset}
   */
  void advance(
      float[] field,
      int offset,
      FloatBuffer frames,
      int first,
      int count,
      double[] facts,
      int factsOffset) {
    int values = 2 * pixels;
    float share = 1f / count;
    try (Workspace workspace = Workspace.take()) {
      float[] a = workspace.a;
      float[] left = workspace.b;
      for (int at = 0; at < values; at += Workspace.LANES) {
        int n = Math.min(Workspace.LANES, values - at);
        System.arraycopy(field, offset + at, left, 0, n);
        for (int frame = first + at; frame < first + at + count * values; frame += values) {
          frames.get(frame, a, 0, n);
          levels.settle(a, n, share, left, true);
          frames.put(frame, a, 0, n);
        }
        System.arraycopy(left, 0, field, offset + at, n);
      }
    }
    encoding.encode(field, offset, false, facts, factsOffset);
    reach(field, offset, facts, factsOffset);
  }
}
