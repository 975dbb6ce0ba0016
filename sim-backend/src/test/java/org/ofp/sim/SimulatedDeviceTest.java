// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.sim.Bench.assertFails;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ofp.device.BufferKind;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;
import org.ofp.optics.BenchProfile;

class SimulatedDeviceTest {
  private static final FrameShape SHAPE = new FrameShape(4, 6);

  private static SlmFrame frame() {
    return SlmFrame.of(SHAPE, Bench.randomFrames(48, 1), 5);
  }

  private static FrameSequence sequence(OpticalFourierDevice device, FrameShape shape, int n) {
    FrameSequence sequence =
        Bench.sequence(
            device,
            shape,
            n,
            List.of(Readout.plain(1e-3)),
            ExposureControl.fixed(),
            BufferKind.HEAP);
    for (int i = 0; i < n; i++) {
      sequence.identify(i, 100 + i, 0);
    }
    return sequence;
  }

  @Test
  void theDriverIsFoundAndDescribed() {
    Devices.Driver driver =
        Devices.drivers().stream().filter(d -> d.scheme().equals("sim")).findAny().orElseThrow();
    assertEquals(BenchProfile.presets(), driver.bodies());
    assertTrue(driver.availability().usable());
    assertTrue(driver.availability().reason().contains("FFT"), driver.availability().reason());
    assertEquals(
        List.of("9"),
        Devices.options(DeviceUri.parse("sim:ideal?seed=9")).stream()
            .filter(option -> option.name().equals("seed"))
            .map(OptionSpec::defaultValue)
            .toList());
  }

