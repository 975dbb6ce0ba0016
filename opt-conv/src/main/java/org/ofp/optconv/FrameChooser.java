// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Set;
import java.util.TreeSet;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;

/**
 * Picks the frame shape that costs the host least.
 *
 * <p>Small frames waste overlap, large ones make the matrix products of every frequency narrow and
 * their kernel spectra large. The costs per pixel and per multiplication below are measured orders
 * of magnitude; only their ratio matters.
 */
final class FrameChooser {
  private static final int[] SIZES = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

  /** Nanoseconds for a pixel of a frame to be encoded, shown, read and reconstructed. */
  private static final double PIXEL = 20;

  /** Nanoseconds for a pixel per factor of two of the frame: the FFT's share. */
  private static final double PIXEL_PER_OCTAVE = 1;

  /** Nanoseconds for a complex multiplication and addition of the spectral product. */
  private static final double COMPLEX_MAC = 0.15;

  /** Nanoseconds to move a complex number between the two. */
  private static final double COMPLEX_MOVE = 4;

  /** A map that fits one frame of this size or less is always given one. */
  private static final int ALWAYS_WHOLE = 40;

  /** Frames up to this size are considered for every kernel. */
  private static final int LARGE_FRAME = 64;

  /** Frames up to so many times the kernel's size are considered. */
  private static final int LARGE_MULTIPLE = 8;

  /** FFTs of sizes with a larger prime factor are slow. */
  private static final int LARGEST_PRIME = 31;

  private FrameChooser() {}

  static FrameShape choose(ConvolutionSpec spec, int rows, int cols, Capabilities capabilities) {
    FrameShape max = capabilities.maxFrame();
    if (spec.extentRows() > max.rows() || spec.extentCols() > max.cols()) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "a kernel of extent "
              + spec.extentRows()
              + "×"
              + spec.extentCols()
              + " does not fit the device's frame of "
              + max
              + "; use a smaller kernel or a device with a larger frame");
    }
    if (!capabilities.windows()) {
      return max;
    }
    int fullRows = TilePlan.usedRows(spec, rows) + spec.extentRows() - 1;
    int fullCols = TilePlan.usedCols(spec, cols) + spec.extentCols() - 1;
    FrameShape best = null;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int r : candidates(spec.extentRows(), fullRows, max.rows())) {
      for (int c : candidates(spec.extentCols(), fullCols, max.cols())) {
        TilePlan plan = TilePlan.of(spec, rows, cols, new FrameShape(r, c));
        double cost = cost(plan);
        if (cost < bestCost) {
          best = plan.frame();
          bestCost = cost;
        }
      }
    }
    return best;
  }

  private static Set<Integer> candidates(int extent, int full, int max) {
    Set<Integer> sizes = new TreeSet<>();
    // Frames of many kernels' size waste little overlap already; larger ones only cost memory.
    int largest = Math.min(max, Math.max(LARGE_FRAME, LARGE_MULTIPLE * extent));
    if (full <= largest && largestPrime(full) <= LARGEST_PRIME) {
      sizes.add(full);
      if (full <= ALWAYS_WHOLE) {
        return sizes;
      }
    }
    for (int size : SIZES) {
      // A frame must hold some outputs, and one larger than the map is only waste.
      if (size >= extent && size <= largest && (size < 2 * full || sizes.isEmpty())) {
        sizes.add(size);
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(max);
    }
    return sizes;
  }

  static int largestPrime(int n) {
    int largest = 1;
    for (int p = 2; (long) p * p <= n; p++) {
      while (n % p == 0) {
        largest = p;
        n /= p;
      }
    }
    return Math.max(largest, n);
  }

  private static double cost(TilePlan plan) {
    ConvolutionSpec spec = plan.spec();
    double pixels = plan.frame().pixels();
    double perPixel = PIXEL + PIXEL_PER_OCTAVE * Math.log(pixels) / Math.log(2);
    double optical = (double) plan.frames() * pixels * perPixel;
    int block = TilePlan.COLUMN_BLOCK;
    double columns = (double) TilePlan.ceilDiv(plan.tiles(), block) * block;
    double macs = (double) spec.outChannels() * spec.inChannels() / spec.groups();
    double moves = spec.inChannels() + spec.outChannels();
    double product = columns * plan.frequencies() * (macs * COMPLEX_MAC + moves * COMPLEX_MOVE);
    return optical + product;
  }
}
