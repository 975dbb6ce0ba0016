// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedBlas;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.OpticalConvolver;
import org.ofp.optconv.TransposedSpec;

/**
 * Whole layers by the shipped kernels against the same layers by way of the host's memory: bit for
 * bit, counts, noise, clipping and all, when the host's engine multiplies on both sides.
 */
class ResidentLayersTest {
  private static final long SEED = 20261123;
  private static final int LAYERS = "full".equals(System.getProperty("ofp.tests")) ? 200 : 12;

  @ParameterizedTest
  @CsvSource({
    "sim:ideal, 4000",
    "sim:ideal?rows=11&cols=9, 300",
    "sim:demonstrator?seed=4, 6000",
    "sim:photonic?seed=4, 100"
  })
  void equalThoseByWayOfTheHostBitForBit(String uri, int pixelsAtOnce) {
    Random random = new Random(SEED);
    int resident = 0;
    try (OpticalFourierDevice plain = Devices.open(uri);
        GpuSideBench bench = new GpuSideBench(uri, new EmulatedGpu(), pixelsAtOnce)) {
      // Aimed at the end of the range, some counts of noisy benches clip.
      TransformOptions options = new TransformOptions(true, 1, 1, 4);
      OpticalConvolver host = new OpticalConvolver(plain, options);
      OpticalConvolver there = new OpticalConvolver(bench, options);
      for (int i = 0; i < LAYERS; i++) {
        LayerSpec layer = i % 2 == 0 ? convolution(random) : transposed(random);
        Layer c = new Layer(layer, 1 + random.nextInt(3), 9 + random.nextInt(20), random);
        long before = bench.gpu.up;
        float[] y = c.run(there);
        resident += bench.gpu.up > before ? 1 : 0;
        String which = "seed " + SEED + ", layer " + i + ", " + layer;
        assertArrayEquals(c.run(host), y, which);
        assertEquals(host.frames(), there.frames(), which);
        assertEquals(host.clipped(), there.clipped(), which);
      }
      assertTrue(uri.startsWith("sim:ideal") || host.clipped() > 0, "nothing clipped");
      assertEquals(plain.telemetry().framesLoaded(), bench.telemetry().framesLoaded());
    }
    System.out.printf(
        "%d of %d random layers on %s (seed %d) by way of the GPU: equal bit for bit%n",
        resident, LAYERS, uri, SEED);
    // Depthwise layers of more fields than are worked on at a time go by the host.
    assertTrue(resident >= LAYERS - 1);
  }

