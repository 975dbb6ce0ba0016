// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceMemory;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameShape;
import org.ofp.kernels.ComplexProduct;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PointwiseProduct;
import org.ofp.kernels.PreparedProduct;

/**
 * A layer's weights in the frequency domain: for every frequency and group a matrix {@code
 * [outPlanes/groups, inPlanes/groups]} of {@code conj(H)·√(R·C)/2}, H the unitary DFT of the dense
 * kernel between two planes in a frame. The conjugate makes the product a cross-correlation, the
 * root makes it one for unitary transforms, and the half belongs to {@link ChannelPacking}.
 *
 * <p>They are kept, in native memory of {@link #bytes()} until they are closed; or, where that
 * would be too much, computed from the taps for some frequencies at a time whenever they are
 * needed. Depthwise layers have {@link PairwiseSpectra} instead. Safe for use by several threads.
 */
public final class KernelSpectra implements AutoCloseable {
  /** Frequencies for which kernels are computed at a time take about so many bytes. */
  private static final int BLOCK_BYTES = 4 << 20;

  private static final int RUN_PIXELS = 16384;

  private final ConvolutionPlan plan;
  private final ComplexProduct engine;
  private final PairwiseSpectra pairwise;

  /** All matrices; null if they are not kept. */
  private final PreparedProduct product;

  /** What matrices that are not kept are computed from. */
  private final KernelTaps taps;

  /** What is kept in devices' memories, once it was asked for there. */
  private final IdentityHashMap<DeviceMemory, DeviceBuffer> resident = new IdentityHashMap<>();

  private KernelSpectra(
      ConvolutionPlan plan,
      ComplexProduct engine,
      PairwiseSpectra pairwise,
      PreparedProduct product,
      KernelTaps taps) {
    this.plan = plan;
    this.engine = engine;
    this.pairwise = pairwise;
    this.product = product;
    this.taps = taps;
  }

  /**
   * Transforms weights on the host.
   *
   * @param keep whether they are to be kept in memory; kernels of many taps always are
   */
  static KernelSpectra of(ConvolutionPlan plan, FloatBuffer weights, boolean keep) {
    FftKernel fft = Kernels.fft();
    if (PairwiseSpectra.suits(plan.geometry())) {
      return new KernelSpectra(plan, null, PairwiseSpectra.of(plan, weights, fft), null, null);
    }
    ComplexProduct engine = Kernels.complexProduct();
    PointwiseProduct pointwise = Kernels.pointwiseProduct();
    if (!KernelTaps.suits(plan)) {
      PreparedProduct product = matrices(engine, plan, plan.frequencies());
      transform(plan, weights, fft, product.weights());
      return new KernelSpectra(plan, engine, null, product, null);
    }
    KernelTaps taps = KernelTaps.of(plan, weights, pointwise);
    if (!keep || plan.spectraBytes() > Integer.MAX_VALUE) {
      return new KernelSpectra(plan, engine, null, null, taps);
    }
    PreparedProduct product = matrices(engine, plan, plan.frequencies());
    KernelSpectra kept = new KernelSpectra(plan, engine, null, product, taps);
    kept.forBlocks(
        (from, to, scratch) ->
            taps.write(from, to, scratch, product.weights(), from * kept.matrixFloats()));
    return new KernelSpectra(plan, engine, null, product, null);
  }

