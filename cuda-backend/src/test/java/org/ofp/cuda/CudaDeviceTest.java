// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCategory;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Jobs, memory, failures and the end of a device, on the interpreter. */
class CudaDeviceTest {
  private static final String SMALL = "cuda:0?preset=demonstrator&rows=24&cols=24&seed=4";
  private static final Benches.Case BENCH =
      new Benches.Case("demonstrator", "rows=24&cols=24&seed=4", Benches.Modulator.EXACT);
  private static final FrameShape SHAPE = new FrameShape(24, 24);

  /** 1 MB for four lanes is room for some 20 frames at a time: five runs on two lanes. */
  @Test
  void manyRunsGiveWhatTheSimulatorGives() {
    try (OpticalFourierDevice gpu = Emulated.open(SMALL + "&memory=1e6");
        OpticalFourierDevice sim = Devices.open(BENCH.simulator(""))) {
      FrameSequence expected = job(sim, 97, 3);
      FrameSequence actual = job(gpu, 97, 3);
      sim.submit(expected, JobOptions.defaults()).await();
      gpu.submit(actual, JobOptions.defaults()).await();
      assertArrayEquals(expected.counts().array(), actual.counts().array());
      Benches.assertSameCounts(sim.telemetry(), gpu.telemetry());
    }
  }

  /** A run of two batches, the second one short: metered batch by batch, with powers of its own. */
  @Test
  void batchesOfARunAreMeteredAsTheSimulatorDoes() {
    FrameShape shape = new FrameShape(8, 8);
    int frames = FrameFft.batch(8, 8) + 44;
    Benches.Case bench =
        new Benches.Case(
            "demonstrator", "rows=8&cols=8&sensor.fill-factor=0.5", Benches.Modulator.EXACT);
    try (OpticalFourierDevice gpu = Emulated.open(bench.gpu(""));
        OpticalFourierDevice sim = Devices.open(bench.simulator(""))) {
      FrameSequence expected = job(sim, shape, frames, 3);
      FrameSequence actual = job(gpu, shape, frames, 3);
      sim.submit(expected, JobOptions.defaults()).await();
      gpu.submit(actual, JobOptions.defaults()).await();
      assertArrayEquals(expected.counts().array(), actual.counts().array());
      Benches.assertSameCounts(sim.telemetry(), gpu.telemetry());
    }
  }

  @Test
  void runsAreOfWholeBatchesWhereOneFits() {
    FrameShape shape = new FrameShape(256, 256);
    assertEquals(16, FrameFft.batch(256, 256));
    assertEquals(48, FrameFft.wholeBatches(shape, 63));
    assertEquals(16, FrameFft.wholeBatches(shape, 16));
    assertEquals(15, FrameFft.wholeBatches(shape, 15));
    assertEquals(1, FrameFft.wholeBatches(shape, 0));
  }

