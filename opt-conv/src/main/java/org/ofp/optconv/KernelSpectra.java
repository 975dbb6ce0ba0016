// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.kernels.ComplexProduct;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.PreparedProduct;

/**
 * A layer's weights in the frequency domain, ready to be multiplied: for every frequency and group
 * a matrix {@code [outPlanes/groups, inPlanes/groups]} of {@code conj(H)·√(R·C)/2}, H the unitary
 * DFT of the dense kernel between two planes in a frame. The conjugate makes the product a
 * cross-correlation, the root makes it one for unitary transforms, and the half belongs to {@link
 * ChannelPacking}.
 *
 * <p>Holds native memory of {@link #bytes()} until it is closed. Safe for use by several threads.
 */
public final class KernelSpectra implements AutoCloseable {
  private static final int RUN_PIXELS = 16384;

  private final ConvolutionPlan plan;
  private final PreparedProduct product;

  private KernelSpectra(ConvolutionPlan plan, PreparedProduct product) {
    this.plan = plan;
    this.product = product;
  }

  /** Transforms weights on the host. */
  static KernelSpectra of(
      ConvolutionPlan plan, FloatBuffer weights, FftKernel fft, ComplexProduct engine) {
    FrameShape frame = plan.frame();
    LayerGeometry geometry = plan.geometry();
    int inPerGroup = geometry.inPlanesPerGroup();
    int outPerGroup = geometry.outPlanesPerGroup();
    int kernels = geometry.outPlanes() * inPerGroup;
    if (plan.spectraBytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the kernel spectra of "
              + geometry.inPlanes()
              + "→"
              + geometry.outPlanes()
              + " planes in frames of "
              + frame
              + " take "
              + (plan.spectraBytes() >> 20)
              + " MB, the limit is 2048 MB; use smaller frames");
    }
    float[] spectra = new float[Math.toIntExact(plan.spectraBytes() / 4)];
    FloatBuffer buffer = FloatBuffer.wrap(spectra);
    FftPlan transform = fft.plan(frame.rows(), frame.cols());
    // [frequency][out][in] is [frequency][kernel], one column wide.
    ChannelPacking packing = new ChannelPacking(frame, kernels, 1);
    // Two real kernels share a complex transform, as two planes share a frame.
    int values = 2 * frame.pixels();
    int run = Math.max(1, RUN_PIXELS / frame.pixels());
    int pairs = ConvolutionPlan.ceilDiv(kernels, 2);
    IntStream.range(0, ConvolutionPlan.ceilDiv(pairs, run))
        .parallel()
        .forEach(
            block -> {
              int first = block * run;
              int count = Math.min(run, pairs - first);
              float[] frames = new float[values * count];
              float[] planes = new float[values];
              float[] scratch = new float[packing.scratch()];
              for (int i = 0; i < 2 * count && 2 * first + i < kernels; i++) {
                int out = (2 * first + i) / inPerGroup;
                int in = out / outPerGroup * inPerGroup + (2 * first + i) % inPerGroup;
                int target = i / 2 * values + i % 2;
                geometry.placeKernel(weights, out, in, frame.cols(), frames, target);
              }
              transform.forward(frames, 0, count);
              for (int i = 0; i < count; i++) {
                separate(frames, values * i, planes);
                packing.unpack(planes, first + i, 0, 1, buffer, 0, scratch);
              }
            });
    // Unpacking doubles both the kernels' and the maps' spectra.
    conjugate(spectra, (float) (Math.sqrt(frame.pixels()) / 4));
    return new KernelSpectra(
        plan,
        engine.prepare(plan.frequencies() * geometry.groups(), outPerGroup, inPerGroup, spectra));
  }

  private static void separate(float[] field, int offset, float[] planes) {
    int pixels = planes.length / 2;
    for (int i = 0; i < pixels; i++) {
      planes[i] = field[offset + 2 * i];
      planes[pixels + i] = field[offset + 2 * i + 1];
    }
  }

  private static void conjugate(float[] spectra, float scale) {
    for (int i = 0; i < spectra.length; i += 2) {
      spectra[i] *= scale;
      spectra[i + 1] *= -scale;
    }
  }

  /** The plan that they are for; plans that differ only in the map's size may share them. */
  public ConvolutionPlan plan() {
    return plan;
  }

  /** Whether they are what another plan needs, for the same weights. */
  public boolean fits(ConvolutionPlan other) {
    return plan.layer().equals(other.layer())
        && plan.frame().equals(other.frame())
        && plan.extentRows() == other.extentRows()
        && plan.extentCols() == other.extentCols()
        && plan.inPlanes() == other.inPlanes()
        && plan.outPlanes() == other.outPlanes();
  }

  /** Matrices in the order {@code [frequency][group]}. */
  PreparedProduct product() {
    return product;
  }

  /** Native memory held. */
  public long bytes() {
    return plan.spectraBytes();
  }

  @Override
  public void close() {
    product.close();
  }
}
