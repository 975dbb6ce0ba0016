// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.ofp.device.FrameId;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameShape;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PreparedProduct;

/**
 * The gradient of a convolution with respect to its weights, through the devices.
 *
 * <p>A weight's gradient is the correlation of the output's gradient g with a phase of the input at
 * the weight's tap: {@code ∂w[u] = Σ_r g[r]·x[r + u]}, u within the dense kernel's extent e. With
 * T−e+1 samples of g in a frame of T, zeros beside them, and the T samples of x that overlap-save
 * takes for the same tile, the circular correlation is free of wrap for these u. So
 *
 * <ol>
 *   <li>forward transforms of x's tiles, as in the layer itself, and inverse ones of g's, which
 *       gives G* at once
 *   <li>per frequency the matrix product {@code Σ G*·X} over the tiles
 *   <li>inverse transforms, two kernels to a frame, of which the corner is kept
 * </ol>
 */
final class WeightGradient {
  /** Most memory for the spectra of both maps at once, unless a single block needs more. */
  private static final long SPECTRA_BYTES = 128L << 20;

  private final ConvolutionPlan plan;
  private final LayerGeometry geometry;
  private final FrameKey key;
  private final DevicePool devices;
  private final int fields;

  /** {@code [frequencies][kernels]} complex, summed over the tiles so far. */
  private final FloatBuffer sum;

  WeightGradient(ConvolutionPlan plan, FrameKey key, DevicePool devices) {
    this.plan = plan;
    this.key = key;
    this.devices = devices;
    geometry = plan.geometry();
    fields = OpticalConvolver.fieldsAtOnce(plan);
    sum = OpticalConvolver.direct(2L * plan.frequencies() * kernels());
  }

  private int kernels() {
    return geometry.outPlanes() * geometry.inPlanesPerGroup();
  }

  /**
   * Computes the gradient.
   *
   * @param x {@code [images, inChannels, rows, cols]}
   * @param g {@code [images, outChannels, outputRows, outputCols]}
   * @param weights receives the gradient, in the weights' order
   */
  void compute(int images, FloatBuffer x, FloatBuffer g, FloatBuffer weights) {
    long tiles = (long) images * plan.tiles();
    long perTile = 8L * plan.frequencies() * (plan.inPlanes() + plan.outPlanes());
    int width = (int) Math.max(1, Math.min(tiles, SPECTRA_BYTES / perTile));
    FloatBuffer inputs = OpticalConvolver.direct(2L * plan.frequencies() * plan.inPlanes() * width);
    FloatBuffer product = OpticalConvolver.direct(sum.capacity());
    try (PreparedProduct gradients =
        Kernels.complexProduct()
            .prepare(plan.frequencies() * geometry.groups(), geometry.outPlanesPerGroup(), width)) {
      for (long first = 0; first < tiles; first += width) {
        int n = (int) Math.min(width, tiles - first);
        TileRun run = new TileRun(plan, key, first, tiles);
        transformInputs(run, n, width, x, inputs);
        transformGradients(run, n, width, g, gradients.weights());
        multiplyAndAdd(gradients, width, inputs, product);
      }
    }
    transformKernels(weights);
  }

  private void transformInputs(TileRun run, int n, int width, FloatBuffer x, FloatBuffer into) {
    ChannelPacking packing = new ChannelPacking(plan.frame(), plan.inPlanes(), width);
    FrameLoop.each(
        plan.inputPairs(),
        pair -> {
          TileEncoder encoder = new TileEncoder(plan, geometry, x);
          float[] scratch = new float[packing.scratch()];
          for (int done = 0; done < n; done += fields) {
            int column = done;
            int count = Math.min(fields, n - done);
            devices.run(
                plan.frame(),
                fields,
                batch -> {
                  OpticalConvolver.encodeAndTransform(
                      run, run.firstTile() + column, count, pair, encoder, batch);
                  packing.unpackByColumns(
                      batch.planes(), pair, column, count, geometry.groups(), into, scratch);
                });
          }
        });
  }

  private void transformGradients(TileRun run, int n, int width, FloatBuffer g, FloatBuffer into) {
    ChannelPacking packing = new ChannelPacking(plan.frame(), plan.outPlanes(), width);
    FrameLoop.each(
        plan.outputPairs(),
        pair -> {
          float[] scratch = new float[packing.scratch()];
          float[] row = new float[plan.frame().cols()];
          for (int done = 0; done < n; done += fields) {
            int column = done;
            int count = Math.min(fields, n - done);
            devices.run(
                plan.frame(),
                fields,
                batch -> {
                  for (int t = 0; t < count; t++) {
                    long tile = run.firstTile() + column + t;
                    encodeGradient(run, tile, pair, g, batch.fields(), batch.offset(t), row);
                    batch.identify(t, run.frameId(tile, pair, true), run.repeat());
                  }
                  batch.inverseToPlanes(count);
                  packing.unpack(batch.planes(), pair, column, count, into, 0, scratch);
                });
          }
          packing.clear(pair, n, into, 0, scratch);
        });
  }

