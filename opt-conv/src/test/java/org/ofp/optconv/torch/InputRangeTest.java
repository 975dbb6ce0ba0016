// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.InputRanges;
import org.ofp.optconv.TransposedSpec;

/** Ranges of inputs by calibration, and what is done to values beyond; the same for weights. */
class InputRangeTest {
  private static final ConvolutionSpec SPEC = ConvolutionSpec.of(2, 3, 3).padding(1);

  private PointerScope scope;
  private OpticalFourierDevice device;
  private OpticalContext context;

  @BeforeEach
  void open() {
    Torch.initialize();
    scope = new PointerScope();
    device = Devices.open("sim:ideal");
    context = OpticalContext.on(device);
    torch.manual_seed(53);
  }

  @AfterEach
  void close() {
    context.close();
    device.close();
    scope.close();
  }

  @Test
  void percentilesAreThoseOfTheSortedValues() {
    long seed = 8;
    Random random = new Random(seed);
    float[] all = new float[50_000];
    MagnitudeHistogram histogram = new MagnitudeHistogram();
    float scale = 1;
    for (int from = 0; from < all.length; from += 10_000) {
      scale *= 4; // later values are larger
      float[] batch = new float[10_000];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = scale * (float) random.nextGaussian();
        all[from + i] = Math.abs(batch[i]);
      }
      histogram.add(FloatBuffer.wrap(batch));
    }
    Arrays.sort(all);
    assertEquals(all[all.length - 1], histogram.percentile(100));
    for (double p : new double[] {0.1, 10, 50, 90, 99, 99.9}) {
      double exact = all[(int) Math.ceil(p / 100 * all.length) - 1];
      double found = histogram.percentile(p);
      // A bin is less than 2/8191 of the greatest value wide, and the upper edge is given.
      double bin = 2 * histogram.greatest() / 8191;
      assertTrue(
          found >= exact && found <= exact + bin, "seed " + seed + ": " + p + " %: " + found);
    }
  }

  @Test
  void inputsAreClippedToTheCalibratedRange() {
    OptConv2d conv = new OptConv2d(context, SPEC);
    InputRanges ranges;
    try (NoGradGuard guard = new NoGradGuard()) {
      ranges =
          context.calibrateInputs(
              100,
              () -> {
                conv.forward(torch.full(new long[] {1, 2, 8, 8}, new Scalar(-1.5)));
                conv.forward(torch.full(new long[] {1, 2, 8, 8}, new Scalar(0.5)));
              });
    }
    assertEquals(Map.of("layer0", 1.5), ranges.limits());
    context.clipInputs(ranges);
    Tensor x = torch.randn(1, 2, 8, 8).mul(new Scalar(2));
    x.set_requires_grad(true);
    long beyond = x.abs().gt(new Scalar(1.5)).sum().item().toLong();
    Tensor y = conv.forward(x);
    Tensor clipped = limited(x);
    assertTrue(Direct.error(direct(conv, clipped), y) < 1e-6);
    assertEquals(beyond, context.runs().get(0).clippedInputs());
    assertTrue(beyond > 10);
    // The gradient is that of what was computed: none for values that were clipped.
    y.sum().backward();
    Tensor passed = x.grad().ne(new Scalar(0)).logical_and(x.abs().gt(new Scalar(1.5)));
    assertEquals(0, passed.sum().item().toLong());

    // Within the range nothing is touched, and without one nothing is clipped.
    Tensor small = torch.randn(1, 2, 8, 8).tanh();
    assertTrue(Direct.error(direct(conv, small), conv.forward(small)) < 1e-6);
    assertEquals(0, context.runs().get(0).clippedInputs());
    context.clipInputs(InputRanges.none());
    assertTrue(Direct.error(direct(conv, x), conv.forward(x)) < 1e-6);
  }

  private static Tensor limited(Tensor x) {
    return x.clamp(new ScalarOptional(new Scalar(-1.5)), new ScalarOptional(new Scalar(1.5)));
  }

  private static Tensor direct(OptConv2d conv, Tensor x) {
    return Direct.convolve(
        SPEC, Direct.exact(x), Direct.exact(conv.weight()), Direct.exact(conv.bias()));
  }

  /** A rare outlier sets the scale of a frame: clipping it leaves more bits to the rest. */
  @Test
  void clippingBuysAccuracyOnAnEightBitDevice() {
    try (OpticalFourierDevice noisy = Devices.open("sim:demonstrator?seed=5");
        OpticalContext demonstrator = OpticalContext.on(noisy);
        NoGradGuard guard = new NoGradGuard()) {
      OptConv2d conv = new OptConv2d(demonstrator, SPEC);
      Tensor x = torch.rand(1, 2, 16, 16); // one frame
      x.view(-1).narrow(0, 60, 1).fill_(new Scalar(60));
      InputRanges ranges = demonstrator.calibrateInputs(99, () -> conv.forward(x));
      double before = errorAwayFromOutlier(conv, x, conv.forward(x));
      demonstrator.clipInputs(ranges);
      double after = errorAwayFromOutlier(conv, x, conv.forward(x));
      // An outlier of 60 costs a frame of values below 1 nearly six bits; half is plenty to tell.
      assertTrue(after < before / 8, before + " → " + after);
    }
  }

  private static double errorAwayFromOutlier(OptConv2d conv, Tensor x, Tensor y) {
    return Direct.error(direct(conv, x).narrow(2, 8, 8), y.narrow(2, 8, 8));
  }

  @Test
  void whatIsNotFiniteIsAnErrorAndNotAnOutlier() {
    OptConv2d conv = new OptConv2d(context, SPEC);
    context.clipInputs(new InputRanges(Map.of("layer0", 1.0)));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Tensor x = torch.full(new long[] {1, 2, 8, 8}, new Scalar(bad));
      DeviceException e = assertThrows(DeviceException.class, () -> conv.forward(x));
      assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
      OptConv2d electronic = new OptConv2d(OpticalContext.electronic(), SPEC);
      OpticalContext plain = OpticalContext.electronic();
      OptConv2d calibrated = new OptConv2d(plain, SPEC);
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> plain.calibrateInputs(100, () -> calibrated.forward(x)));
      assertTrue(refused.getMessage().contains("layer0"), refused.getMessage());
      assertEquals(3 * 64, electronic.forward(x).numel());
    }
    assertThrows(IllegalArgumentException.class, () -> context.calibrateInputs(0, () -> {}));
    assertThrows(IllegalArgumentException.class, () -> context.calibrateInputs(101, () -> {}));
    assertThrows(IllegalArgumentException.class, () -> new InputRanges(Map.of("a", 0.0)));
    assertThrows(IllegalArgumentException.class, () -> new InputRanges(Map.of("a", Double.NaN)));
  }

  @Test
  void weightsCanBeLimited() {
    OptConv2d conv = new OptConv2d(context, SPEC);
    OptConvTranspose2d other = new OptConvTranspose2d(context, TransposedSpec.of(2, 2, 3));
    try (NoGradGuard guard = new NoGradGuard()) {
      conv.weight().fill_(new Scalar(0.75));
      other.weight().fill_(new Scalar(-0.25));
      conv.weight().view(-1).narrow(0, 0, 2).fill_(new Scalar(-3));
    }
    assertEquals(2, context.clipWeights(1));
    assertEquals(-1, conv.weight().min().item().toDouble());
    assertEquals(0.75, conv.weight().max().item().toDouble());
    assertEquals(0, conv.clipWeights(1));
    assertEquals(other.weight().numel(), other.clipWeights(0.125));
    assertThrows(IllegalArgumentException.class, () -> conv.clipWeights(0));
    assertTrue(conv.weight().requires_grad());
  }
}
