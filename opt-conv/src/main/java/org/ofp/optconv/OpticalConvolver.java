// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameId;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;
import org.ofp.kernels.ComplexProduct;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PreparedProduct;

/**
 * Two-dimensional convolutions by the convolution theorem on an optical Fourier processor.
 *
 * <p>In the order of the data's path, for a run of tiles at a time:
 *
 * <ol>
 *   <li>{@link TileEncoder}: overlap-save tiles of the padded map, two channels per complex field
 *   <li>{@link TransformBatch#forward}: their spectra, by the device
 *   <li>{@link ChannelPacking#unpack}: spectra of the channels, half the frequencies
 *   <li>{@link KernelSpectra}: one matrix product per frequency sums over the input channels
 *   <li>{@link ChannelPacking#pack}: two output channels per complex spectrum
 *   <li>{@link TransformBatch#inverse}: their fields, by the device
 *   <li>{@link TileDecoder}: the outputs free of wrap, stride, bias
 * </ol>
 *
 * <p>Every sum has a fixed order and every frame an id made of layer, image, tile and channel pair,
 * so results do not depend on threads or on how images are spread over batches. Not thread-safe;
 * works in the common fork-join pool, or in the one it is called from. Does not own the device.
 */
public final class OpticalConvolver {
  /** Complex pixels on their way to or from the device at once: 8 MB, about a core's cache. */
  private static final int BATCH_PIXELS = 1 << 20;

  /** Shapes of frames whose buffers are kept. */
  private static final int KEPT_BATCHES = 3;

  private final Capabilities capabilities;
  private final FourierTransformer transformer;
  private final FftKernel fft = Kernels.fft();
  private final ComplexProduct products = Kernels.complexProduct();
  private float[] inputSpectra = new float[0];
  private float[] outputSpectra = new float[0];
  private long frames;
  private long clipped;

