// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameLoop;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;

/**
 * Two-dimensional convolutions by the convolution theorem on optical Fourier processors.
 *
 * <p>In the order of the data's path, for some blocks of tiles at a time:
 *
 * <ol>
 *   <li>{@link TileEncoder}: overlap-save tiles of the padded map, two planes per complex field
 *   <li>{@link TransformBatch#forwardToPlanes}: their spectra, by a device
 *   <li>{@link ChannelPacking#unpack}: spectra of the planes, half the frequencies
 *   <li>{@link KernelSpectra}: one matrix product per frequency sums over the input planes
 *   <li>{@link ChannelPacking#pack}: two output planes per complex spectrum
 *   <li>{@link TransformBatch#inverseToPlanes}: their fields, by a device
 *   <li>{@link TileDecoder}: the outputs free of wrap, bias
 * </ol>
 *
 * <p>Steps 1 to 3, and 5 to 7, are done by one thread for one pair of planes and one block of
 * tiles, so that what passes between them stays in the core's cache and, on a device that works
 * beside the processor, one thread's frames are shown while another encodes.
 *
 * <p>On a device that has a {@link org.ofp.device.DeviceMemory} the data stay there between the
 * steps instead, see {@link ResidentConvolver}.
 *
 * <p>Every sum has a fixed order and every frame an id made of layer, image, tile and pair, so
 * results do not depend on threads, on how images are spread over batches or, for equal devices
 * whose frames do not depend on each other, on which device served them. Not thread-safe; works in
 * the common fork-join pool, or in the one it is called from, and on several devices in a pool of
 * its own. Does not own the devices.
 */
public final class OpticalConvolver {
  /** Pixels of the fields that a thread works on at once: 1 MB, about a core's cache. */
  private static final int FIELD_PIXELS = 1 << 17;

  /** Most memory for the maps' spectra at once, unless a single block needs more. */
  private static final long SPECTRA_BYTES = 128L << 20;

  private final DevicePool devices;
  private final ConvolutionPlanner planner;
  private final LayerSnr snr;
  private ForkJoinPool threads;
  private FloatBuffer inputSpectra = direct(0);
  private FloatBuffer outputSpectra = direct(0);
  private long frames;
  private long clipped;

  /**
   * An engine on one device.
   *
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the device cannot show or read
   *     complex fields
   */
  public OpticalConvolver(OpticalFourierDevice device, TransformOptions options) {
    this(List.of(device), options);
  }

  /**
   * An engine on several devices, over which frames are spread. A device that fails is used no
   * more, and its frames are done by the others.
   */
  public OpticalConvolver(List<OpticalFourierDevice> devices, TransformOptions options) {
    this.devices = new DevicePool(devices, options);
    snr = new LayerSnr(devices.get(0).description(), options);
    planner = ConvolutionPlanner.forDevice(devices.get(0), options, Objective.HOST_TIME);
  }

  /** How a layer's maps are cut into frames for these devices. */
  public ConvolutionPlan plan(LayerSpec layer, int rows, int cols) {
    return planner.plan(layer, rows, cols);
  }

  /** As {@link #plan(LayerSpec, int, int)}, with so many bytes left for the kernels' spectra. */
  public ConvolutionPlan plan(LayerSpec layer, int rows, int cols, long spectraBytes) {
    return planner.plan(layer, rows, cols, spectraBytes);
  }

  /**
   * The spectra of a layer's weights, in PyTorch's order.
   *
   * @param keep whether they are to be kept in memory; if not, they are computed whenever they are
   *     needed, for some frequencies at a time
   */
  public KernelSpectra spectra(ConvolutionPlan plan, FloatBuffer weights, boolean keep) {
    requireSize("weights", weights, plan.layer().weightCount());
    return KernelSpectra.of(plan, weights, keep);
  }

  /**
   * The signal-to-noise ratio that a layer is expected to have on the first device, see {@link
   * LayerSnr#predict}.
   */
  public double predictSnr(ConvolutionPlan plan, KernelSpectra kernels, FloatBuffer x) {
    requireSize("input", x, (long) plan.layer().inChannels() * plan.rows() * plan.cols());
    return snr.predict(plan, kernels, x);
  }

