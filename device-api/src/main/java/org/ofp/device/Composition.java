// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.ArrayList;
import java.util.List;

/**
 * How a transform of some shape is made up of transforms that a device takes: the frames of each
 * stage of a Cooley–Tukey factorisation, one frame shape per stage.
 *
 * <p>A field of R×C pixels whose sides are products R = a₁·…·aₛ and C = b₁·…·bₛ takes s stages of
 * RC/(aᵢbᵢ) frames of aᵢ×bᵢ pixels. Frames are what a bench spends its time on, so of all
 * factorisations with the fewest stages the one with the fewest frames is taken. An axis with fewer
 * factors than the other has factors 1 in the rest: its pixels are then transformed side by side.
 * 121×121 from 11×11 takes 2 stages of 121 frames.
 *
 * <p>Immutable.
 *
 * @param shape what is to be transformed
 * @param stages frame shapes in the order in which they are shown; the shape itself if the device
 *     takes it
 */
record Composition(FrameShape shape, List<FrameShape> stages) {
  Composition {
    stages = List.copyOf(stages);
  }

  /** Frames of one stage. */
  int frames(int stage) {
    return shape.pixels() / stages.get(stage).pixels();
  }

  /** Frames of all stages. */
  long frames() {
    long frames = 0;
    for (int s = 0; s < stages.size(); s++) {
      frames += frames(s);
    }
    return frames;
  }

  /** Whether {@link #of} has an answer. */
  static boolean exists(FrameShape shape, Capabilities capabilities) {
    return find(shape, capabilities) != null;
  }

  /**
   * The composition with the fewest frames.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} if there is none
   */
  static Composition of(FrameShape shape, Capabilities capabilities) {
    Composition found = find(shape, capabilities);
    if (found == null) {
      throw CompositionFailure.of(shape, capabilities);
    }
    return found;
  }

  private static Composition find(FrameShape shape, Capabilities capabilities) {
    if (capabilities.accepts(shape)) {
      return new Composition(shape, List.of(shape));
    }
    FrameShape max = capabilities.maxFrame();
    return capabilities.windows() ? fewestFrames(shape, max) : powers(shape, max);
  }

  /** Of frames of one size: both sides are the same power of theirs. */
  private static Composition powers(FrameShape shape, FrameShape frame) {
    long rows = frame.rows();
    long cols = frame.cols();
    List<FrameShape> stages = new ArrayList<>(List.of(frame));
    while (rows * cols < shape.pixels() && frame.pixels() > 1) {
      rows *= frame.rows();
      cols *= frame.cols();
      stages.add(frame);
    }
    return rows == shape.rows() && cols == shape.cols() ? new Composition(shape, stages) : null;
  }

  private static Composition fewestFrames(FrameShape shape, FrameShape max) {
    if (Factors.largestPrime(shape.rows()) > max.rows()
        || Factors.largestPrime(shape.cols()) > max.cols()) {
      return null;
    }
    for (int count = 1; ; count++) {
      List<int[]> rows = Factors.products(shape.rows(), max.rows(), count);
      List<int[]> cols = Factors.products(shape.cols(), max.cols(), count);
      if (!rows.isEmpty() && !cols.isEmpty()) {
        return best(shape, rows, cols);
      }
    }
  }

  private static Composition best(FrameShape shape, List<int[]> rows, List<int[]> cols) {
    Composition best = null;
    for (int[] a : rows) {
      for (int[] b : cols) {
        List<FrameShape> stages = new ArrayList<>();
        // Σ 1/(aᵢbᵢ) is least with the largest beside the smallest (rearrangement inequality).
        for (int s = 0; s < a.length; s++) {
          stages.add(new FrameShape(a[s], b[a.length - 1 - s]));
        }
        Composition candidate = new Composition(shape, stages);
        if (best == null || candidate.frames() < best.frames()) {
          best = candidate;
        }
      }
    }
    return best;
  }
}