  private final Map<FrameShape, TransformBatch> batches =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameShape, TransformBatch> eldest) {
          return size() > KEPT_BATCHES;
        }
      };

  /**
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the device cannot show or read
   *     complex fields
   */
  public OpticalConvolver(OpticalFourierDevice device, TransformOptions options) {
    capabilities = device.description().capabilities();
    transformer = new FourierTransformer(device, options);
  }

  /** How a layer's map is cut into frames for this device. */
  public TilePlan plan(ConvolutionSpec spec, int rows, int cols) {
    return TilePlan.of(spec, rows, cols, capabilities);
  }

  /** The spectra of weights {@code [outChannels, inChannels/groups, kernelRows, kernelCols]}. */
  public KernelSpectra spectra(TilePlan plan, FloatBuffer weights) {
    requireSize("weights", weights, plan.spec().weightCount());
    return KernelSpectra.of(plan, weights, fft, products);
  }

  /**
   * Convolves a batch.
   *
   * @param plan from {@link #plan}
   * @param layer number of the layer, part of the frames' ids
   * @param firstImage number of the first image, likewise
   * @param images images in the batch, at least 0
   * @param x {@code [images, inChannels, rows, cols]}, finite
   * @param kernels from {@link #spectra} for the same plan
   * @param bias a value per output channel, or null
   * @param y receives {@code [images, outChannels, outputRows, outputCols]}
   * @throws DeviceException if the input holds NaN or infinite values, or the device failed
   */
  public void convolve(
      TilePlan plan,
      int layer,
      long firstImage,
      int images,
      FloatBuffer x,
      KernelSpectra kernels,
      FloatBuffer bias,
      FloatBuffer y) {
    ConvolutionSpec spec = plan.spec();
    requireSize("input", x, (long) images * spec.inChannels() * plan.rows() * plan.cols());
    requireSize(
        "output", y, (long) images * spec.outChannels() * plan.outputRows() * plan.outputCols());
    if (!kernels.frame().equals(plan.frame())) {
      throw new IllegalArgumentException(
          "the kernel spectra are for frames of " + kernels.frame() + ", not " + plan.frame());
    }
    int width = plan.columns();
    inputSpectra = grown(inputSpectra, 2L * plan.frequencies() * spec.inChannels() * width);
    outputSpectra = grown(outputSpectra, 2L * plan.frequencies() * spec.outChannels() * width);
    TransformBatch batch = batch(plan);
    long tiles = (long) images * plan.tiles();
    for (long first = 0; first < tiles; first += width) {
      Run run = new Run(plan, layer, firstImage, first, (int) Math.min(width, tiles - first));
      forwardPass(run, new TileEncoder(plan, x), batch);
      multiply(plan, kernels.product());
      inversePass(run, new TileDecoder(plan, bias, y), batch);
    }
    frames += images * plan.frames();
  }

  /** Steps 1 to 3. */
  private void forwardPass(Run run, TileEncoder encoder, TransformBatch batch) {
    TilePlan plan = run.plan;
    ChannelPacking packing = new ChannelPacking(plan.frame());
    forPairs(
        run,
        plan.inputPairs(),
        batch,
        (pair, frame) -> {
          float[] scratch = new float[2 * plan.frame().cols()];
          for (int t = 0; t < run.columns; t++) {
            encoder.encode(
                run.image(t), run.tile(t), pair, batch.fields(), batch.offset(frame + t), scratch);
            batch.identify(frame + t, run.frameId(t, pair, false), 0);
          }
        },
        batch::forward,
        (pair, frame) ->
            packing.unpack(
                batch.fields(),
                batch.offset(frame),
                batch.offset(1),
                pair,
                run.columns,
                inputSpectra,
                plan.spec().inChannels(),
                plan.columns()));
  }

  /** Step 4: frequencies are spread over the threads. */
  private void multiply(TilePlan plan, PreparedProduct product) {
    ConvolutionSpec spec = plan.spec();
    int width = plan.columns();
    int matrices = product.matrices();
    int blocks = Math.min(matrices, 64);
    int xMatrix = 2 * (spec.inChannels() / spec.groups()) * width;
    int yMatrix = 2 * (spec.outChannels() / spec.groups()) * width;
    parallel(
        blocks,
        block -> {
          int from = (int) ((long) matrices * block / blocks);
          int to = (int) ((long) matrices * (block + 1) / blocks);
          product.multiply(
              from, to, width, inputSpectra, from * xMatrix, outputSpectra, from * yMatrix);
        });
  }

  /** Steps 5 to 7. */
  private void inversePass(Run run, TileDecoder decoder, TransformBatch batch) {
    TilePlan plan = run.plan;
    ChannelPacking packing = new ChannelPacking(plan.frame());
    forPairs(
        run,
        plan.outputPairs(),
        batch,
        (pair, frame) -> {
          packing.pack(
              outputSpectra,
              plan.spec().outChannels(),
              plan.columns(),
              pair,
              run.columns,
              batch.fields(),
              batch.offset(frame),
              batch.offset(1));
          for (int t = 0; t < run.columns; t++) {
            batch.identify(frame + t, run.frameId(t, pair, true), 0);
          }
        },
        batch::inverse,
        (pair, frame) -> {
          float[] scratch = new float[plan.frame().cols()];
          for (int t = 0; t < run.columns; t++) {
            decoder.decode(
                run.image(t), run.tile(t), pair, batch.fields(), batch.offset(frame + t), scratch);
          }
        });
  }

  /** Runs channel pairs through the device, as many at a time as the batch holds. */
  private void forPairs(
      Run run,
      int pairs,
      TransformBatch batch,
      PairTask before,
      IntConsumer transform,
      PairTask after) {
    int atOnce = batch.capacity() / run.plan.columns();
    for (int first = 0; first < pairs; first += atOnce) {
      int base = first;
      int count = Math.min(atOnce, pairs - first);
      parallel(count, i -> before.run(base + i, i * run.columns));
      transform.accept(count * run.columns);
      parallel(count, i -> after.run(base + i, i * run.columns));
    }
    clipped += batch.takeClipped();
  }

  private TransformBatch batch(TilePlan plan) {
    int pairs = Math.max(plan.inputPairs(), plan.outputPairs());
    int atOnce =
        Math.min(pairs, Math.max(1, BATCH_PIXELS / plan.frame().pixels() / plan.columns()));
    int capacity = Math.multiplyExact(atOnce, plan.columns());
    TransformBatch batch = batches.get(plan.frame());
    if (batch == null || batch.capacity() < capacity) {
      batch = transformer.batch(plan.frame(), capacity);
      batches.put(plan.frame(), batch);
    }
    return batch;
  }

  /** Frames shown so far. */
  public long frames() {
    return frames;
  }

  /** Detector counts that clipped so far. */
  public long clipped() {
    return clipped;
  }

  private static void parallel(int n, IntConsumer task) {
    IntStream.range(0, n).parallel().forEach(task);
  }

  private static float[] grown(float[] array, long values) {
    if (array.length >= values) {
      return array;
    }
    return new float[Math.toIntExact(values)];
  }

  private static void requireSize(String what, FloatBuffer buffer, long values) {
    if (buffer.capacity() < values) {
      throw new IllegalArgumentException(
          "the " + what + " needs " + values + " values, its buffer holds " + buffer.capacity());
    }
  }

  private interface PairTask {
    /**
     * @param pair the channel pair
     * @param frame the first of its frames in the batch
     */
    void run(int pair, int frame);
  }

  /** Which tiles a run has: consecutive ones, counted through the images of the batch. */
  private static final class Run {
    final TilePlan plan;
    final int columns;
    private final int layer;
    private final long firstImage;
    private final long firstTile;

    Run(TilePlan plan, int layer, long firstImage, long firstTile, int columns) {
      this.plan = plan;
      this.layer = layer;
      this.firstImage = firstImage;
      this.firstTile = firstTile;
      this.columns = columns;
    }

    int image(int t) {
      return (int) ((firstTile + t) / plan.tiles());
    }

    int tile(int t) {
      return (int) ((firstTile + t) % plan.tiles());
    }

    long frameId(int t, int pair, boolean inverse) {
      return FrameId.of(layer, firstImage + image(t), inverse, tile(t), pair);
    }
  }
}
