// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.Route;

class OptConv2dTest {
  private static final ConvolutionSpec SPEC = ConvolutionSpec.of(5, 7, 3).padding(1);

  @BeforeAll
  static void initialise() {
    Torch.initialize();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sim:ideal", "sim:demonstrator?seed=11"})
  void resultsDoNotDependOnThreadsOrBatches(String uri) throws Exception {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(3);
      Tensor x = torch.rand(4, 5, 90, 70);
      float[] whole = run(uri, x, 4, 2);
      assertArrayEquals(whole, run(uri, x, 4, 1), "one thread");
      assertArrayEquals(whole, run(uri, x, 1, 2), "image by image");
      assertArrayEquals(whole, run(uri, x, 3, 2), "three images, then one");
    }
  }

  @Test
  void otherImageNumbersGiveOtherNoise() throws Exception {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(3);
      Tensor image = torch.rand(1, 5, 40, 40);
      float[] y = run("sim:demonstrator", torch.cat(repeat(image)), 2, 2);
      int half = y.length / 2;
      assertFalse(Arrays.equals(Arrays.copyOf(y, half), Arrays.copyOfRange(y, half, y.length)));
    }
  }

  private static TensorVector repeat(Tensor image) {
    return new TensorVector(image, image);
  }

  /** Runs a layer with fixed weights, {@code batch} images at a time, on so many threads. */
  private static float[] run(String uri, Tensor x, int batch, int threads) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(
              () -> {
                try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard();
                    OpticalFourierDevice device = Devices.open(uri);
                    OpticalContext context = OpticalContext.on(device)) {
                  torch.manual_seed(5);
                  OptConv2d conv = new OptConv2d(context, SPEC);
                  List<Float> all = new ArrayList<>();
                  for (long from = 0; from < x.size(0); from += batch) {
                    context.firstImage(from);
                    Tensor part =
                        x.slice(
                            0,
                            new LongOptional(from),
                            new LongOptional(Math.min(x.size(0), from + batch)),
                            1);
                    for (float v : values(conv.forward(part))) {
                      all.add(v);
                    }
                  }
                  float[] y = new float[all.size()];
                  for (int i = 0; i < y.length; i++) {
                    y[i] = all.get(i);
                  }
                  return y;
                }
              })
          .get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void gradientsAreThoseOfTheExactConvolution() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:demonstrator");
        OpticalContext context = OpticalContext.on(device)) {
      torch.manual_seed(7);
      for (ConvolutionSpec spec : List.of(SPEC, ConvolutionSpec.of(5, 7, 1))) {
        OptConv2d conv = new OptConv2d(context, spec);
        Tensor x = torch.randn(2, 5, 20, 20).set_requires_grad(true);
        Tensor g = torch.randn(2, 7, 20, 20);
        Tensor y = conv.forward(x);
        y.mul(g).sum().backward();
        float[] gradX = values(x.grad());
        float[] gradW = values(conv.weight().grad());
        float[] gradB = values(conv.bias().grad());

        Tensor x2 = x.detach().clone().set_requires_grad(true);
        Tensor w2 = conv.weight().detach().clone().set_requires_grad(true);
        Tensor b2 = conv.bias().detach().clone().set_requires_grad(true);
        Tensor exact =
            torch.conv2d(
                x2,
                w2,
                new TensorOptional(b2),
                new long[] {1, 1},
                new long[] {spec.paddingRows(), spec.paddingCols()},
                new long[] {1, 1},
                1);
        exact.mul(g).sum().backward();
        assertArrayEquals(values(x2.grad()), gradX);
        assertArrayEquals(values(w2.grad()), gradW);
        assertArrayEquals(values(b2.grad()), gradB);
        if (!spec.isPointwise()) {
          // The values are the device's, not those that the gradient was recorded with.
          assertFalse(Arrays.equals(values(exact.detach()), values(y.detach())));
        }
        double error = y.sub(exact).norm().item().toDouble() / exact.norm().item().toDouble();
        assertTrue(error < 0.1, "relative error " + error);
      }
    }
  }

  @Test
  void changedWeightsAreSeen() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      OptConv2d conv = new OptConv2d(context, SPEC.bias(false));
      Tensor x = torch.randn(1, 5, 20, 20);
      Tensor first = conv.forward(x);
      conv.weight().mul_(new Scalar(2f));
      assertClose(first.mul(new Scalar(2f)), conv.forward(x));
      conv.weight().set_data(conv.weight().mul(new Scalar(3f)));
      assertClose(first.mul(new Scalar(6f)), conv.forward(x));
      context.close();
      assertClose(first.mul(new Scalar(6f)), conv.forward(x));
    }
  }

  @Test
  void pointwiseLayersTakeStridePaddingAndGroups() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      ConvolutionSpec spec = ConvolutionSpec.of(6, 4, 1).stride(2, 3).padding(1, 2).groups(2);
      assertEquals(Route.POINTWISE, context.route(spec));
      OptConv2d conv = new OptConv2d(context, spec);
      Tensor x = torch.randn(3, 6, 11, 13);
      Tensor exact =
          torch.conv2d(
              x,
              conv.weight(),
              new TensorOptional(conv.bias()),
              new long[] {2, 3},
              new long[] {1, 2},
              new long[] {1, 1},
              2);
      assertClose(exact, conv.forward(x));
      assertEquals(0, context.frames());
    }
  }

  @Test
  void tellsWhatRan() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      List<LayerRun> runs = new ArrayList<>();
      context.onLayer(runs::add);
      new OptConv2d(context, SPEC).forward(torch.randn(2, 5, 20, 20));
      assertEquals(1, runs.size());
      assertEquals(Route.OPTICAL, runs.get(0).route());
      // 3 + 4 channel pairs, 2 images.
      int tiles = context.optical().plan(SPEC, 20, 20).tiles();
      assertEquals(14L * tiles, runs.get(0).frames());
      assertEquals(14L * tiles, device.telemetry().framesLoaded());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(5, 7, 3));
      assertMessage("[n, 5, h, w]", conv, torch.randn(1, 4, 9, 9));
      assertMessage("[n, 5, h, w]", conv, torch.randn(5, 9, 9));
      assertMessage("float32", conv, torch.randn(1, 5, 9, 9).to(torch.ScalarType.Double));
      assertMessage("kernel", conv, torch.randn(1, 5, 2, 9));
      TensorOptions elsewhere = new TensorOptions(new Device("meta"));
      assertMessage(
          "meta",
          conv,
          torch.empty(new long[] {1, 5, 9, 9}, elsewhere, new MemoryFormatOptional()));
      Tensor x = torch.randn(1, 5, 9, 9);
      x.fill_(new Scalar(Float.NaN));
      DeviceException nan = assertThrows(DeviceException.class, () -> conv.forward(x));
      assertEquals(ErrorCode.INADMISSIBLE_FRAME, nan.code());
      // The layer works on afterwards.
      assertEquals(7 * 49, conv.forward(torch.randn(1, 5, 9, 9)).numel());
    }
  }

  @Test
  void emptyBatchesAndConstantMapsWork() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:demonstrator");
        OpticalContext context = OpticalContext.on(device)) {
      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(5, 7, 3));
      assertEquals(0, conv.forward(torch.empty(0, 5, 9, 9)).numel());
      Tensor zeros = conv.forward(torch.zeros(1, 5, 9, 9));
      // No light at all: what is left is the bias, exactly.
      assertClose(conv.bias().view(1, 7, 1, 1).expand(1, 7, 7, 7), zeros);
    }
  }

  @Test
  void nativeMemoryStaysFlat() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(16, 16, 3).padding(1));
      for (int i = 0; i < 20; i++) {
        forwardOnce(conv);
      }
      long before = Pointer.totalBytes();
      for (int i = 0; i < 200; i++) {
        forwardOnce(conv);
      }
      // One forward makes 2 MB of tensors; a leak of 200 would be 400 MB.
      assertTrue(
          Pointer.totalBytes() - before < 4L << 20,
          "grew by " + (Pointer.totalBytes() - before) + " bytes");
    }
  }

  private static void forwardOnce(OptConv2d conv) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      conv.forward(torch.randn(1, 16, 128, 128));
    }
  }

  private static void assertMessage(String part, OptConv2d conv, Tensor x) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> conv.forward(x));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    double error =
        actual.sub(expected).norm().item().toDouble()
            / Math.max(1e-30, expected.norm().item().toDouble());
    // Two float32 transforms and a sum over few channels stay far below 1e−6.
    assertTrue(error < 1e-6, "relative error " + error);
  }

  private static float[] values(Tensor x) {
    float[] values = new float[Math.toIntExact(x.numel())];
    Tensor contiguous = x.contiguous();
    try {
      FloatBuffer buffer = contiguous.createBuffer();
      buffer.get(0, values);
    } finally {
      Reference.reachabilityFence(contiguous); // the buffer does not keep it
    }
    return values;
  }
}
