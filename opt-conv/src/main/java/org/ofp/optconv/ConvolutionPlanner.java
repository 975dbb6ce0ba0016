// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Set;
import java.util.TreeSet;
import org.ofp.device.Capabilities;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;

/**
 * From a layer, the size of its maps and a device to a {@link ConvolutionPlan}.
 *
 * <p>Small frames waste overlap, large ones make the kernels' spectra large and the matrix products
 * narrow. Immutable and safe for use by several threads.
 */
public final class ConvolutionPlanner {
  private static final int[] SIZES = {
    4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 256, 512, 1024, 2048, 4096
  };

  /** A map that fits one frame of this size or less may be given a frame of its own size. */
  private static final int OWN_FRAME = 64;

  /** Frames up to this size are considered for every kernel. */
  private static final int LARGE_FRAME = 64;

  /** Frames up to so many times the kernel's extent are considered. */
  private static final int LARGE_MULTIPLE = 8;

  private final Capabilities capabilities;
  private final FourierTransformer transformer;

  ConvolutionPlanner(Capabilities capabilities, FourierTransformer transformer) {
    this.capabilities = capabilities;
    this.transformer = transformer;
  }

  /**
   * The plan for maps of the given size.
   *
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   */
  public ConvolutionPlan plan(LayerSpec layer, int rows, int cols) {
    layer.outputRows(rows);
    layer.outputCols(cols);
    FrameShape max = capabilities.maxFrame();
    LayerGeometry whole = LayerGeometry.of(layer, rows, cols, Integer.MAX_VALUE, Integer.MAX_VALUE);
    Best best = new Best();
    for (int r : frames(whole.rows(), max.rows())) {
      for (int c : frames(whole.cols(), max.cols())) {
        FrameShape frame = new FrameShape(r, c);
        int frames = transformer.framesPerTransform(frame);
        for (int extentRows : extents(whole.rows().extent(), r)) {
          for (int extentCols : extents(whole.cols().extent(), c)) {
            LayerGeometry geometry = LayerGeometry.of(layer, rows, cols, extentRows, extentCols);
            best.consider(ConvolutionPlan.of(layer, rows, cols, frame, geometry, frames));
          }
        }
      }
    }
    return best.plan;
  }

  /** Sizes of frames that are worth a look in one direction. */
  private Set<Integer> frames(AxisGeometry axis, int max) {
    if (!capabilities.windows()) {
      return Set.of(max);
    }
    Set<Integer> sizes = new TreeSet<>();
    int extent = axis.extent();
    // Frames of many kernels' size waste little overlap already; larger ones only cost memory.
    int largest = Math.min(max, Math.max(LARGE_FRAME, LARGE_MULTIPLE * extent));
    int whole = axis.whole();
    if (whole <= Math.min(max, Math.max(OWN_FRAME, 2 * extent))) {
      sizes.add(whole);
    }
    for (int size : SIZES) {
      // A frame must hold some outputs, and one much larger than the map is only waste.
      if (size > extent && size <= largest && size < 2 * whole) {
        sizes.add(size);
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(max);
    }
    return sizes;
  }

  /** The kernel as it is if it fits the frame, and in parts that leave half of it to outputs. */
  private static Set<Integer> extents(int extent, int frame) {
    Set<Integer> extents = new TreeSet<>();
    if (extent <= frame) {
      extents.add(extent);
    }
    if (2 * extent > frame) {
      extents.add(Math.min(extent, (frame + 1) / 2));
    }
    return extents;
  }

  private static final class Best {
    ConvolutionPlan plan;
    private double cost = Double.POSITIVE_INFINITY;

    void consider(ConvolutionPlan candidate) {
      double candidateCost = SpectralCost.of(candidate);
      if (candidateCost < cost) {
        plan = candidate;
        cost = candidateCost;
      }
    }
  }
}