  /** The samples of g that belong to a tile, two channels to a field, zeros beside them. */
  private void encodeGradient(
      TileRun run, long tile, int pair, FloatBuffer g, float[] field, int offset, float[] row) {
    FrameShape frame = plan.frame();
    Arrays.fill(field, offset, offset + 2 * frame.pixels(), 0f);
    int outRows = plan.outputRows();
    int outCols = plan.outputCols();
    int firstRow = run.place(tile) / plan.tileCols() * plan.validRows();
    int firstCol = run.place(tile) % plan.tileCols() * plan.validCols();
    int m = Math.min(plan.validRows(), outRows - firstRow);
    int n = Math.min(plan.validCols(), outCols - firstCol);
    for (int part = 0; part < 2 && 2 * pair + part < plan.outPlanes(); part++) {
      int plane = 2 * pair + part;
      long map = (long) run.image(tile) * plan.outPlanes() + plane;
      for (int r = 0; r < m; r++) {
        g.get(Math.toIntExact((map * outRows + firstRow + r) * outCols + firstCol), row, 0, n);
        int target = offset + 2 * r * frame.cols() + part;
        for (int c = 0; c < n; c++) {
          field[target + 2 * c] = row[c];
        }
      }
    }
  }

  private void multiplyAndAdd(
      PreparedProduct gradients, int width, FloatBuffer inputs, FloatBuffer product) {
    int matrices = gradients.matrices();
    int parts = Math.min(matrices, 64);
    int n = geometry.inPlanesPerGroup();
    int m = geometry.outPlanesPerGroup();
    FrameLoop.each(
        parts,
        part -> {
          int from = (int) ((long) matrices * part / parts);
          int to = (int) ((long) matrices * (part + 1) / parts);
          int target = 2 * from * m * n;
          gradients.multiply(from, to, n, inputs, 2 * from * width * n, product, target);
          for (int i = target; i < 2 * to * m * n; i++) {
            sum.put(i, sum.get(i) + product.get(i));
          }
        });
  }

  private void transformKernels(FloatBuffer weights) {
    int kernels = kernels();
    int pairs = ConvolutionPlan.ceilDiv(kernels, 2);
    ChannelPacking packing = new ChannelPacking(plan.frame(), kernels, 1);
    int pixels = plan.frame().pixels();
    // Unpacking has doubled both factors; the products of unitary transforms lack a root.
    float scale = (float) (Math.sqrt(pixels) / 4);
    FrameLoop.each(
        ConvolutionPlan.ceilDiv(pairs, fields),
        block -> {
          int first = block * fields;
          int count = Math.min(fields, pairs - first);
          float[] field = new float[2 * pixels];
          float[] scratch = new float[packing.scratch()];
          devices.run(
              plan.frame(),
              fields,
              batch -> {
                for (int i = 0; i < count; i++) {
                  packing.pack(sum, 0, first + i, 0, 1, field, scratch);
                  System.arraycopy(field, 0, batch.fields(), batch.offset(i), field.length);
                  batch.identify(i, kernelFrame(first + i), key.repeat());
                }
                batch.inverseToPlanes(count);
                for (int i = 0; i < 2 * count && 2 * first + i < kernels; i++) {
                  int source = batch.planeOffset(i / 2) + i % 2 * pixels;
                  takeKernel(2 * first + i, batch.planes(), source, scale, weights);
                }
              });
        });
  }

  /** Kernels have a number of their own where other frames have those of their tile and pair. */
  private long kernelFrame(int pair) {
    int slices = 1 << 14;
    return FrameId.of(
        key.layer(), key.firstImage() + (1 << 19), true, pair / slices, pair % slices);
  }

  private void takeKernel(
      int kernel, float[] planes, int source, float scale, FloatBuffer weights) {
    int n = geometry.inPlanesPerGroup();
    int out = kernel / n;
    int in = out / geometry.outPlanesPerGroup() * n + kernel % n;
    geometry.takeKernel(planes, source, plan.frame().cols(), scale, out, in, weights);
  }

  /** Frames that the devices show for a batch. */
  long frames(int images) {
    long kernelPairs = ConvolutionPlan.ceilDiv(kernels(), 2);
    return images * plan.frames() + kernelPairs * plan.framesPerTransform();
  }
}