  private static PreparedProduct matrices(
      ComplexProduct engine, ConvolutionPlan plan, int frequencies) {
    LayerGeometry geometry = plan.geometry();
    long bytes = plan.spectraBytes() / plan.frequencies() * frequencies;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the kernel spectra of "
              + geometry.inPlanes()
              + "→"
              + geometry.outPlanes()
              + " planes in frames of "
              + plan.frame()
              + " take "
              + (bytes >> 20)
              + " MB, the limit is 2048 MB; use smaller frames");
    }
    return engine.prepare(
        frequencies * geometry.groups(), geometry.outPlanesPerGroup(), geometry.inPlanesPerGroup());
  }

  /** Large kernels by FFT: two real ones share a complex transform, as two planes share a frame. */
  private static void transform(
      ConvolutionPlan plan, FloatBuffer weights, FftKernel fft, FloatBuffer spectra) {
    LayerGeometry geometry = plan.geometry();
    FrameShape frame = plan.frame();
    int inPerGroup = geometry.inPlanesPerGroup();
    int kernels = geometry.outPlanes() * inPerGroup;
    FftPlan transform = fft.plan(frame.rows(), frame.cols());
    // [frequency][out][in] is [frequency][kernel], one column wide.
    ChannelPacking packing = new ChannelPacking(frame, kernels, 1);
    int values = 2 * frame.pixels();
    int run = Math.max(1, RUN_PIXELS / frame.pixels());
    int pairs = ConvolutionPlan.ceilDiv(kernels, 2);
    // Unpacking doubles both the kernels' and the maps' spectra.
    float scale = (float) (Math.sqrt(frame.pixels()) / 4);
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
                int group = out / geometry.outPlanesPerGroup();
                int in = group * inPerGroup + (2 * first + i) % inPerGroup;
                int target = i / 2 * values + i % 2;
                geometry.placeKernel(weights, out, in, frame.cols(), frames, target);
              }
              // The conjugate of a real kernel's transform is its inverse transform.
              transform.inverse(frames, 0, count);
              for (int i = 0; i < count; i++) {
                separate(frames, values * i, planes, scale);
                packing.unpack(planes, first + i, 0, 1, spectra, 0, scratch);
              }
            });
  }

  private static void separate(float[] field, int offset, float[] planes, float scale) {
    int pixels = planes.length / 2;
    for (int i = 0; i < pixels; i++) {
      planes[i] = scale * field[offset + 2 * i];
      planes[pixels + i] = scale * field[offset + 2 * i + 1];
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

  /** Memory held, in bytes, besides a copy of the weights. */
  public long bytes() {
    return product == null && pairwise == null ? 0 : plan.spectraBytes();
  }

  /** What depthwise layers have instead of matrices; null for the others. */
  PairwiseSpectra pairwise() {
    return pairwise;
  }

  /** Whether there are matrices that are kept. */
  boolean areKept() {
    return product != null;
  }

  /** What matrices that are not kept are computed from. */
  KernelTaps taps() {
    return taps;
  }

  /**
   * What is kept, in a device's memory: copied there the first time, and freed with these spectra.
   *
   * @return {@code [frequencies·groups][outPlanes/groups][inPlanes/groups]} complex, or the factors
   *     of pairwise spectra
   */
  synchronized DeviceBuffer on(DeviceMemory memory) {
    DeviceBuffer known = resident.get(memory);
    if (known != null) {
      return known;
    }
    FloatBuffer weights = pairwise == null ? product.weights() : pairwise.factors();
    DeviceBuffer copy = memory.allocate("kernels' spectra", weights.capacity());
    try {
      copy.write(weights, 0, 0, weights.capacity());
    } catch (RuntimeException | Error e) {
      copy.close();
      throw e;
    }
    resident.put(memory, copy);
    return copy;
  }

  private synchronized void closeResident() {
    resident.values().forEach(DeviceBuffer::close);
    resident.clear();
  }

  /**
   * Multiplies blocks of tiles; frequencies are spread over the threads.
   *
   * @param x {@code [blocks][frequencies][inPlanes][columns]} complex
   * @param columns columns of a block
   * @param y receives {@code [blocks][frequencies][outPlanes][columns]} complex
   */
  void multiply(FloatBuffer x, int columns, int blocks, FloatBuffer y) {
    if (product == null) {
      computeAndMultiply(x, columns, blocks, y);
      return;
    }
    int parts = Math.min(plan.frequencies(), 64);
    FrameLoop.each(
        parts,
        part -> {
          int from = (int) ((long) plan.frequencies() * part / parts);
          int to = (int) ((long) plan.frequencies() * (part + 1) / parts);
          multiply(product, from, from, to, x, columns, blocks, y);
        });
  }

  private void computeAndMultiply(FloatBuffer x, int columns, int blocks, FloatBuffer y) {
    Deque<PreparedProduct> idle = new ConcurrentLinkedDeque<>();
    try {
      forBlocks(
          (from, to, scratch) -> {
            PreparedProduct known = idle.poll();
            PreparedProduct some = known == null ? matrices(engine, plan, blockSize()) : known;
            try {
              taps.write(from, to, scratch, some.weights(), 0);
              multiply(some, 0, from, to, x, columns, blocks, y);
            } finally {
              idle.push(some);
            }
          });
    } finally {
      idle.forEach(PreparedProduct::close);
    }
  }

  /**
   * @param first number of frequency {@code from} among those of the product
   */
  private void multiply(
      PreparedProduct matrices,
      int first,
      int from,
      int to,
      FloatBuffer x,
      int columns,
      int blocks,
      FloatBuffer y) {
    int groups = plan.layer().groups();
    int xFrequency = 2 * plan.inPlanes() * columns;
    int yFrequency = 2 * plan.outPlanes() * columns;
    for (int block = 0; block < blocks; block++) {
      int frequency = block * plan.frequencies() + from;
      matrices.multiply(
          first * groups,
          (first + to - from) * groups,
          columns,
          x,
          frequency * xFrequency,
          y,
          frequency * yFrequency);
    }
  }

  /** Floats of the matrices of one frequency. */
  private int matrixFloats() {
    return 2 * plan.outPlanes() * (plan.inPlanes() / plan.layer().groups());
  }

  /** Frequencies whose kernels are computed at a time. */
  private int blockSize() {
    return Math.max(1, Math.min(16, BLOCK_BYTES / 4 / matrixFloats()));
  }

  private void forBlocks(FrequencyBlock action) {
    int frequencies = plan.frequencies();
    int atOnce = blockSize();
    Deque<FloatBuffer> idle = new ConcurrentLinkedDeque<>();
    FrameLoop.each(
        ConvolutionPlan.ceilDiv(frequencies, atOnce),
        block -> {
          int from = block * atOnce;
          int to = Math.min(from + atOnce, frequencies);
          FloatBuffer known = idle.poll();
          FloatBuffer scratch =
              known == null ? OpticalConvolver.direct(taps.scratch(atOnce)) : known;
          action.run(from, to, scratch);
          idle.push(scratch);
        });
  }

  private interface FrequencyBlock {
    void run(int from, int to, FloatBuffer scratch);
  }

  @Override
  public void close() {
    closeResident();
    if (product != null) {
      product.close();
    }
  }
}