  @Test
  void threadsGetTheirOwnCounts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (OpticalFourierDevice gpu = Emulated.open(SMALL + "&memory=1e6");
        OpticalFourierDevice sim = Devices.open(BENCH.simulator(""))) {
      List<Future<FrameSequence>> jobs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int seed = i;
        jobs.add(
            threads.submit(
                () -> {
                  FrameSequence job = job(gpu, 5 + 7 * (seed % 4), seed);
                  gpu.submit(job, JobOptions.defaults()).await();
                  return job;
                }));
      }
      for (int i = 0; i < jobs.size(); i++) {
        FrameSequence expected = job(sim, 5 + 7 * (i % 4), i);
        sim.submit(expected, JobOptions.defaults()).await();
        assertArrayEquals(expected.counts().array(), jobs.get(i).get().counts().array());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preset=demonstrator",
        "preset=ideal&sensor.fill-factor=0.5&lens.rotation=0.02",
        "preset=ideal&slm.settle=1e-3",
        "preset=demonstrator&beam.pointing=1e-5",
      })
  void closingGivesEverythingBack(String options) {
    EmulatedGpu gpu = new EmulatedGpu();
    OpticalFourierDevice device = Emulated.open("cuda:0?rows=24&cols=24&" + options, gpu);
    FrameSequence job = job(device, 3, 1);
    device.submit(job, JobOptions.defaults()).await();
    assertFalse(gpu.alive().isEmpty());
    device.close();
    device.close();
    assertEquals(List.of(), gpu.alive());
    assertEquals(
        ErrorCode.CLOSED,
        assertThrows(DeviceException.class, () -> device.submit(job, JobOptions.defaults()))
            .code());
  }

  /** Opening, working and closing again and again takes nothing; {@code -Pfull} 10,000 times. */
  @Test
  void openingAndClosingLeavesNothing() {
    EmulatedGpu gpu = new EmulatedGpu(64 << 20);
    long free = gpu.freeBytes();
    int times = "full".equals(System.getProperty("ofp.tests")) ? 10_000 : 100;
    for (int i = 0; i < times; i++) {
      try (OpticalFourierDevice device =
          Emulated.open("cuda:0?preset=ideal&rows=8&cols=8&memory=1e6", gpu)) {
        device.load(SlmFrame.of(new FrameShape(8, 8), new float[128], i));
        device.transform();
      }
      assertEquals(free, gpu.freeBytes(), "after " + (i + 1));
    }
    assertEquals(List.of(), gpu.alive());
  }

  /** Wherever an allocation fails, in opening or later, nothing is left. */
  @Test
  void aFailedAllocationLeavesNothing() {
    int failed = 0;
    for (int number = 1; number < 200; number++) {
      EmulatedGpu gpu = new EmulatedGpu();
      gpu.failAt("cuMemAlloc", number, ErrorCode.OUT_OF_MEMORY);
      try (OpticalFourierDevice device = Emulated.open(SMALL, gpu)) {
        device.submit(job(device, 3, 1), JobOptions.defaults()).await();
        assertTrue(number > 5, "only " + number + " allocations");
        break;
      } catch (DeviceException e) {
        assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
        failed++;
      }
      assertEquals(List.of(), gpu.alive(), "allocation " + number);
    }
    assertTrue(failed > 5, failed + " allocations failed");
  }

  @Test
  void memoryThatDoesNotFitIsNamed() {
    EmulatedGpu gpu = new EmulatedGpu(64 << 20);
    try (OpticalFourierDevice device =
        Emulated.open("cuda:0?preset=ideal&rows=4096&cols=4096", gpu)) {
      FrameShape large = new FrameShape(4096, 4096);
      FrameSequence job =
          new FrameSequence(
              large,
              1,
              List.of(Readout.plain(1)),
              2,
              ExposureControl.fixed(),
              FloatBuffer.allocate(2 * large.pixels()),
              FloatBuffer.allocate(2 * large.pixels()));
      DeviceException e =
          assertThrows(DeviceException.class, () -> device.submit(job, JobOptions.defaults()));
      assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
      assertTrue(
          e.getMessage().contains("134217728") || e.getMessage().contains("134"), e::getMessage);
      assertTrue(e.getMessage().contains("free"), e::getMessage);
    }
    assertEquals(List.of(), gpu.alive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuLaunchKernel", "cuMemcpyDtoHAsync", "cufftExecC2C"})
  void aLostGpuIsReportedAndTheProcessLives(String call) {
    EmulatedGpu gpu = new EmulatedGpu();
    OpticalFourierDevice device = Emulated.open(SMALL, gpu);
    gpu.failAt(call, 1, ErrorCode.DEVICE_LOST);
    for (int i = 0; i < 2; i++) {
      DeviceException e =
          assertThrows(
              DeviceException.class,
              () -> device.submit(job(device, 3, 1), JobOptions.defaults()).await());
      assertEquals(ErrorCode.DEVICE_LOST, e.code(), e.getMessage());
      assertEquals(ErrorCategory.DEVICE, e.category());
    }
    device.close();
    try (OpticalFourierDevice again = Emulated.open(SMALL)) {
      again.submit(job(again, 3, 1), JobOptions.defaults()).await();
    }
  }

  /** A failure that passes leaves the device usable, with the right counts afterwards. */
  @ParameterizedTest
  @ValueSource(strings = {"cuLaunchKernel", "cuMemcpyHtoDAsync", "cuMemcpyDtoHAsync"})
  void aFailedCallLeavesTheDeviceUsable(String call) {
    EmulatedGpu gpu = new EmulatedGpu();
    try (OpticalFourierDevice device = Emulated.open(SMALL + "&memory=1e6", gpu);
        OpticalFourierDevice sim = Devices.open(BENCH.simulator(""))) {
      device.submit(job(device, 3, 1), JobOptions.defaults()).await();
      FrameSequence expected = job(sim, 60, 9);
      sim.submit(expected, JobOptions.defaults()).await();
      for (int number = 1; number < 6; number++) {
        gpu.failAt(call, number, ErrorCode.DEVICE_FAILURE);
        FrameSequence failing = job(device, 60, 9);
        DeviceException e =
            assertThrows(
                DeviceException.class, () -> device.submit(failing, JobOptions.defaults()).await());
        assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
        FrameSequence actual = job(device, 60, 9);
        device.submit(actual, JobOptions.defaults()).await();
        assertArrayEquals(expected.counts().array(), actual.counts().array());
      }
    }
  }

  @Test
  void badFramesAndDeadlinesAreRefused() {
    try (OpticalFourierDevice device = Emulated.open(SMALL)) {
      FrameSequence job = job(device, 3, 1);
      job.amplitudes().put(job.amplitudeOffset(1) + 10, Float.NaN);
      assertEquals(
          ErrorCode.INADMISSIBLE_FRAME,
          assertThrows(DeviceException.class, () -> device.submit(job, JobOptions.defaults()))
              .code());
      assertEquals(
          ErrorCode.DEADLINE_EXCEEDED,
          assertThrows(
                  DeviceException.class,
                  () ->
                      device.submit(job(device, 3, 1), new JobOptions(Optional.of(Duration.ZERO))))
              .code());
    }
  }

  @Test
  void optionsFollowThePreset() {
    assertEquals("10", defaultOf("adc.bits", Map.of("preset", "photonic")));
    assertEquals("12", defaultOf("adc.bits", Map.of("preset", "demonstrator")));
    assertEquals("off", defaultOf("adc.bits", Map.of()));
    DeviceException e =
        assertThrows(DeviceException.class, () -> CudaOptions.of(Map.of("preset", "demo")));
    assertEquals(ErrorCode.INVALID_PROFILE, e.code());
  }

  private static String defaultOf(String name, Map<String, String> given) {
    return CudaOptions.of(given).stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow()
        .defaultValue();
  }

  private static FrameSequence job(OpticalFourierDevice device, int frames, long seed) {
    return job(device, SHAPE, frames, seed);
  }

  private static FrameSequence job(
      OpticalFourierDevice device, FrameShape shape, int frames, long seed) {
    int planes = device.description().capabilities().readout().planes();
    List<Readout> readouts =
        FourierTransformer.readouts(
            device.description().capabilities().readout(),
            device.description().capabilities().defaultExposure());
    boolean metered = device.description().calibration().fullScale() < Double.POSITIVE_INFINITY;
    FrameSequence job =
        new FrameSequence(
            shape,
            frames,
            readouts,
            planes,
            metered ? ExposureControl.auto(0.8) : ExposureControl.fixed(),
            FloatBuffer.wrap(Benches.frames(BENCH, frames * shape.pixels(), seed)),
            FloatBuffer.allocate(frames * readouts.size() * planes * shape.pixels()));
    for (int i = 0; i < frames; i++) {
      job.identify(i, 100 * seed + i, 0);
      job.meterExposure(i, 1e-4);
    }
    return job;
  }
}
