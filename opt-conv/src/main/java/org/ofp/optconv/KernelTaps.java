// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.kernels.PointwiseProduct;

/**
 * The spectra of small kernels, some frequencies at a time, straight from their taps: {@code
 * conj(H)·√(R·C)/2 = ½·Σ w·exp(+2πi(u·r/R + v·c/C))} is a real matrix product of the exponentials
 * and the taps of all kernels. For the 3×3 kernels of 512→512 channels this takes about as long as
 * reading the spectra from memory would, if they were kept.
 *
 * <p>Safe for use by several threads.
 */
final class KernelTaps {
  /** Dense kernels of more taps than this are transformed faster by an FFT. */
  private static final int MOST_TAPS = 64;

  /** Kernels that are interleaved at a time. */
  private static final int RUN = 2048;

  private final FrameShape frame;
  private final int taps;
  private final int extentCols;
  private final int kernels;

  /** {@code [taps][kernels]}. */
  private final FloatBuffer values;

  private final PointwiseProduct product;

  private KernelTaps(
      FrameShape frame,
      int taps,
      int extentCols,
      int kernels,
      FloatBuffer values,
      PointwiseProduct product) {
    this.frame = frame;
    this.taps = taps;
    this.extentCols = extentCols;
    this.kernels = kernels;
    this.values = values;
    this.product = product;
  }

  /** Whether the plan's kernels have few enough taps. */
  static boolean suits(ConvolutionPlan plan) {
    return plan.extentRows() * plan.extentCols() <= MOST_TAPS;
  }

  /** Sorts weights, in PyTorch's order, by taps. */
  static KernelTaps of(ConvolutionPlan plan, FloatBuffer weights, PointwiseProduct product) {
    LayerGeometry geometry = plan.geometry();
    int inPerGroup = geometry.inPlanesPerGroup();
    int kernels = geometry.outPlanes() * inPerGroup;
    int taps = plan.extentRows() * plan.extentCols();
    FloatBuffer values = OpticalConvolver.direct((long) taps * kernels);
    IntStream.range(0, geometry.outPlanes())
        .parallel()
        .forEach(
            out -> {
              float[] kernel = new float[2 * taps];
              int first = out / geometry.outPlanesPerGroup() * inPerGroup;
              for (int in = 0; in < inPerGroup; in++) {
                Arrays.fill(kernel, 0f);
                geometry.placeKernel(weights, out, first + in, plan.extentCols(), kernel, 0);
                for (int tap = 0; tap < taps; tap++) {
                  values.put(tap * kernels + out * inPerGroup + in, kernel[2 * tap]);
                }
              }
            });
    return new KernelTaps(plan.frame(), taps, plan.extentCols(), kernels, values, product);
  }

  /** Floats of work space for so many frequencies. */
  int scratch(int frequencies) {
    return 2 * frequencies * (kernels + taps);
  }

  /**
   * Writes the spectra at frequencies {@code from} to {@code to}, one past the last, of the half
   * spectrum.
   *
   * @param scratch direct, at least {@link #scratch} floats
   * @param into receives {@code [frequencies][kernels]} complex from {@code offset}
   */
  void write(int from, int to, FloatBuffer scratch, FloatBuffer into, int offset) {
    int rows = 2 * (to - from);
    FloatBuffer waves = scratch.slice(rows * kernels, rows * taps);
    for (int f = from; f < to; f++) {
      for (int tap = 0; tap < taps; tap++) {
        double angle = angle(f, tap);
        waves.put(2 * (f - from) * taps + tap, (float) (0.5 * Math.cos(angle)));
        waves.put((2 * (f - from) + 1) * taps + tap, (float) (0.5 * Math.sin(angle)));
      }
    }
    product.apply(1, rows, taps, kernels, waves, null, values, scratch);
    float[] re = new float[RUN];
    float[] im = new float[RUN];
    float[] both = new float[2 * RUN];
    for (int f = 0; f < to - from; f++) {
      for (int done = 0; done < kernels; done += RUN) {
        int n = Math.min(RUN, kernels - done);
        scratch.get(2 * f * kernels + done, re, 0, n);
        scratch.get((2 * f + 1) * kernels + done, im, 0, n);
        interleave(re, im, both, n);
        into.put(offset + 2 * (f * kernels + done), both, 0, 2 * n);
      }
    }
  }

  private double angle(int frequency, int tap) {
    int half = frame.cols() / 2 + 1;
    int row = frequency / half;
    int col = frequency % half;
    int down = tap / extentCols;
    int across = tap % extentCols;
    double r = 2 * Math.PI * row / frame.rows();
    double c = 2 * Math.PI * col / frame.cols();
    return r * down + c * across;
  }

  /** Taps of a kernel. */
  int taps() {
    return taps;
  }

  /** How many kernels there are. */
  int kernels() {
    return kernels;
  }

  /**
   * For spectra as one product of complex matrices: the exponentials, {@code [frequencies][taps]}.
   */
  FloatBuffer complexWaves(int frequencies) {
    FloatBuffer waves = FloatBuffer.allocate(2 * frequencies * taps);
    for (int i = 0; i < frequencies * taps; i++) {
      double angle = angle(i / taps, i % taps);
      waves.put(2 * i, (float) (0.5 * Math.cos(angle)));
      waves.put(2 * i + 1, (float) (0.5 * Math.sin(angle)));
    }
    return waves;
  }

  /** For spectra as one product of complex matrices: the taps, {@code [taps][kernels]}. */
  FloatBuffer complexValues() {
    FloatBuffer complex = FloatBuffer.allocate(Math.multiplyExact(2 * taps, kernels));
    for (int i = 0; i < taps * kernels; i++) {
      complex.put(2 * i, values.get(i));
    }
    return complex;
  }

  private static void interleave(float[] re, float[] im, float[] both, int n) {
    for (int i = 0; i < n; i++) {
      both[2 * i] = re[i];
      both[2 * i + 1] = im[i];
    }
  }
}
