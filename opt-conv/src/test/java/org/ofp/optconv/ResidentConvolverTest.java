// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceMemory;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/** Layers whose data stay in the device's memory, against the same layers by way of the host's. */
class ResidentConvolverTest {
  private static final long SEED = 20261123;
  private static final int LAYERS = "full".equals(System.getProperty("ofp.tests")) ? 600 : 60;

  @ParameterizedTest
  @CsvSource({
    "sim:ideal, 1000",
    "sim:ideal, 3",
    "sim:ideal?rows=11&cols=9, 7",
    "sim:ideal?rows=16&cols=16, 1"
  })
  void equalsTheDefinition(String uri, int capacity) {
    Random random = new Random(SEED);
    double worst = 0;
    int resident = 0;
    try (WithMemory device = new WithMemory(Devices.open(uri), capacity)) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      for (int i = 0; i < LAYERS; i++) {
        LayerCase c = new LayerCase(random, i % 2 == 1);
        long before = device.memory.read;
        float[] y = LayerCase.run(convolver, c, i % 3 != 0);
        resident += device.memory.read > before ? 1 : 0;
        double error = LayerCase.relativeError(y, c.reference());
        worst = Math.max(worst, error);
        // As by way of the host's memory: two transforms of about 2e-7 each, required is 1e-5.
        assertTrue(error <= 1e-5, "seed " + SEED + ", layer " + i + ": " + error + " " + c);
        assertEquals(0, device.memory.alive, c.toString());
      }
      assertEquals(device.telemetry().framesLoaded(), convolver.frames());
    }
    System.out.printf(
        "%d random layers on %s, %d of them in its memory, %d fields at a time: worst %.2e%n",
        LAYERS, uri, resident, capacity, worst);
    // Depthwise layers whose fields do not come in the numbers that the device takes go by the
    // host.
    assertTrue(capacity > 5 ? resident == LAYERS : resident > LAYERS / 2, "resident: " + resident);
  }

  /** On a bench with noise, quantisation and clipping the same counts make the same numbers. */
  @Test
  void countsOfABenchAreThoseOfTheHostsWay() {
    LayerCase c =
        new LayerCase(
            ConvolutionSpec.of(5, 6, 3).stride(2).padding(1), 2, 23, 29, new Random(SEED));
    String uri = "sim:demonstrator?seed=5";
    try (OpticalFourierDevice plain = Devices.open(uri);
        WithMemory device = new WithMemory(Devices.open(uri), 9)) {
      OpticalConvolver host = new OpticalConvolver(plain, TransformOptions.defaults());
      OpticalConvolver there = new OpticalConvolver(device, TransformOptions.defaults());
      float[] expected = LayerCase.run(host, c, true);
      float[] y = LayerCase.run(there, c, true);
      double error = 0;
      double power = 0;
      for (int i = 0; i < y.length; i++) {
        error += Math.pow(y[i] - expected[i], 2);
        power += Math.pow(expected[i], 2);
      }
      // Sums in another precision tip some of the counts by one, of tens of thousands; the noise
      // itself, were it another, would be some per cent.
      assertTrue(Math.sqrt(error / power) < 5e-3, "differs by " + Math.sqrt(error / power));
      assertEquals(host.frames(), there.frames());
      assertEquals(plain.telemetry().framesLoaded(), device.telemetry().framesLoaded());
    }
  }

  @Test
  void dataCrossOnce() {
    ConvolutionSpec spec = ConvolutionSpec.of(8, 4, 3).padding(1);
    LayerCase c = new LayerCase(spec, 3, 40, 40, new Random(SEED));
    try (WithMemory device = new WithMemory(Devices.open("sim:ideal?rows=16&cols=16"), 50)) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      ConvolutionPlan plan = convolver.plan(spec, c.rows, c.cols);
      float[] y = new float[c.images * 4 * 40 * 40];
      try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(c.w), true)) {
        for (int pass = 0; pass < 2; pass++) {
          device.memory.written = 0;
          device.memory.read = 0;
          convolver.convolve(
              plan,
              FrameKey.forward(0, 0),
              c.images,
              FloatBuffer.wrap(c.x),
              kernels,
              FloatBuffer.wrap(c.bias),
              FloatBuffer.wrap(y));
          long once = pass == 0 ? plan.spectraBytes() / Float.BYTES : 0;
          assertEquals(c.x.length + c.bias.length + once, device.memory.written);
          assertEquals(y.length, device.memory.read);
        }
        assertEquals(1, device.memory.alive); // the kernels' spectra
      }
      assertEquals(0, device.memory.alive);
    }
  }

  @Test
  void whatHasNoPlainWayGoesByTheHost() {
    ConvolutionSpec dense = ConvolutionSpec.of(3, 4, 3).padding(1);
    assertHost(dense, TransformOptions.defaults().exposures(2), "sim:demonstrator", 9);
    assertHost(dense, TransformOptions.defaults().repeats(2), "sim:demonstrator", 9);
    assertHost(dense, TransformOptions.defaults().slices(2), "sim:demonstrator", 9);
    assertHost(dense, TransformOptions.defaults(), "sim:lcos-phase", 9);
    // Two fields make one of the output, and one is all that the device takes at a time.
    assertHost(ConvolutionSpec.of(4, 2, 3).groups(2), TransformOptions.defaults(), "sim:ideal", 1);
  }

  private static void assertHost(
      ConvolutionSpec spec, TransformOptions options, String uri, int capacity) {
    LayerCase c = new LayerCase(spec, 1, 20, 20, new Random(SEED));
    try (OpticalFourierDevice plain = Devices.open(uri);
        WithMemory device = new WithMemory(Devices.open(uri), capacity)) {
      float[] y = LayerCase.run(new OpticalConvolver(device, options), c, true);
      assertEquals(0, device.memory.written);
      assertArrayEquals(LayerCase.run(new OpticalConvolver(plain, options), c, true), y);
    }
  }

  @Test
  void whatCannotBeShownIsRefusedAndNothingLeaks() {
    LayerCase c = new LayerCase(ConvolutionSpec.of(3, 4, 3), 1, 20, 20, new Random(SEED));
    c.x[500] = Float.NaN;
    try (WithMemory device = new WithMemory(Devices.open("sim:ideal"), 9)) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      DeviceException e =
          assertThrows(DeviceException.class, () -> LayerCase.run(convolver, c, true));
      assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
      assertEquals(0, device.memory.alive);
    }
  }

  /** A device that has a memory. */
  private static final class WithMemory extends ForwardingDevice {
    final ReferenceMemory memory;

    WithMemory(OpticalFourierDevice device, int capacity) {
      super(device);
      memory = new ReferenceMemory(device, capacity);
    }

    @Override
    public <T> Optional<T> extension(Class<T> capability) {
      return capability == DeviceMemory.class
          ? Optional.of(capability.cast(memory))
          : super.extension(capability);
    }
  }
}
