// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.kernels.ComplexProduct;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.PreparedProduct;

/**
 * A layer's weights in the frequency domain, ready to be multiplied: for every frequency and group
 * a matrix {@code [outChannels/groups, inChannels/groups]} of {@code conj(H)·√(R·C)}, H the unitary
 * DFT of the dilated kernel in a frame. The conjugate makes the product a cross-correlation, the
 * root makes it one for unitary transforms.
 *
 * <p>Holds native memory of {@link #bytes()} until it is closed. Safe for use by several threads.
 */
public final class KernelSpectra implements AutoCloseable {
  private final FrameShape frame;
  private final PreparedProduct product;
  private final long bytes;

  private KernelSpectra(FrameShape frame, PreparedProduct product, long bytes) {
    this.frame = frame;
    this.product = product;
    this.bytes = bytes;
  }

  /** Memory that the spectra of a plan take, in bytes. */
  public static long bytes(TilePlan plan) {
    ConvolutionSpec spec = plan.spec();
    return 8L * plan.frequencies() * spec.outChannels() * (spec.inChannels() / spec.groups());
  }

  /**
   * Transforms weights on the host.
   *
   * @param weights {@code [outChannels, inChannels/groups, kernelRows, kernelCols]}
   */
  public static KernelSpectra of(
      TilePlan plan, FloatBuffer weights, FftKernel fft, ComplexProduct engine) {
    ConvolutionSpec spec = plan.spec();
    FrameShape frame = plan.frame();
    int inPerGroup = spec.inChannels() / spec.groups();
    int kernels = spec.outChannels() * inPerGroup;
    if (bytes(plan) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the kernel spectra of "
              + spec.inChannels()
              + "→"
              + spec.outChannels()
              + " channels in frames of "
              + frame
              + " take "
              + (bytes(plan) >> 20)
              + " MB, the limit is 2048 MB; use smaller frames");
    }
    float[] spectra = new float[Math.toIntExact(bytes(plan) / 4)];
    FftPlan transform = fft.plan(frame.rows(), frame.cols());
    ChannelPacking packing = new ChannelPacking(frame);
    // Two real kernels share a complex transform, as two channels share a frame.
    int values = 2 * frame.pixels();
    int run = Math.max(1, 16384 / frame.pixels());
    int pairs = TilePlan.ceilDiv(kernels, 2);
    IntStream.range(0, TilePlan.ceilDiv(pairs, run))
        .parallel()
        .forEach(
            block -> {
              int first = block * run;
              int count = Math.min(run, pairs - first);
              float[] frames = new float[values * count];
              for (int i = 0; i < count; i++) {
                place(spec, weights, 2 * (first + i), kernels, frame, frames, values * i);
              }
              transform.forward(frames, 0, count);
              for (int i = 0; i < count; i++) {
                // [frequency][out][in] is [frequency][kernel], one column wide.
                packing.unpack(frames, values * i, 0, first + i, 1, spectra, kernels, 1);
              }
            });
    float root = (float) Math.sqrt(frame.pixels());
    conjugate(spectra, root);
    PreparedProduct product =
        engine.prepare(
            plan.frequencies() * spec.groups(),
            spec.outChannels() / spec.groups(),
            inPerGroup,
            spectra);
    return new KernelSpectra(frame, product, bytes(plan));
  }

  private static void place(
      ConvolutionSpec spec,
      FloatBuffer weights,
      int kernel,
      int kernels,
      FrameShape frame,
      float[] field,
      int offset) {
    Arrays.fill(field, offset, offset + 2 * frame.pixels(), 0f);
    int taps = spec.kernelRows() * spec.kernelCols();
    for (int part = 0; part < 2 && kernel + part < kernels; part++) {
      int source = (kernel + part) * taps;
      for (int r = 0; r < spec.kernelRows(); r++) {
        for (int c = 0; c < spec.kernelCols(); c++) {
          int pixel = r * spec.dilationRows() * frame.cols() + c * spec.dilationCols();
          field[offset + 2 * pixel + part] = weights.get(source + r * spec.kernelCols() + c);
        }
      }
    }
  }

  private static void conjugate(float[] spectra, float scale) {
    for (int i = 0; i < spectra.length; i += 2) {
      spectra[i] *= scale;
      spectra[i + 1] *= -scale;
    }
  }

  FrameShape frame() {
    return frame;
  }

  /** Matrices in the order {@code [frequency][group]}. */
  PreparedProduct product() {
    return product;
  }

  /** Native memory held. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    product.close();
  }
}
