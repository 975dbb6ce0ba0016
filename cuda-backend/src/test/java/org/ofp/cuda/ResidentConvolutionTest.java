// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DeviceMemory;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.OpticalConvolver;

/** A {@code cuda:} device from map to output, and its fields by both ways. */
class ResidentConvolutionTest {
  private static final long SEED = 20261123;

  /** The same device, the fields once on the GPU and once on the host; and the simulator. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "preset=ideal",
        "preset=demonstrator&seed=3",
        "preset=demonstrator&readout=coherent&sensor.black-level=0&seed=3",
        "preset=demonstrator&sensor.fill-factor=0.5&slm.fill-factor=0.9",
        "preset=ideal&lens.rotation=0.02&adc.bits=9"
      })
  void transformsAreThoseOfTheHostAndOfTheSimulatorBitForBit(String options) {
    for (FrameShape shape : List.of(new FrameShape(24, 24), new FrameShape(13, 17))) {
      int values = 2 * shape.pixels();
      int n = 7;
      float[] fields = gaussian(n * values, new Random(SEED));
      fields[2 * values] = 1e30f; // a field whose squares leave the range of a float
      for (boolean inverse : new boolean[] {false, true}) {
        float[] results = new float[fields.length];
        try (OpticalFourierDevice gpu = Emulated.open("cuda:0?" + options + "&memory=1e6");
            OpticalFourierDevice sim = Devices.open(simulator(options));
            DeviceTransforms there =
                DeviceTransforms.of(gpu, TransformOptions.defaults(), shape).orElseThrow()) {
          there.fields().write(FloatBuffer.wrap(fields), 0, 0, fields.length);
          for (int i = 0; i < n; i++) {
            there.identify(i, 40 + i, 1);
          }
          if (inverse) {
            there.inverse(n);
          } else {
            there.forward(n);
          }
          there.fields().read(0, FloatBuffer.wrap(results), 0, results.length);
          for (OpticalFourierDevice device : new OpticalFourierDevice[] {gpu, sim}) {
            TransformBatch batch = new FourierTransformer(device).batch(shape, n);
            System.arraycopy(fields, 0, batch.fields(), 0, fields.length);
            for (int i = 0; i < n; i++) {
              batch.identify(i, 40 + i, 1);
            }
            if (inverse) {
              batch.inverse(n);
            } else {
              batch.forward(n);
            }
            assertArrayEquals(batch.fields(), results, device.description().id() + " " + shape);
          }
          assertEquals(2L * n, gpu.telemetry().framesLoaded());
          assertEquals(2 * sim.telemetry().reads(), gpu.telemetry().reads());
        }
      }
    }
  }

  private static String simulator(String options) {
    return "sim:" + options.replaceFirst("preset=", "").replaceFirst("&", "?");
  }

  @Test
  void aLayerOfTheDeviceIsThatOfTheSimulatorButForTheProducts() {
    ConvolutionSpec spec = ConvolutionSpec.of(5, 6, 3).padding(1);
    EmulatedGpu memory = new EmulatedGpu();
    try (OpticalFourierDevice gpu = Emulated.open("cuda:0?preset=ideal&memory=1e6", memory);
        OpticalFourierDevice sim = Devices.open("sim:ideal")) {
      float[] expected = layer(sim, spec);
      float[] y = layer(gpu, spec);
      double error = 0;
      double power = 0;
      for (int i = 0; i < y.length; i++) {
        error += Math.pow(y[i] - expected[i], 2);
        power += Math.pow(expected[i], 2);
      }
      // Ten products of each part, added in another order, and what the transform makes of that.
      assertTrue(Math.sqrt(error / power) < 10 * 0x1p-24, "" + Math.sqrt(error / power));
      assertEquals(sim.telemetry().framesLoaded(), gpu.telemetry().framesLoaded());
    }
    assertEquals(List.of(), memory.alive());
  }

  private static float[] layer(OpticalFourierDevice device, ConvolutionSpec spec) {
    Random random = new Random(SEED);
    int images = 2;
    int size = 30;
    float[] x = gaussian(images * spec.inChannels() * size * size, random);
    float[] w = gaussian(spec.weightCount(), random);
    float[] y = new float[images * spec.outChannels() * size * size];
    OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
    ConvolutionPlan plan = convolver.plan(spec, size, size);
    try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(w), true)) {
      convolver.convolve(
          plan,
          FrameKey.forward(0, 0),
          images,
          FloatBuffer.wrap(x),
          kernels,
          null,
          FloatBuffer.wrap(y));
    }
    return y;
  }

  /** Frames of these have to be taken one by one. */
  @ParameterizedTest
  @ValueSource(strings = {"slm.settle=1e-3", "beam.pointing=1e-5", "source.drift=0.1"})
  void benchesWithMemoryHaveNone(String options) {
    try (OpticalFourierDevice gpu = Emulated.open("cuda:0?preset=demonstrator&" + options)) {
      assertFalse(gpu.extension(DeviceMemory.class).isPresent());
    }
  }

  private static float[] gaussian(int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