  /**
   * Convolves a batch.
   *
   * @param plan from {@link #plan}
   * @param key part of the frames' ids
   * @param images images in the batch, at least 0
   * @param x {@code [images, inChannels, rows, cols]}, finite
   * @param kernels from {@link #spectra} for a plan that they fit
   * @param bias a value per output channel, or null
   * @param y receives {@code [images, outChannels, outputRows, outputCols]}
   * @throws DeviceException if the input holds NaN or infinite values, or the devices failed
   */
  public void convolve(
      ConvolutionPlan plan,
      FrameKey key,
      int images,
      FloatBuffer x,
      KernelSpectra kernels,
      FloatBuffer bias,
      FloatBuffer y) {
    LayerSpec spec = plan.layer();
    requireSize("input", x, (long) images * spec.inChannels() * plan.rows() * plan.cols());
    requireSize(
        "output", y, (long) images * spec.outChannels() * plan.outputRows() * plan.outputCols());
    if (!kernels.fits(plan)) {
      throw new IllegalArgumentException(
          "the kernel spectra are for another layer or for frames of "
              + kernels.plan().frame()
              + ", not "
              + plan.frame());
    }
    if (images == 0) {
      return;
    }
    LayerGeometry geometry = plan.geometry();
    TileDecoder decoder = new TileDecoder(plan, geometry, bias, y);
    if (resident(plan, key, images, x, kernels, bias, y)) {
      decoder.clearPadding(images);
    } else {
      long tiles = (long) images * plan.tiles();
      onEnoughThreads(() -> hostPasses(plan, key, tiles, geometry, x, kernels, decoder));
    }
    frames += images * plan.frames();
    clipped += devices.takeClipped();
  }

  /** Convolves in the device's memory if it has one. */
  private boolean resident(
      ConvolutionPlan plan,
      FrameKey key,
      int images,
      FloatBuffer x,
      KernelSpectra kernels,
      FloatBuffer bias,
      FloatBuffer y) {
    Optional<DeviceTransforms> there = devices.resident(plan.frame());
    if (there.isEmpty()) {
      return false;
    }
    try (DeviceTransforms transforms = there.get()) {
      if (!ResidentConvolver.suits(kernels, transforms.capacity())) {
        return false;
      }
      new ResidentConvolver(plan, key, kernels, transforms).run(images, x, bias, y);
      clipped += transforms.takeClipped();
      return true;
    }
  }

  /**
   * The gradient of a convolution with respect to its weights.
   *
   * @param plan from {@link #plan} for the convolution
   * @param key part of the frames' ids
   * @param images images in the batch, at least 0
   * @param x the layer's input, {@code [images, inChannels, rows, cols]}, finite
   * @param g the gradient of its output, {@code [images, outChannels, outputRows, outputCols]},
   *     finite
   * @param weights receives the gradient, {@code [outChannels, inChannels/groups, kernelRows,
   *     kernelCols]}
   * @throws DeviceException if the input holds NaN or infinite values, or the devices failed
   */
  public void weightGradient(
      ConvolutionPlan plan,
      FrameKey key,
      int images,
      FloatBuffer x,
      FloatBuffer g,
      FloatBuffer weights) {
    if (!(plan.layer() instanceof ConvolutionSpec spec)) {
      throw new IllegalArgumentException(
          "the plan is for a transposed convolution; its weights' gradient is that of its adjoint,"
              + " with input and gradient exchanged");
    }
    requireSize("input", x, (long) images * spec.inChannels() * plan.rows() * plan.cols());
    requireSize(
        "gradient", g, (long) images * spec.outChannels() * plan.outputRows() * plan.outputCols());
    requireSize("weights' gradient", weights, spec.weightCount());
    WeightGradient gradient = new WeightGradient(plan, key, devices);
    onEnoughThreads(() -> gradient.compute(images, x, g, weights));
    frames += gradient.frames(images);
    clipped += devices.takeClipped();
  }

