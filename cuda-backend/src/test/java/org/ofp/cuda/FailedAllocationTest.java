// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceMemory;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Whichever allocation fails, the same call succeeds afterwards, and closing leaves nothing. */
class FailedAllocationTest {
  private static final FrameShape SHAPE = new FrameShape(8, 8);

  /** Whose pointing error makes all tables anew for each frame. */
  private static final String WANDERS = "&beam.pointing=1e-5";

  /** More allocations than any of the calls makes. */
  private static final int MOST = 200;

  @ParameterizedTest
  @CsvSource({"cuMemAlloc, ''", "cuMemHostAlloc, ''", "cuMemAlloc, " + WANDERS})
  void jobsRecover(String call, String options) {
    everyFailureIsRecoveredFrom(call, options, FailedAllocationTest::submit);
  }

  @ParameterizedTest
  @CsvSource({
    "cuMemAlloc, ''",
    "cuMemHostAlloc, ''",
    "cuMemAlloc, " + WANDERS,
    "cuMemHostAlloc, " + WANDERS
  })
  void verbsRecover(String call, String options) {
    everyFailureIsRecoveredFrom(call, options, FailedAllocationTest::show);
  }

  /** A device whose buffers have to grow closes the ones that it has first. */
  @ParameterizedTest
  @ValueSource(strings = {"cuMemAlloc", "cuMemHostAlloc"})
  void growingRecovers(String call) {
    everyFailureIsRecoveredFrom(
        call,
        "",
        device -> {
          if (device.telemetry().framesLoaded() == 0) {
            submit(device, new FrameShape(4, 4), 1);
            show(device, new FrameShape(4, 4));
          }
          float[] job = submit(device);
          return job.length == 0 ? job : show(device);
        });
  }

  private static void everyFailureIsRecoveredFrom(
      String call, String options, Function<OpticalFourierDevice, float[]> work) {
    String bench = "rows=8&cols=8&seed=4" + options;
    float[] expected;
    try (OpticalFourierDevice sim = Devices.open("sim:demonstrator?" + bench)) {
      expected = work.apply(sim);
    }
    int failed = 0;
    for (int number = 1; number < MOST; number++) {
      EmulatedGpu gpu = new EmulatedGpu();
      boolean fails = false;
      try (OpticalFourierDevice device =
          Emulated.open("cuda:0?preset=demonstrator&" + bench, gpu)) {
        gpu.failAt(call, number, ErrorCode.OUT_OF_MEMORY);
        try {
          assertArrayEquals(expected, work.apply(device));
        } catch (DeviceException e) {
          assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
          fails = true;
          assertArrayEquals(expected, work.apply(device), call + " " + number);
        }
      }
      assertEquals(List.of(), gpu.alive(), call + " " + number);
      if (!fails) {
        break;
      }
      failed++;
    }
    assertTrue(failed >= 2 && failed < MOST - 1, failed + " allocations failed");
  }

  private static float[] submit(OpticalFourierDevice device) {
    return submit(device, SHAPE, 3);
  }

  private static float[] submit(OpticalFourierDevice device, FrameShape shape, int frames) {
    int planes = device.description().capabilities().readout().planes();
    List<Readout> readouts = List.of(Readout.plain(1e-4));
    FrameSequence job =
        new FrameSequence(
            shape,
            frames,
            readouts,
            planes,
            ExposureControl.auto(0.8),
            FloatBuffer.wrap(amplitudes(shape, frames)),
            FloatBuffer.allocate(frames * planes * shape.pixels()));
    for (int i = 0; i < frames; i++) {
      job.identify(i, i, 0);
      job.meterExposure(i, 1e-4);
    }
    device.submit(job, JobOptions.defaults()).await();
    return job.counts().array();
  }

  private static float[] show(OpticalFourierDevice device) {
    return show(device, SHAPE);
  }

  private static float[] show(OpticalFourierDevice device, FrameShape shape) {
    int planes = device.description().capabilities().readout().planes();
    device.load(SlmFrame.of(shape, amplitudes(shape, 1), 5));
    device.transform();
    DetectorFrame into = DetectorFrame.allocate(shape, planes);
    device.read(Readout.plain(1e-4), into);
    return into.counts().array();
  }

