// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What the host's part of a convolution takes, in nanoseconds of one core: measured orders of
 * magnitude (AMD EPYC with AVX-512, MKL's transforms, OpenBLAS's products), of which the ratios
 * decide how a layer is planned. They are constants, so that a plan is the same on every machine.
 */
final class SpectralCost {
  /** A frame, beside its pixels. */
  private static final double FRAME = 1000;

  /** A pixel of a field, encoded, shown, read, reconstructed and sorted, beside its transform. */
  private static final double PIXEL = 5;

  /** A pixel of each further read, merged and, on a simulated bench, exposed. */
  private static final double PIXEL_READ = 6;

  /** Complex multiplications and additions in a nanosecond, for {@link #COLUMNS}. */
  private static final double[] PRODUCT_RATE = {12, 16, 17.5, 18.5};

  /** Columns of a product that are considered. */
  private static final int[] COLUMNS = {16, 32, 48, 64};

  /** Moving a byte of the kernels' spectra to the core. */
  private static final double SPECTRA_BYTE = 0.1;

  /** Computing a byte of the kernels' spectra, where they are not kept from pass to pass. */
  static final double FRESH_BYTE = 0.3;

  private SpectralCost() {}

  /** A transform's time per pixel by the sizes of its frame: powers of two are best. */
  private static double transform(int n) {
    int odd = n >> Integer.numberOfTrailingZeros(n);
    if (odd == 1) {
      return n < 16 ? 3 : 2;
    }
    return switch (largestPrime(odd)) {
      case 3 -> 2.8;
      case 5, 7 -> 3.1;
      case 11, 13 -> 4.5;
      default -> 7.5;
    };
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

  /** The number of columns that wastes least on so many tiles. */
  static int bestColumns(long tiles) {
    int best = 0;
    for (int i = 1; i < COLUMNS.length; i++) {
      if (columnCost(tiles, i) < columnCost(tiles, best)) {
        best = i;
      }
    }
    return COLUMNS[best];
  }

  private static double columnCost(long tiles, int i) {
    long padded = (tiles + COLUMNS[i] - 1) / COLUMNS[i] * COLUMNS[i];
    return padded / PRODUCT_RATE[i];
  }

  /** Nanoseconds of one core for an image, with spectra that are kept. */
  static double of(ConvolutionPlan plan) {
    double perPixel =
        PIXEL
            + PIXEL_READ * (plan.effort().reads() - 1)
            + (transform(plan.frame().rows()) + transform(plan.frame().cols())) / 2;
    int rate = 0;
    while (COLUMNS[rate] != plan.columns()) {
      rate++;
    }
    int inPerGroup = plan.inPlanes() / plan.layer().groups();
    double macs = (double) plan.frequencies() * plan.outPlanes() * inPerGroup;
    return plan.transforms() * (plan.effort().frames() * FRAME + plan.effort().pixels() * perPixel)
        + macs * columnCost(plan.tiles(), rate)
        + plan.spectraBytes() * SPECTRA_BYTE;
  }
}
