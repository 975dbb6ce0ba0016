// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceMemory;
import org.ofp.device.DeviceTransforms;

/**
 * The steps of {@link OpticalConvolver} where the device has a {@link DeviceMemory}: maps go there,
 * outputs come back, and what is between stays. The same frames, and the same sums in the same
 * order, so the same results as far as the device's products have them.
 *
 * <p>For one convolution, by one thread.
 */
final class ResidentConvolver {
  /** Most memory for maps, in and out, at once, unless a single image needs more. */
  private static final long MAP_BYTES = 512L << 20;

  private final ConvolutionPlan plan;
  private final KernelSpectra kernels;
  private final DeviceMemory memory;
  private final ResidentFields fields;

  /**
   * @param transforms of the plan's frames
   */
  ResidentConvolver(
      ConvolutionPlan plan, FrameKey key, KernelSpectra kernels, DeviceTransforms transforms) {
    this.plan = plan;
    this.kernels = kernels;
    memory = transforms.memory();
    fields = new ResidentFields(plan, key, transforms);
  }

  /**
   * Whether a layer's fields can be worked on as many at a time as belong together.
   *
   * @param capacity fields at a time
   */
  static boolean suits(KernelSpectra kernels, int capacity) {
    return kernels.pairwise() == null || kernels.pairwise().inputs() <= capacity;
  }

  /**
   * Convolves a batch, some images at a time.
   *
   * @param x {@code [images, inChannels, rows, cols]}
   * @param bias a value per output channel, or null
   * @param y receives {@code [images, outChannels, outputRows, outputCols]}
   */
  void run(int images, FloatBuffer x, FloatBuffer bias, FloatBuffer y) {
    long in = fields.inputs().samples();
    long out = fields.outputs().samples();
    int channels = fields.outputs().channels();
    int atOnce = (int) Math.max(1, Math.min(images, MAP_BYTES / (Float.BYTES * (in + out))));
    try (DeviceBuffer maps = memory.allocate("a layer's input", atOnce * in);
        DeviceBuffer results = memory.allocate("a layer's output", atOnce * out);
        DeviceBuffer biases = bias == null ? null : memory.allocate("a layer's bias", channels);
        ResidentMatrices matrices = matrices()) {
      if (biases != null) {
        biases.write(bias, 0, 0, channels);
      }
      for (int first = 0; first < images; first += atOnce) {
        int n = Math.min(atOnce, images - first);
        maps.write(x, Math.toIntExact(first * in), 0, Math.toIntExact(n * in));
        fields.moveTo(first, n, maps, biases, results);
        convolve(matrices);
        results.read(0, y, Math.toIntExact(first * out), Math.toIntExact(n * out));
      }
    }
  }

  /** Null for spectra that are pairwise. */
  private ResidentMatrices matrices() {
    return kernels.pairwise() == null ? ResidentMatrices.of(kernels, plan, memory) : null;
  }

  private void convolve(ResidentMatrices matrices) {
    if (matrices == null) {
      new ResidentPairs(fields, memory, kernels).run();
    } else {
      new ResidentBlocks(fields, memory, matrices).run();
    }
  }
}
