// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/** Convolutions on several devices. */
class DevicePoolTest {
  private static final String URI = "sim:demonstrator?seed=5";
  private static final ConvolutionSpec SPEC = ConvolutionSpec.of(6, 7, 3).padding(1);
  private static final int SIZE = 61;

  @Test
  void equalDevicesGiveTheBitsOfOne() {
    try (OpticalFourierDevice a = Devices.open(URI);
        OpticalFourierDevice b = Devices.open(URI);
        OpticalFourierDevice c = Devices.open(URI)) {
      float[] one = convolve(new OpticalConvolver(a, TransformOptions.defaults()));
      long alone = a.telemetry().framesLoaded();
      OpticalConvolver pool = new OpticalConvolver(List.of(a, b, c), TransformOptions.defaults());
      assertArrayEquals(one, convolve(pool));
      assertEquals(
          2 * alone,
          a.telemetry().framesLoaded()
              + b.telemetry().framesLoaded()
              + c.telemetry().framesLoaded());
      assertTrue(b.telemetry().framesLoaded() > 0, "the second device was not used");
    }
  }

  @Test
  void aDeviceThatFailsIsTakenOutAndItsFramesAreDoneByAnother() {
    try (OpticalFourierDevice a = Devices.open(URI);
        Failing b = new Failing(Devices.open(URI), 3, ErrorCode.DEVICE_FAILURE)) {
      float[] expected = convolve(new OpticalConvolver(a, TransformOptions.defaults()));
      OpticalConvolver pool = new OpticalConvolver(List.of(b, a), TransformOptions.defaults());
      // How the jobs fall on the two devices depends on the threads. The first of a convolution
      // goes to the one that served fewer, so four convolutions always reach b's fourth job.
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(expected, convolve(pool));
      }
      assertEquals(1, pool.failures().size());
      assertTrue(pool.failures().get(0).contains("broken lamp"), pool.failures().toString());
      int jobs = b.jobs.get();
      assertArrayEquals(expected, convolve(pool));
      assertEquals(jobs, b.jobs.get(), "a device that was taken out got another job");
    }
  }

  /** Each faulty device loses one frame in twenty: it fails within a convolution or two. */
  @Test
  void aPoolWithFaultyDevicesGivesTheBitsOfAHealthyOne() {
    try (OpticalFourierDevice a = Devices.open(URI);
        OpticalFourierDevice b = Devices.open("faulty:?fail-rate=0.05@" + URI);
        OpticalFourierDevice c = Devices.open("faulty:?drop=0.05&seed=2@" + URI);
        OpticalFourierDevice d = Devices.open("faulty:?disconnect-at=20@" + URI)) {
      float[] expected = convolve(new OpticalConvolver(a, TransformOptions.defaults()));
      OpticalConvolver pool =
          new OpticalConvolver(List.of(a, b, c, d), TransformOptions.defaults());
      int convolutions = 0;
      while (pool.failures().size() < 3) {
        assertArrayEquals(expected, convolve(pool));
        assertTrue(++convolutions < 100, pool.failures().toString());
      }
      assertArrayEquals(expected, convolve(pool));
      for (String fault : List.of("could not be loaded", "counts were lost", "was lost")) {
        assertTrue(
            pool.failures().stream().anyMatch(why -> why.contains(fault)),
            pool.failures().toString());
      }
    }
  }

  @Test
  void theLastDevicesFailureIsTheCallers() {
    try (Failing a = new Failing(Devices.open(URI), 2, ErrorCode.DEVICE_FAILURE);
        Failing b = new Failing(Devices.open(URI), 3, ErrorCode.DEVICE_FAILURE)) {
      OpticalConvolver pool = new OpticalConvolver(List.of(a, b), TransformOptions.defaults());
      DeviceException e = assertThrows(DeviceException.class, () -> convolve(pool));
      assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
    }
  }

  @Test
  void whatTheCallerGotWrongIsNotTheDevicesFault() {
    try (OpticalFourierDevice a = Devices.open(URI);
        OpticalFourierDevice b = Devices.open(URI)) {
      OpticalConvolver pool = new OpticalConvolver(List.of(a, b), TransformOptions.defaults());
      float[] x = maps();
      x[17] = Float.NaN;
      DeviceException e = assertThrows(DeviceException.class, () -> convolve(pool, x));
      assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
      assertEquals(List.of(), pool.failures());
    }
  }

  private static float[] convolve(OpticalConvolver convolver) {
    return convolve(convolver, maps());
  }

  private static float[] maps() {
    Random random = new Random(1);
    float[] x = new float[SPEC.inChannels() * SIZE * SIZE];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    return x;
  }

  private static float[] convolve(OpticalConvolver convolver, float[] x) {
    Random random = new Random(2);
    float[] w = new float[SPEC.weightCount()];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) random.nextGaussian();
    }
    ConvolutionPlan plan = convolver.plan(SPEC, SIZE, SIZE);
    float[] y = new float[SPEC.outChannels() * SIZE * SIZE];
    try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(w), true)) {
      convolver.convolve(
          plan, FrameKey.forward(0, 0), 1, FloatBuffer.wrap(x), kernels, null, FloatBuffer.wrap(y));
    }
    return y;
  }

  /** A device that fails for good after some jobs, having written half of its results. */
  private static final class Failing extends ForwardingDevice {
    final AtomicInteger jobs = new AtomicInteger();
    private final int good;
    private final ErrorCode code;

    Failing(OpticalFourierDevice device, int good, ErrorCode code) {
      super(device);
      this.good = good;
      this.code = code;
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      if (jobs.incrementAndGet() <= good) {
        return super.submit(sequence, options);
      }
      int frames = sequence.size();
      super.submit(sequence.size((frames + 1) / 2), options).await();
      throw new DeviceException(code, "broken lamp");
    }
  }
}