  private static float[] amplitudes(FrameShape shape, int frames) {
    Benches.Case bench = new Benches.Case("demonstrator", "", Benches.Modulator.EXACT);
    return Benches.frames(bench, frames * shape.pixels(), 6);
  }

  /** A frame that was shown in part is not there any more. */
  @Test
  void afterAFailedLoadNoFrameIsLoaded() {
    EmulatedGpu gpu = new EmulatedGpu();
    try (OpticalFourierDevice device =
        Emulated.open("cuda:0?preset=demonstrator&rows=8&cols=8", gpu)) {
      show(device);
      gpu.failAt("cuLaunchKernel", 1, ErrorCode.DEVICE_FAILURE);
      assertThrows(DeviceException.class, () -> show(device));
      assertEquals(
          ErrorCode.ILLEGAL_STATE, assertThrows(DeviceException.class, device::transform).code());
      show(device);
    }
  }

  /** Whatever cannot be freed, the rest is, and the GPU is closed. */
  @Test
  void aFailureToFreeIsToldAndEverythingElseIsFreed() {
    int failed = 0;
    for (int number = 1; number < MOST; number++) {
      EmulatedGpu gpu = new EmulatedGpu();
      OpticalFourierDevice device =
          Emulated.open("cuda:0?preset=demonstrator&rows=8&cols=8&slm.settle=1e-3", gpu);
      submit(device);
      show(device);
      gpu.failAt("cuMemFree", number, ErrorCode.DEVICE_FAILURE);
      boolean fails = false;
      try {
        device.close();
      } catch (DeviceException e) {
        assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
        fails = true;
      }
      device.close();
      assertTrue(gpu.isClosed());
      assertEquals(List.of(), gpu.alive(), "freeing " + number);
      if (!fails) {
        break;
      }
      failed++;
    }
    assertTrue(failed > 5 && failed < MOST - 1, failed + " failed");
  }

  /**
   * What resident fields keep for later goes before there is no room, if nobody is at work there.
   */
  @Test
  void memoryThatIsKeptMakesRoomForJobs() {
    EmulatedGpu gpu = new EmulatedGpu(48 << 20);
    try (OpticalFourierDevice device = Emulated.open("cuda:0?preset=ideal&memory=1e6", gpu)) {
      DeviceMemory memory = device.extension(DeviceMemory.class).orElseThrow();
      fillWithKept(memory, gpu);
      submit(device);
      fillWithKept(memory, gpu);
      show(device);
    }
    assertEquals(List.of(), gpu.alive());
  }

  private static void fillWithKept(DeviceMemory memory, EmulatedGpu gpu) {
    List<DeviceBuffer> buffers = new ArrayList<>();
    // The sizes that blocks have, so that each takes no more than it is asked for.
    for (long bytes = 16 << 20; bytes >= 512; bytes /= 2) {
      while (gpu.freeBytes() >= bytes) {
        buffers.add(memory.allocate("kept", bytes / Float.BYTES));
      }
    }
    buffers.forEach(DeviceBuffer::close);
    assertTrue(gpu.freeBytes() < 512);
  }

  @Test
  void whatCannotBeCopiedAtOnceIsRefusedWithARemedy() {
    EmulatedGpu gpu = new EmulatedGpu();
    try (RoomOnHost room = new RoomOnHost(gpu, gpu.openStream(), "detector counts")) {
      room.reserve(64);
      DeviceException e = assertThrows(DeviceException.class, () -> room.reserve(1L << 31));
      assertEquals(ErrorCode.UNSUPPORTED, e.code());
      assertEquals(
          "detector counts of 2147483648 bytes are copied at once, the most are 2147483647; use"
              + " smaller frames or fewer reads of each",
          e.getMessage());
      assertEquals(16, room.floats().capacity());
    }
    assertEquals(List.of("stream"), gpu.alive());
  }
}