  /** Threads wait for their devices: to keep several busy takes more threads than devices. */
  private void onEnoughThreads(Runnable work) {
    if (devices.size() == 1) {
      work.run();
      return;
    }
    if (threads == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      threads = new ForkJoinPool(Math.max(processors, devices.size() + 1));
    }
    // A task that throws in another thread is thrown here wrapped in one of its own kind.
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    threads
        .submit(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                failure.set(e);
              }
            })
        .join();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private void hostPasses(
      ConvolutionPlan plan,
      FrameKey key,
      long tiles,
      LayerGeometry geometry,
      FloatBuffer x,
      KernelSpectra kernels,
      TileDecoder decoder) {
    if (kernels.pairwise() != null) {
      TileRun run = new TileRun(plan, key, 0, tiles);
      pairwisePasses(run, geometry, x, kernels.pairwise(), decoder);
    } else {
      blockwisePasses(plan, key, tiles, geometry, x, kernels, decoder);
    }
  }

  private void blockwisePasses(
      ConvolutionPlan plan,
      FrameKey key,
      long tiles,
      LayerGeometry geometry,
      FloatBuffer x,
      KernelSpectra kernels,
      TileDecoder decoder) {
    long blocks = (tiles + plan.columns() - 1) / plan.columns();
    int atOnce = (int) Math.min(blocks, Math.max(1, SPECTRA_BYTES / plan.blockBytes()));
    long perBlock = 2L * plan.frequencies() * plan.columns();
    inputSpectra = grown(inputSpectra, perBlock * plan.inPlanes() * atOnce);
    outputSpectra = grown(outputSpectra, perBlock * plan.outPlanes() * atOnce);
    for (long block = 0; block < blocks; block += atOnce) {
      TileRun run = new TileRun(plan, key, block * plan.columns(), tiles);
      int count = (int) Math.min(atOnce, blocks - block);
      forwardPass(run, count, geometry, x);
      kernels.multiply(inputSpectra, plan.columns(), count, outputSpectra);
      inversePass(run, count, decoder);
    }
  }

  /** Steps 1 to 3. */
  private void forwardPass(TileRun run, int blocks, LayerGeometry geometry, FloatBuffer x) {
    ConvolutionPlan plan = run.plan();
    ChannelPacking packing = new ChannelPacking(plan.frame(), plan.inPlanes(), plan.columns());
    int perBlock = 2 * plan.frequencies() * plan.columns() * plan.inPlanes();
    int fields = fieldsAtOnce(plan);
    FrameLoop.each(
        blocks * plan.inputPairs(),
        task -> {
          int block = task / plan.inputPairs();
          int pair = task % plan.inputPairs();
          TileEncoder encoder = new TileEncoder(plan, geometry, x);
          float[] scratch = new float[packing.scratch()];
          int used = run.columns(block);
          for (int first = 0; first < used; first += fields) {
            int column = first;
            int n = Math.min(fields, used - first);
            devices.run(
                plan.frame(),
                fields,
                batch -> {
                  encodeAndTransform(run, run.tile(block, column), n, pair, encoder, batch);
                  packing.unpack(
                      batch.planes(), pair, column, n, inputSpectra, block * perBlock, scratch);
                });
          }
          packing.clear(pair, used, inputSpectra, block * perBlock, scratch);
        });
  }

  /** Steps 5 to 7. */
  private void inversePass(TileRun run, int blocks, TileDecoder decoder) {
    ConvolutionPlan plan = run.plan();
    ChannelPacking packing = new ChannelPacking(plan.frame(), plan.outPlanes(), plan.columns());
    int perBlock = 2 * plan.frequencies() * plan.columns() * plan.outPlanes();
    int fields = fieldsAtOnce(plan);
    FrameLoop.each(
        blocks * plan.outputPairs(),
        task -> {
          int block = task / plan.outputPairs();
          int pair = task % plan.outputPairs();
          float[] scratch = new float[packing.scratch()];
          int used = run.columns(block);
          for (int first = 0; first < used; first += fields) {
            int column = first;
            int n = Math.min(fields, used - first);
            devices.run(
                plan.frame(),
                fields,
                batch -> {
                  packing.pack(
                      outputSpectra, block * perBlock, pair, column, n, batch.fields(), scratch);
                  transformAndDecode(run, run.tile(block, column), n, pair, batch, decoder);
                });
          }
        });
  }

  /** All steps at once for each frame of a depthwise layer's output. */
  private void pairwisePasses(
      TileRun run,
      LayerGeometry geometry,
      FloatBuffer x,
      PairwiseSpectra kernels,
      TileDecoder decoder) {
    ConvolutionPlan plan = run.plan();
    int atOnce = (int) Math.min(fieldsAtOnce(plan), run.tiles());
    int chunks = (int) ((run.tiles() + atOnce - 1) / atOnce);
    int values = 2 * plan.frame().pixels();
    FrameLoop.each(
        chunks * plan.outputPairs(),
        task -> {
          long first = (long) (task / plan.outputPairs()) * atOnce;
          int output = task % plan.outputPairs();
          int n = (int) Math.min(atOnce, run.tiles() - first);
          TileEncoder encoder = new TileEncoder(plan, geometry, x);
          float[] spectra = new float[n * values];
          int from = output * kernels.inputs();
          int to = Math.min(from + kernels.inputs(), kernels.inputPairs());
          for (int input = from; input < to; input++) {
            int pair = input;
            devices.run(
                plan.frame(),
                atOnce,
                batch -> {
                  encodeAndTransform(run, first, n, pair, encoder, batch);
                  for (int t = 0; t < n; t++) {
                    kernels.addProduct(
                        pair, batch.planes(), batch.planeOffset(t), spectra, t * values);
                  }
                });
          }
          devices.run(
              plan.frame(),
              atOnce,
              batch -> {
                System.arraycopy(spectra, 0, batch.fields(), 0, n * values);
                transformAndDecode(run, first, n, output, batch, decoder);
              });
        });
  }

  /** Steps 1 and 2 for {@code n} tiles from {@code first} on. */
  static void encodeAndTransform(
      TileRun run, long first, int n, int pair, TileEncoder encoder, TransformBatch batch) {
    for (int t = 0; t < n; t++) {
      long tile = first + t;
      encoder.encode(run.image(tile), run.place(tile), pair, batch.fields(), batch.offset(t));
      batch.identify(t, run.frameId(tile, pair, false), run.repeat());
    }
    batch.forwardToPlanes(n);
  }

  /** Steps 6 and 7 for {@code n} tiles from {@code first} on. */
  private static void transformAndDecode(
      TileRun run, long first, int n, int pair, TransformBatch batch, TileDecoder decoder) {
    for (int t = 0; t < n; t++) {
      batch.identify(t, run.frameId(first + t, pair, true), run.repeat());
    }
    batch.inverseToPlanes(n);
    for (int t = 0; t < n; t++) {
      long tile = first + t;
      decoder.decode(run.image(tile), run.place(tile), pair, batch.planes(), batch.planeOffset(t));
    }
  }

  static int fieldsAtOnce(ConvolutionPlan plan) {
    return Math.min(plan.columns(), Math.max(1, FIELD_PIXELS / plan.frame().pixels()));
  }

  /** Frames shown so far. */
  public long frames() {
    return frames;
  }

  /** Detector counts that clipped so far. */
  public long clipped() {
    return clipped;
  }

  /** The devices that failed and are used no more, and why. */
  public List<String> failures() {
    return devices.failures();
  }

  private static FloatBuffer grown(FloatBuffer buffer, long values) {
    return buffer.capacity() >= values ? buffer : direct(values);
  }

  static FloatBuffer direct(long values) {
    if (values > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "the work space of a layer takes "
              + ((values * Float.BYTES) >> 20)
              + " MB, the limit is 2048 MB; use a device with smaller frames or fewer channels");
    }
    return ByteBuffer.allocateDirect((int) values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static void requireSize(String what, FloatBuffer buffer, long values) {
    if (buffer.capacity() < values) {
      throw new IllegalArgumentException(
          "the " + what + " needs " + values + " values, its buffer holds " + buffer.capacity());
    }
  }
}
