// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

class ConvolutionPlannerTest {
  private static final TransformOptions OPTIONS = TransformOptions.defaults();
  private static final ConvolutionSpec LAYER = ConvolutionSpec.of(64, 64, 3).padding(1);

  @Test
  void deviceTimeIsNeverMoreThanUnderAnotherObjective() {
    Random random = new Random(5);
    for (String uri : List.of("sim:demonstrator", "sim:photonic", "sim:ideal?rows=48&cols=40")) {
      try (OpticalFourierDevice device = Devices.open(uri)) {
        ConvolutionPlanner host = planner(device, Objective.HOST_TIME);
        ConvolutionPlanner sparing = planner(device, Objective.DEVICE_TIME);
        for (int i = 0; i < 20; i++) {
          int kernel = 1 + random.nextInt(9);
          ConvolutionSpec spec =
              ConvolutionSpec.of(1 + random.nextInt(64), 1 + random.nextInt(64), kernel)
                  .padding(kernel / 2)
                  .stride(1 + random.nextInt(2));
          int size = 10 + random.nextInt(120);
          ConvolutionPlan slow = host.plan(spec, size, size);
          ConvolutionPlan fast = sparing.plan(spec, size, size);
          String what = uri + " " + fast;
          // To the last digit: both add the same numbers up.
          assertTrue(fast.deviceSeconds() <= slow.deviceSeconds() * (1 + 1e-12), what);
        }
      }
    }
  }

