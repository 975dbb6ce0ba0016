// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.recording.Recordings.assertFails;
import static org.ofp.device.recording.Recordings.assertSame;
import static org.ofp.device.recording.Recordings.bits;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.StageTimes;

/** What was asked and measured comes back bit for bit, from the file and from a replay. */
class RecordAndReplayTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("run.ofpr");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jobsComeBackBitForBit(boolean compact) {
    Random random = new Random(1);
    List<FrameSequence> jobs = new ArrayList<>();
    StubBench bench = new StubBench(7, 128);
    try (RecordingDevice device = Recordings.record(bench, file(), compact)) {
      for (int j = 0; j < 30; j++) {
        FrameShape shape = new FrameShape(1 + random.nextInt(64), 1 + random.nextInt(64));
        FrameSequence job =
            StubBench.sequence(random, shape, 1 + random.nextInt(9), 1 + random.nextInt(4));
        job.size(random.nextInt(job.capacity() + 1));
        device.submit(job, JobOptions.defaults()).await();
        jobs.add(job);
      }
    }
    assertTrue(bench.closed);
    try (Recording recording = Recording.open(file())) {
      assertFalse(recording.losses().any(), recording.losses().toString());
      assertEquals(List.of(), recording.failures());
      assertEquals("a test", recording.provenance().command());
      assertEquals(bench.description(), recording.description());
      int k = 0;
      for (int j = 0; j < jobs.size(); j++) {
        for (int i = 0; i < jobs.get(j).size(); i++) {
          assertFrame(jobs.get(j), j, i, recording, k++);
        }
      }
      assertEquals(k, recording.frames().size());
    }
    for (boolean strict : new boolean[] {false, true}) {
      try (ReplayDevice replay = Recordings.replay(file(), strict)) {
        for (FrameSequence job : jobs) {
          FrameSequence again = StubBench.copy(job);
          replay.submit(again, JobOptions.defaults()).await();
          assertSame(job, again);
        }
        assertEquals(
            jobs.stream().mapToInt(FrameSequence::size).sum(), replay.telemetry().framesLoaded());
      }
    }
  }

  private static void assertFrame(
      FrameSequence job, int number, int i, Recording recording, int k) {
    RecordedFrame frame = recording.frames().get(k);
    assertEquals(number, frame.job());
    assertEquals(i, frame.index());
    assertEquals(job.id(i), frame.id());
    assertEquals(job.repeat(i), frame.repeat());
    assertEquals(job.shape(), frame.shape());
    assertEquals(job.exposureControl(), frame.control());
    assertEquals(job.meterExposure(i), frame.meterExposure());
    assertEquals(job.readouts(), frame.readouts());
    assertEquals(job.saturated(i, 0), frame.reads().get(0).saturated());
    int from = job.amplitudeOffset(i);
    assertArrayEquals(
        Arrays.copyOfRange(job.amplitudes().array(), from, job.amplitudeOffset(i + 1)),
        recording.amplitudes(k));
    assertArrayEquals(
        bits(
            Arrays.copyOfRange(
                job.counts().array(), job.countOffset(i, 0), job.countOffset(i + 1, 0))),
        bits(recording.counts(k)));
  }

  @Test
  void verbsComeBackAndRepeatedReadsInTurn() {
    FrameShape shape = new FrameShape(5, 7);
    FrameSequence frame = StubBench.sequence(new Random(2), shape, 1, 1);
    List<DetectorFrame> reads = new ArrayList<>();
    try (OpticalFourierDevice device = Recordings.record(new StubBench(8, 64), file(), true)) {
      reads.addAll(verbs(device, frame.amplitudes(), 3));
    }
    try (OpticalFourierDevice replay = Recordings.replay(file(), false)) {
      // Seven: after the third the first comes again.
      List<DetectorFrame> again = verbs(replay, frame.amplitudes(), 7);
      for (int i = 0; i < 7; i++) {
        DetectorFrame expected = reads.get(i % 3);
        assertArrayEquals(bits(expected.counts(), 70), bits(again.get(i).counts(), 70));
        assertEquals(expected.timestampNanos(), again.get(i).timestampNanos());
        assertEquals(expected.saturated(), again.get(i).saturated());
        assertEquals("c1", again.get(i).calibrationId());
      }
    }
  }

  private static List<DetectorFrame> verbs(
      OpticalFourierDevice device, FloatBuffer amplitudes, int reads) {
    FrameShape shape = new FrameShape(5, 7);
    device.load(new SlmFrame(shape, amplitudes, 0, 42, 1));
    device.transform();
    List<DetectorFrame> all = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      DetectorFrame into = DetectorFrame.allocate(shape, 2);
      device.read(Readout.plain(0.25), into);
      all.add(into);
    }
    return all;
  }

  @Test
  void concurrentJobsAreServedRightly() {
    List<FrameSequence> jobs =
        IntStream.range(0, 40)
            .mapToObj(j -> StubBench.sequence(new Random(j), new FrameShape(32, 32), 4, 2))
            .toList();
    try (RecordingDevice device = Recordings.record(new StubBench(9, 64), file(), false)) {
      jobs.parallelStream().forEach(job -> device.submit(job, JobOptions.defaults()).await());
    }
    try (ReplayDevice replay = Recordings.replay(file(), false)) {
      jobs.parallelStream()
          .forEach(
              job -> {
                FrameSequence again = StubBench.copy(job);
                replay.submit(again, JobOptions.defaults()).await();
                assertSame(job, again);
              });
    }
  }

  @Test
  void addressesOpenBoth() {
    String name = file().toString().replace(" ", "%20");
    assertFails(ErrorCode.MALFORMED_URI, () -> Devices.open("record:" + name), "wraps another");
    assertFails(ErrorCode.MALFORMED_URI, () -> Devices.open("replay:"), "needs a file");
    assertFails(
        ErrorCode.INVALID_RECORDING, () -> Devices.open("replay:" + name), "there is no such file");
    Recordings.record(new StubBench(1, 8), file(), false).close();
    try (OpticalFourierDevice replay = Devices.open("replay:" + name + "?order=strict")) {
      DeviceDescription stub = new StubBench(1, 8).description();
      assertEquals(stub.id(), replay.description().id());
      assertEquals(stub.capabilities(), replay.description().capabilities());
      assertEquals(
          file().toString(),
          replay.description().parameters().get(stub.parameters().size()).value());
    }
    try (OpticalFourierDevice replay = Devices.open("replay:" + name)) {
      replay.close();
      assertFails(ErrorCode.CLOSED, replay::description);
    }
  }

  @Test
  void theFileExplainsItself() throws Exception {
    Recordings.record(new StubBench(1, 8), file(), false).close();
    String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
    assertTrue(text.startsWith("OFP-RECORDING 1 header="), text);
    for (String part :
        List.of("little-endian", "\"FRAM\"", "device.id = stub-1", "parameter.0.value = 6.33e-7")) {
      assertTrue(text.contains(part), part);
    }
  }

  @Test
  void extensionsThatGoPastSubmitAreHidden() {
    try (RecordingDevice device = Recordings.record(new StubBench(1, 8), file(), false)) {
      assertTrue(device.extension(StageTimes.class).isPresent());
      assertTrue(device.extension(Runnable.class).isEmpty());
    }
  }
}