  /** By products as cuBLAS does them, of kernels' spectra that are kept, or computed there. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void productsOfTheGpuDifferByRoundingOnly(boolean keep) {
    try (OpticalFourierDevice plain = Devices.open("sim:ideal");
        GpuSideBench bench =
            new GpuSideBench("sim:ideal", new EmulatedGpu(), 4000, EmulatedBlas::new)) {
      Layer c = new Layer(ConvolutionSpec.of(24, 7, 3).padding(1), 2, 20, new Random(SEED));
      float[] expected = c.run(new OpticalConvolver(plain, TransformOptions.defaults()), true);
      float[] y = c.run(new OpticalConvolver(bench, TransformOptions.defaults()), keep);
      double error = 0;
      double power = 0;
      for (int i = 0; i < y.length; i++) {
        error += Math.pow(y[i] - expected[i], 2);
        power += Math.pow(expected[i], 2);
      }
      // 2·24 products of each part, added in another order: a sum is off by up to 48·2⁻²⁴ of the
      // sum of magnitudes, which is about √48 times the sum itself for signs at random. A spectrum
      // from 9 taps is off by up to 9·2⁻²⁴ of the sum of theirs.
      assertTrue(Math.sqrt(error / power) < (48 * Math.sqrt(48) + 9 * 3) * 0x1p-24);
      assertTrue(bench.gpu.up > 0);
    }
  }

  @Test
  void dataCrossTheBusOnce() {
    ConvolutionSpec spec = ConvolutionSpec.of(6, 5, 3).padding(1);
    int images = 2;
    Layer c = new Layer(spec, images, 30, new Random(SEED));
    try (GpuSideBench bench =
        new GpuSideBench("sim:ideal?rows=16&cols=16", new EmulatedGpu(), 2000)) {
      OpticalConvolver convolver = new OpticalConvolver(bench, TransformOptions.defaults());
      ConvolutionPlan plan = convolver.plan(spec, 30, 30);
      try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(c.w), true)) {
        c.run(convolver, plan, kernels); // tables and the kernels' spectra go up
        bench.gpu.up = 0;
        bench.gpu.down = 0;
        float[] y = c.run(convolver, plan, kernels);
        long frames = images * plan.frames();
        // Per frame 4 doubles come down for metering, and 4 go up: 64 bytes, of 4 KB that a frame
        // of 16×16 and its spectrum have.
        assertEquals(4L * (c.x.length + c.bias.length) + 32 * frames, bench.gpu.up);
        assertEquals(4L * y.length + 32 * frames, bench.gpu.down);
      }
    }
  }

  @Test
  void everythingIsGivenBack() {
    EmulatedGpu gpu = new EmulatedGpu();
    Layer c = new Layer(ConvolutionSpec.of(3, 4, 3), 1, 20, new Random(SEED));
    for (int i = 0; i < 3; i++) {
      try (GpuSideBench bench = new GpuSideBench("sim:ideal", gpu, 2000, EmulatedBlas::new)) {
        OpticalConvolver convolver = new OpticalConvolver(bench, TransformOptions.defaults());
        c.run(convolver);
        List<String> once = gpu.alive();
        c.run(convolver);
        assertEquals(once, gpu.alive()); // what was given back serves again
      }
      assertEquals(List.of(), gpu.alive());
    }
  }

  private static ConvolutionSpec convolution(Random random) {
    int groups = 1 + random.nextInt(2);
    return ConvolutionSpec.of(groups * (1 + random.nextInt(4)), groups * (2 + random.nextInt(3)), 1)
        .kernel(1 + random.nextInt(5), 1 + random.nextInt(5))
        .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
        .padding(random.nextInt(4), random.nextInt(4))
        .dilation(1 + random.nextInt(2), 1 + random.nextInt(2))
        .groups(groups);
  }

  private static TransposedSpec transposed(Random random) {
    int groups = 1 + random.nextInt(2);
    int strideRows = 1 + random.nextInt(3);
    int strideCols = 1 + random.nextInt(3);
    return TransposedSpec.of(groups * (1 + random.nextInt(3)), groups * (2 + random.nextInt(3)), 1)
        .kernel(1 + random.nextInt(4), 1 + random.nextInt(4))
        .stride(strideRows, strideCols)
        .padding(random.nextInt(2), random.nextInt(2))
        .groups(groups)
        .outputPadding(random.nextInt(strideRows), random.nextInt(strideCols));
  }

  /** A layer with weights and an input, square. */
  private static final class Layer {
    final LayerSpec layer;
    final int images;
    final int size;
    final float[] x;
    final float[] w;
    final float[] bias;

    Layer(LayerSpec layer, int images, int size, Random random) {
      this.layer = layer;
      this.images = images;
      this.size = size;
      x = gaussian(random, images * layer.inChannels() * size * size);
      w = gaussian(random, layer.weightCount());
      bias = gaussian(random, layer.outChannels());
      bias[0] = 0;
    }

    float[] run(OpticalConvolver convolver) {
      return run(convolver, true);
    }

    float[] run(OpticalConvolver convolver, boolean keep) {
      ConvolutionPlan plan = convolver.plan(layer, size, size);
      try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(w), keep)) {
        return run(convolver, plan, kernels);
      }
    }

    float[] run(OpticalConvolver convolver, ConvolutionPlan plan, KernelSpectra kernels) {
      float[] y = new float[images * layer.outChannels() * plan.outputRows() * plan.outputCols()];
      convolver.convolve(
          plan,
          FrameKey.forward(7, 3),
          images,
          FloatBuffer.wrap(x),
          kernels,
          FloatBuffer.wrap(bias),
          FloatBuffer.wrap(y));
      return y;
    }

    private static float[] gaussian(Random random, int n) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }
  }
}
