// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;

/**
 * The kernels of a depthwise layer, applied to the spectra of frames as they are: where each output
 * plane sees the planes of a few frames only, taking the frames' planes apart, sorting them by
 * frequency and putting them together again would cost far more than the product itself.
 *
 * <p>With {@code Z̃(k) = Z*(−k)} an input frame holds the planes {@code X_a = ½(Z + Z̃)} and {@code
 * X_b = (1/2i)(Z − Z̃)}, and the output frame is {@code Y₁ + i·Y₂} with {@code Y_n = Σ W_na·X_a +
 * W_nb·X_b}. Together {@code Σ A·Z + B·Z̃} over the input frames of an output frame, with
 *
 * <pre>
 *   A = ½[(W₁a + i·W₂a) − i·(W₁b + i·W₂b)]
 *   B = ½[(W₁a + i·W₂a) + i·(W₁b + i·W₂b)]
 * </pre>
 *
 * <p>Immutable, safe for use by several threads.
 */
final class PairwiseSpectra {
  private final FrameShape frame;

  /** Input frames of an output frame. */
  private final int inputs;

  /** {@code [input pairs][A, B][re, im][pixels]}. */
  private final float[][] factors;

  private PairwiseSpectra(FrameShape frame, int inputs, float[][] factors) {
    this.frame = frame;
    this.inputs = inputs;
    this.factors = factors;
  }

  /** Whether every output frame has input frames of its own. */
  static boolean suits(LayerGeometry geometry) {
    int inputs = geometry.inPlanesPerGroup();
    return geometry.groups() > 1
        && geometry.outPlanesPerGroup() == 1
        && (inputs == 1 || inputs % 2 == 0);
  }

  static PairwiseSpectra of(ConvolutionPlan plan, FloatBuffer weights, FftKernel fft) {
    LayerGeometry geometry = plan.geometry();
    FrameShape frame = plan.frame();
    FftPlan transform = fft.plan(frame.rows(), frame.cols());
    float[][] factors = new float[geometry.inputPairs()][4 * frame.pixels()];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            pair -> {
              float[] spectrum = new float[2 * frame.pixels()];
              for (int part = 0; part < 2; part++) {
                int in = 2 * pair + part;
                if (in < geometry.inPlanes()) {
                  int out = in / geometry.inPlanesPerGroup();
                  Arrays.fill(spectrum, 0f);
                  geometry.placeKernel(weights, out, in, frame.cols(), spectrum, 0);
                  transform.forward(spectrum, 0, 1);
                  add(spectrum, part, out % 2, factors[pair]);
                }
              }
            });
    // Two groups of n planes make n frames.
    return new PairwiseSpectra(frame, geometry.inPlanesPerGroup(), factors);
  }

  /**
   * Adds the contribution of one plane: {@code W = H*·√(R·C)} times ½ and a power of i.
   *
   * @param input 0 for plane a of its frame, 1 for b
   * @param output 0 for the first plane of the output frame, 1 for the second
   */
  private static void add(float[] h, int input, int output, float[] factors) {
    int pixels = h.length / 2;
    float scale = (float) Math.sqrt(pixels) / 2;
    // i^output/i^input for A; B has the opposite sign where the plane is b.
    for (int k = 0; k < pixels; k++) {
      float re = scale * h[2 * k];
      float im = -scale * h[2 * k + 1];
      float aRe = input == output ? re : output == 1 ? -im : im;
      float aIm = input == output ? im : output == 1 ? re : -re;
      float sign = input == 0 ? 1 : -1;
      factors[k] += aRe;
      factors[pixels + k] += aIm;
      factors[2 * pixels + k] += sign * aRe;
      factors[3 * pixels + k] += sign * aIm;
    }
  }

  /** Input frames of an output frame. */
  int inputs() {
    return inputs;
  }

  /** How many input pairs there are. */
  int inputPairs() {
    return factors.length;
  }

  /** All factors, {@code [input pairs][A, B][re, im][pixels]}. */
  FloatBuffer factors() {
    int each = 4 * frame.pixels();
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(each, factors.length));
    for (int i = 0; i < factors.length; i++) {
      all.put(i * each, factors[i]);
    }
    return all;
  }

  /**
   * Adds the product with one input frame to an output frame's spectrum.
   *
   * @param pair number of the input frame's pair
   * @param z real parts, then imaginary parts of its spectrum, from {@code offset}
   * @param y spectrum of the output frame, re and im in turn, from {@code target}
   */
  void addProduct(int pair, float[] z, int offset, float[] y, int target) {
    int rows = frame.rows();
    int cols = frame.cols();
    float[] f = factors[pair];
    for (int r = 0; r < rows; r++) {
      int k = r * cols;
      int mirror = (rows - r) % rows * cols;
      addOne(f, k, z, offset + k, offset + mirror, y, target + 2 * k);
      for (int c = 1; c < cols; c++) {
        addOne(f, k + c, z, offset + k + c, offset + mirror + cols - c, y, target + 2 * (k + c));
      }
    }
  }

  private void addOne(float[] f, int k, float[] z, int at, int mirror, float[] y, int target) {
    int pixels = frame.pixels();
    float re = z[at];
    float im = z[at + pixels];
    float mirrorRe = z[mirror];
    float mirrorIm = -z[mirror + pixels];
    float aRe = f[k];
    float aIm = f[pixels + k];
    float bRe = f[2 * pixels + k];
    float bIm = f[3 * pixels + k];
    y[target] += aRe * re - aIm * im + (bRe * mirrorRe - bIm * mirrorIm);
    y[target + 1] += aRe * im + aIm * re + (bRe * mirrorIm + bIm * mirrorRe);
  }
}