  @Test
  void describesWhatWasAskedFor() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?adc.bits=10&rows=64")) {
      Capabilities capabilities = device.description().capabilities();
      assertEquals(new FrameShape(64, 512), capabilities.maxFrame());
      assertEquals(10, capabilities.adcBits());
      assertEquals(ReadoutMode.FOUR_STEP, capabilities.readout());
      assertEquals("sim:demonstrator", device.description().id());
      assertTrue(
          device
              .description()
              .parameters()
              .containsAll(
                  List.of(
                      new PhysicalParameter("adc.bits", "10", ""),
                      new PhysicalParameter("wavelength", "633e-9", "m"),
                      new PhysicalParameter("sensor.shot-noise", "on", ""))));
      assertSame(device.description(), device.description());
    }
  }

  @Test
  void opensAProfileOfOnesOwn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my bench @1.yaml");
    try (InputStream in = BenchProfile.class.getResourceAsStream("demonstrator.yaml")) {
      Files.writeString(
          file,
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .replace("bits: 12", "bits: 11"));
    }
    String uri =
        new DeviceUri(List.of(new DeviceUri.Layer("sim", "file=" + file, java.util.Map.of())))
            .toString();
    try (OpticalFourierDevice device = Bench.open(uri)) {
      assertEquals(11, device.description().capabilities().adcBits());
    }
  }

  @Test
  void wrongAddressesAreExplained() {
    assertFails(ErrorCode.INVALID_PROFILE, () -> Bench.open("sim:idael"), "did you mean 'ideal'?");
    assertFails(ErrorCode.UNKNOWN_OPTION, () -> Bench.open("sim:ideal?adc.bit=3"), "'adc.bits'");
    assertFails(ErrorCode.INVALID_OPTION, () -> Bench.open("sim:ideal?adc.bits=1"), "2 to 24");
    assertFails(
        ErrorCode.INVALID_OPTION, () -> Bench.open("sim:demonstrator?sensor.exposure=5"), "5.0 s");
    assertFails(ErrorCode.MALFORMED_URI, () -> Bench.open("sim:ideal@sim:ideal"), "wraps no other");
  }

  @Test
  void theVerbsMustComeInTheirOrder() {
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      DetectorFrame into = DetectorFrame.allocate(SHAPE, 2);
      Readout readout = Readout.plain(1e-3);
      assertFails(ErrorCode.ILLEGAL_STATE, device::transform, "load");
      assertFails(ErrorCode.ILLEGAL_STATE, () -> device.read(readout, into), "load");
      device.load(frame());
      assertFails(ErrorCode.ILLEGAL_STATE, () -> device.read(readout, into), "transform");
      device.transform();
      device.read(readout, into);
      device.read(readout, into);
      device.load(frame());
      assertFails(ErrorCode.ILLEGAL_STATE, () -> device.read(readout, into), "transform");
    }
  }

  @Test
  void aClosedDeviceSaysSo() {
    OpticalFourierDevice device = Bench.open("sim:ideal");
    FrameSequence sequence = sequence(device, SHAPE, 2);
    FourierTransformer transformer = new FourierTransformer(device);
    device.load(frame());
    device.transform();
    device.close();
    device.close();
    assertFails(ErrorCode.CLOSED, device::description);
    assertFails(ErrorCode.CLOSED, () -> device.load(frame()));
    assertFails(ErrorCode.CLOSED, device::transform);
    assertFails(
        ErrorCode.CLOSED, () -> device.read(Readout.plain(1e-3), DetectorFrame.allocate(SHAPE, 2)));
    assertFails(ErrorCode.CLOSED, () -> device.submit(sequence, JobOptions.defaults()));
    assertFails(ErrorCode.CLOSED, device::telemetry);
    assertFails(ErrorCode.CLOSED, () -> transformer.batch(SHAPE, 1));
  }

  @Test
  void framesAndReadoutsThatCannotBeAreRefusedAndChangeNothing() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?sensor.read-noise=off")) {
      device.load(frame());
      device.transform();
      DetectorFrame into = DetectorFrame.allocate(SHAPE, 1);
      FrameShape large = new FrameShape(513, 4);
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME,
          () -> device.load(SlmFrame.of(large, new float[2 * large.pixels()], 0)),
          "513×4",
          "512×512");
      float[] bright = new float[48];
      bright[2 * 8] = 1.1f;
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME, () -> device.load(SlmFrame.of(SHAPE, bright, 3)), "[1,2]");
      bright[2 * 8] = Float.NaN;
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME, () -> device.load(SlmFrame.of(SHAPE, bright, 3)), "NaN");
      for (double exposure : new double[] {9e-7, 1.1, 1e9}) {
        assertFails(
            ErrorCode.INADMISSIBLE_READOUT,
            () -> device.read(Readout.plain(exposure), into),
            exposure + " s",
            "1.0E-6 to 1.0 s");
      }
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> device.read(Readout.plain(1e-3), DetectorFrame.allocate(new FrameShape(6, 4), 1)),
          "6×4",
          "4×6");
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> device.read(Readout.plain(1e-3), DetectorFrame.allocate(SHAPE, 2)),
          "2 plane");
      // The first frame is still at the detector, and none of this counted as a read of it.
      device.read(Readout.withReference(1e-4, 0), into);
      float[] after = into.counts().array().clone();
      device.load(frame());
      device.transform();
      device.read(Readout.withReference(1e-4, 0), into);
      assertArrayEquals(after, into.counts().array());
      assertEquals(2, device.telemetry().framesLoaded());
      assertEquals(2, device.telemetry().reads());
    }
    try (OpticalFourierDevice device = Bench.open("sim:ideal?readout=intensity")) {
      device.load(frame());
      device.transform();
      assertFails(
          ErrorCode.INADMISSIBLE_READOUT,
          () -> device.read(Readout.withReference(1, 0), DetectorFrame.allocate(SHAPE, 1)),
          "reference");
      assertFails(ErrorCode.UNSUPPORTED, () -> new FourierTransformer(device), "intensity");
    }
  }

  @Test
  void jobsAreCheckedWhole() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      FrameSequence tooLong =
          Bench.sequence(
              device,
              SHAPE,
              1,
              List.of(Readout.plain(1e-3), Readout.plain(2)),
              ExposureControl.fixed(),
              BufferKind.HEAP);
      assertFails(
          ErrorCode.INADMISSIBLE_READOUT,
          () -> device.submit(tooLong, JobOptions.defaults()),
          "2.0 s");
      FrameSequence twoPlanes =
          new FrameSequence(
              SHAPE,
              1,
              List.of(Readout.plain(1e-3)),
              2,
              ExposureControl.fixed(),
              FloatBuffer.allocate(48),
              FloatBuffer.allocate(48));
      assertFails(
          ErrorCode.INVALID_ARGUMENT, () -> device.submit(twoPlanes, JobOptions.defaults()));
      assertEquals(0, device.telemetry().framesLoaded());
      assertEquals(0, device.telemetry().reads());
      device.submit(sequence(device, SHAPE, 3).size(0), JobOptions.defaults()).await();
      assertEquals(0, device.telemetry().framesLoaded());
    }
  }

  @Test
  void aBadFrameWithinAJobIsNamed() {
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      FrameSequence sequence = sequence(device, SHAPE, 2000);
      sequence.amplitudes().put(sequence.amplitudeOffset(1234) + 2 * 7, 2f);
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME,
          () -> device.submit(sequence, JobOptions.defaults()),
          "frame 1334",
          "[1,1]");
    }
  }

  @Test
  void aFailedJobLeavesTheBuffersAlone() throws InterruptedException {
    // The job's buffers are the caller's again once submit has thrown: nobody may still write.
    FrameShape shape = new FrameShape(32, 32);
    int n = 400;
    ForkJoinPool pool = new ForkJoinPool(4);
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      FrameSequence sequence = sequence(device, shape, n);
      float[] counts = sequence.counts().array();
      for (int run = 0; run < 30; run++) {
        sequence.amplitudes().put(sequence.amplitudeOffset(run * 13), 2f);
        pool.submit(
                () -> {
                  assertThrows(
                      DeviceException.class, () -> device.submit(sequence, JobOptions.defaults()));
                  Arrays.fill(counts, -7);
                })
            .join();
        assertTrue(pool.awaitQuiescence(60, TimeUnit.SECONDS));
        for (float count : counts) {
          assertEquals(-7f, count, "run " + run);
        }
        sequence.amplitudes().put(sequence.amplitudeOffset(run * 13), 0f);
      }
      device.submit(sequence, JobOptions.defaults()).await();
      assertTrue(counts[0] >= 0, "the device works on");
    } finally {
      pool.shutdown();
      assertTrue(pool.awaitTermination(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void deadlinesAndInterruptsStopAJob() {
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      FrameSequence sequence = sequence(device, SHAPE, 5);
      JobOptions late = new JobOptions(Optional.of(Duration.ofNanos(-1)));
      assertFails(ErrorCode.DEADLINE_EXCEEDED, () -> device.submit(sequence, late), "5 frames");
      Thread.currentThread().interrupt();
      try {
        assertFails(ErrorCode.CANCELLED, () -> device.submit(sequence, JobOptions.defaults()));
      } finally {
        assertTrue(Thread.interrupted());
      }
      device.submit(sequence, JobOptions.defaults()).await();
    }
  }

  private static void requireUnused(Telemetry telemetry) {
    assertEquals(0, telemetry.framesLoaded());
    assertEquals(0, telemetry.reads());
    assertEquals(0, telemetry.saturatedPixels());
    assertEquals(Duration.ZERO, telemetry.deviceTime());
    assertEquals(0, telemetry.errors() + telemetry.retries());
  }

  @Test
  void aFinishedJobSaysWhereItsResultsComeFrom() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?seed=42")) {
      FrameSequence sequence = sequence(device, SHAPE, 5);
      Job job = device.submit(sequence, JobOptions.defaults());
      job.await();
      Job.JobReport report = job.report();
      assertEquals(device.description().id(), report.device());
      assertEquals(device.description().calibration().id(), report.calibration());
      assertEquals("42", report.seed());
      assertEquals(1, report.attempts());
      assertEquals(sequence.clippedShare(), report.clippedShare());
      assertEquals(new Job.JobProgress(5, 5, true), job.progress());
    }
  }

  @Test
  void theClockIsVirtualAndAddsUp() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      requireUnused(device.telemetry());
      FrameSequence sequence = sequence(device, SHAPE, 1000);
      device.submit(sequence, JobOptions.defaults()).await();
      Telemetry telemetry = device.telemetry();
      assertEquals(1000, telemetry.framesLoaded());
      assertEquals(1000, telemetry.reads());
      // 1000 frames of 16.7 ms and as many reads of 2 ms and 1 ms of exposure.
      assertEquals(Duration.ofMillis(19_700), telemetry.deviceTime());
      DetectorFrame into = DetectorFrame.allocate(SHAPE, 1);
      device.load(frame());
      device.transform();
      device.read(Readout.plain(0.5), into);
      assertEquals(Duration.ofNanos(20_218_700_000L), device.telemetry().deviceTime());
      assertEquals(20_218_700_000L, into.timestampNanos());
    }
  }

  @ParameterizedTest
  @EnumSource(BufferKind.class)
  void readsDescribeThemselves(BufferKind kind) {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?adc.bits=8")) {
      FloatBuffer in = kind.allocate(60);
      FloatBuffer out = kind.allocate(40);
      in.put(12, Bench.randomFrames(48, 2));
      device.load(new SlmFrame(SHAPE, in, 12, -3, 9));
      device.transform();
      DetectorFrame into = new DetectorFrame(SHAPE, 1, out, 11);
      device.read(new Readout(1, 2, true, 0.1), into);
      assertEquals(-3, into.frameId());
      assertEquals(9, into.repeat());
      assertEquals(1, into.exposure());
      assertEquals(2, into.gain());
      assertEquals(24, into.saturated(), "a second is far too long");
      assertEquals("nominal", into.calibrationId());
      assertEquals(255f, into.peak());
      assertEquals(24, device.telemetry().saturatedPixels());
      assertEquals(0f, out.get(10), "nothing before");
      assertEquals(0f, out.get(35), "nothing behind");
    }
  }
}