  /** 512×512 from 514×514 would be one frame per field; the panel has 512. */
  @Test
  void deviceTimeTakesFewLargeFrames() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      ConvolutionSpec spec = ConvolutionSpec.of(2, 2, 3).padding(1);
      assertEquals(4 * 2, planner(device, Objective.DEVICE_TIME).plan(spec, 512, 512).frames());
      assertEquals(2, planner(device, Objective.DEVICE_TIME).plan(spec, 510, 510).frames());
      assertTrue(planner(device, Objective.HOST_TIME).plan(spec, 512, 512).frames() > 100);
    }
  }

  /** With T=11 and k=7, 25 outputs a frame; composed 121×121, 115²/242 = 54.6. */
  @Test
  void framesThatTheDeviceComposesAreConsidered() {
    try (OpticalFourierDevice device = Devices.open("sim:photonic")) {
      ConvolutionPlanner planner = planner(device, Objective.DEVICE_TIME);
      ConvolutionSpec spec = ConvolutionSpec.of(8, 8, 7);
      ConvolutionPlan plan = planner.plan(spec, 121, 121);
      assertEquals(new FrameShape(121, 121), plan.frame());
      assertEquals(242, plan.framesPerTransform());
      assertEquals(242 * (4 + 4), plan.frames());
      // 3×3 kernels waste less: 81 a frame, against 119²/242 = 58.5.
      assertEquals(
          new FrameShape(11, 11), planner.plan(ConvolutionSpec.of(8, 8, 3), 121, 121).frame());
    }
  }

  /** A composed plan does what it says: the same convolution as on a device with large frames. */
  @Test
  void composedFramesConvolve() {
    ConvolutionSpec spec = ConvolutionSpec.of(2, 2, 7).padding(3).bias(false);
    int size = 30;
    float[] expected = convolve("sim:ideal", spec, size);
    float[] composed = convolve("sim:ideal?rows=11&cols=11&windows=off", spec, size);
    double error = 0;
    double power = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(composed[i] - expected[i], 2);
      power += Math.pow(expected[i], 2);
    }
    // Single-precision transforms, a few of 6e-8 each.
    assertTrue(Math.sqrt(error / power) < 3e-6, () -> "relative error of composed frames");
  }

  private static float[] convolve(String uri, ConvolutionSpec spec, int size) {
    Random random = new Random(11);
    float[] x = gaussian(random, spec.inChannels() * size * size);
    float[] w = gaussian(random, spec.weightCount());
    float[] y = new float[spec.outChannels() * size * size];
    try (OpticalFourierDevice device = Devices.open(uri)) {
      OpticalConvolver convolver = new OpticalConvolver(device, OPTIONS);
      ConvolutionPlan plan = planner(device, Objective.DEVICE_TIME).plan(spec, size, size);
      try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(w), true)) {
        convolver.convolve(
            plan,
            FrameKey.forward(0, 0),
            1,
            FloatBuffer.wrap(x),
            kernels,
            null,
            FloatBuffer.wrap(y));
      }
      assertEquals(plan.frames(), device.telemetry().framesLoaded());
    }
    return y;
  }

  private static float[] gaussian(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void accuracyFollowsTheEstimate() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      SnrEstimate small = plan -> -plan.frame().pixels();
      ConvolutionPlan plan =
          ConvolutionPlanner.forDevice(device, OPTIONS, Objective.ACCURACY, small)
              .plan(LAYER, 128, 128);
      assertEquals(new FrameShape(4, 4), plan.frame());
      SnrEstimate large = other -> other.frame().pixels();
      assertTrue(
          ConvolutionPlanner.forDevice(device, OPTIONS, Objective.ACCURACY, large)
                  .plan(LAYER, 128, 128)
                  .frame()
                  .pixels()
              >= 24 * 24);
    }
  }

  /** Nobody knows better: the computer's time decides. */
  @Test
  void anEstimateThatDoesNotKnowChangesNothing() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal?rows=40&cols=40")) {
      double blind =
          ConvolutionPlanner.forDevice(device, OPTIONS, Objective.ACCURACY, SnrEstimate.unknown())
              .plan(LAYER, 60, 60)
              .hostNanoseconds();
      assertTrue(
          blind <= planner(device, Objective.HOST_TIME).plan(LAYER, 60, 60).hostNanoseconds());
    }
  }

  @Test
  void spectraThatDoNotFitAreCharged() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      ConvolutionPlanner planner = planner(device, Objective.HOST_TIME);
      ConvolutionPlan ample = planner.plan(LAYER, 256, 256);
      long half = ample.spectraBytes() / 2;
      ConvolutionPlan tight = planner.plan(LAYER, 256, 256, half);
      assertTrue(tight.spectraBytes() <= ample.spectraBytes());
      double charge =
          tight.spectraBytes() <= half ? 0 : SpectralCost.FRESH_BYTE * tight.spectraBytes();
      assertTrue(
          tight.hostNanoseconds() + charge
              <= ample.hostNanoseconds() + SpectralCost.FRESH_BYTE * ample.spectraBytes());
      assertEquals(ample, planner.plan(LAYER, 256, 256, ample.spectraBytes()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Objective.class,
      names = {"HOST_TIME", "DEVICE_TIME"})
  void theSameQuestionGetsTheSamePlan(Objective objective) {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      ConvolutionPlan plan = planner(device, objective).plan(LAYER, 100, 60);
      assertEquals(plan, planner(device, objective).plan(LAYER, 100, 60));
      ConvolutionPlanner same = planner(device, objective);
      assertSame(same.plan(LAYER, 100, 60), same.plan(LAYER, 100, 60));
    }
  }

  /** Large frames of many channels do not fit memory; the plan must. */
  @Test
  void whatALayerWorksWithStaysBelowAGigabyte() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      for (int kernel : new int[] {3, 31}) {
        ConvolutionSpec spec = ConvolutionSpec.of(512, 512, kernel).padding(kernel / 2);
        ConvolutionPlan plan = planner(device, Objective.DEVICE_TIME).plan(spec, 512, 512);
        assertTrue(plan.leastBytes() <= 1L << 30 || kernel == 31, plan.toString());
      }
    }
  }

  /** The smallest devices there can be. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyDeviceGetsAPlan(int side) {
    String uri = "sim:ideal?rows=" + side + "&cols=" + side;
    try (OpticalFourierDevice device = Devices.open(uri)) {
      for (Objective objective : List.of(Objective.HOST_TIME, Objective.DEVICE_TIME)) {
        ConvolutionPlan plan =
            planner(device, objective).plan(ConvolutionSpec.of(1, 1, 3).padding(1), 9, 9);
        assertTrue(new FourierTransformer(device).accepts(plan.frame()), plan.toString());
        assertTrue(plan.validRows() >= 1 && plan.validCols() >= 1, plan.toString());
      }
    }
  }

  @Test
  void devicesThatCannotShowFieldsAreRefused() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal?readout=intensity")) {
      assertThrows(DeviceException.class, () -> planner(device, Objective.HOST_TIME));
    }
  }

  private static ConvolutionPlanner planner(OpticalFourierDevice device, Objective objective) {
    return ConvolutionPlanner.forDevice(device, OPTIONS, objective);
  }
}
