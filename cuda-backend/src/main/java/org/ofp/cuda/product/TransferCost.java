// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.util.Locale;

/**
 * When a pointwise product of data in the host's memory is worth the way to a GPU and back.
 *
 * <p>A product of c input and c output channels does 2·c² operations per pixel and moves 8·c bytes,
 * so it is a matter of the channels: more pixels multiply both. The times compared are
 *
 * <ul>
 *   <li>host: the larger of operations ÷ rate and bytes ÷ memory rate;
 *   <li>GPU: a start, plus weights, input and output over the bus, plus input and output into and
 *       out of page-locked memory, plus the product there. On the machine these overlap. Adding
 *       them up leaves to the host what is about even, so that no layer gets slower by much if the
 *       constants do not fit a machine.
 * </ul>
 *
 * <p>The constants are <b>assumptions about a usual machine, not measured on a GPU</b>, and fixed,
 * so that the same layer runs in the same place in every run: PCIe 4.0 ×16 as page-locked copies
 * see it; 8 cores beside a GPU, each with what MKL's and OpenBLAS's engines were measured to do on
 * an AMD EPYC with AVX-512 (2 cores, 2026-11-23: 63 billion operations a second and core with 64
 * channels, 93 with 256, 105 with 512; a copy of 21 GB/s by one core), as much as their shared
 * memory lets them; and a middling GPU's float32. By these, c channels to c channels go to the GPU
 * from some 220 on.
 */
final class TransferCost {
  /** Launches, copies and waits of a call, in nanoseconds. */
  private static final double START = 80_000;

  /** Bytes per nanosecond over the bus, one way at a time. */
  private static final double BUS = 20;

  /** Bytes per nanosecond that the host's cores copy, or read and write, together. */
  private static final double HOST_MEMORY = 40;

  /** Operations per nanosecond of the host's cores together. */
  private static final double HOST_RATE = 720;

  /** Operations per nanosecond of the GPU. */
  private static final double GPU_RATE = 20_000;

  private TransferCost() {}

  /**
   * Why a product is left to the host, for people; empty if it is worth the way.
   *
   * @param cout output channels, at least 1
   * @param cin input channels, at least 1
   * @param pixels pixels of an image, at least 1
   */
  static String declines(int cout, int cin, int pixels) {
    double operations = 2.0 * cout * cin * pixels;
    double moved = (double) Float.BYTES * ((double) cin + cout) * pixels;
    double weights = (double) Float.BYTES * cin * cout;
    double host = Math.max(operations / HOST_RATE, moved / HOST_MEMORY);
    double copies = (weights + moved) / BUS + moved / HOST_MEMORY;
    if (START + copies + operations / GPU_RATE < host) {
      return "";
    }
    if (copies < host) {
      return "the product is too small to be worth starting a GPU for it";
    }
    return "copying " + megabytes(weights + moved) + " would take longer than the product";
  }

  private static String megabytes(double bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, bytes < 1e8 ? "%.1f MB" : "%.0f MB", bytes / 1e6);
  }
}
