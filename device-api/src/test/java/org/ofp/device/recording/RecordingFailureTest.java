// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.recording.Recordings.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;

/** What becomes of a recording when the disk or the device fails. */
class RecordingFailureTest {
  @TempDir Path folder;

  private FrameSequence job() {
    return StubBench.sequence(new Random(6), new FrameShape(64, 64), 8, 2);
  }

  @Test
  void anExistingFileIsKept() throws IOException {
    Path file = Files.write(folder.resolve("old.ofpr"), new byte[] {1, 2, 3});
    StubBench bench = new StubBench(1, 8);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> Recordings.record(bench, file, false),
        "old.ofpr exists already and is kept");
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> Recordings.record(bench, folder.resolve("none/x.ofpr"), false),
        "there is no such folder");
    assertFalse(bench.closed, "whoever opened it closes it");
  }

  /** 64 MB may wait for the disk: many more must not block for ever once the disk is dead. */
  @Test
  @Timeout(120)
  void aFullDiskIsReportedOnceAndWorkGoesOn() {
    Path file = folder.resolve("full.ofpr");
    MemorySink sink = new MemorySink(file);
    sink.room = 1 << 20;
    StubBench bench = new StubBench(1, 64);
    RecordingDevice device = RecordingDevice.open(bench, file, Provenance.now("", ""), false, sink);
    int told = 0;
    for (int k = 0; k < 400; k++) {
      FrameSequence job = job();
      try {
        device.submit(job, JobOptions.defaults()).await();
      } catch (DeviceException e) {
        told++;
        assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
        assertTrue(e.getMessage().contains("broke off: No space left on device"), e.getMessage());
        device.submit(job, JobOptions.defaults()).await();
      }
      assertTrue(job.exposure(7, 1) > 0, "measured");
    }
    assertEquals(1, told);
    device.close();
    assertTrue(bench.closed);
    try (Recording recording = Recording.open(file)) {
      assertFalse(recording.losses().closed());
      assertTrue(recording.losses().bytes() > 0);
      assertTrue(recording.frames().size() > 2);
    }
  }

  @Test
  void aFailureAtTheEndIsReportedByClose() {
    MemorySink sink = new MemorySink(folder.resolve("end.ofpr"));
    StubBench bench = new StubBench(1, 64);
    RecordingDevice device =
        RecordingDevice.open(bench, folder.resolve("end.ofpr"), Provenance.now("", ""), true, sink);
    device.submit(job(), JobOptions.defaults()).await();
    sink.room = 0;
    assertFails(ErrorCode.DEVICE_FAILURE, device::close, "end.ofpr broke off");
    assertTrue(bench.closed);
    device.close();
  }

  @Test
  void failedJobsAreNoted() {
    Path file = folder.resolve("failed.ofpr");
    try (RecordingDevice device = Recordings.record(new StubBench(1, 64), file, false)) {
      FrameSequence bad = job();
      bad.amplitudes().put(20, Float.NaN);
      assertFails(
          ErrorCode.INADMISSIBLE_FRAME, () -> device.submit(bad, JobOptions.defaults()).await());
      device.submit(job(), JobOptions.defaults()).await();
    }
    try (Recording recording = Recording.open(file)) {
      assertEquals(8, recording.frames().size());
      assertFalse(recording.losses().any(), recording.losses().toString());
      assertEquals(1, recording.failures().size());
      assertTrue(
          recording.failures().get(0).startsWith("job 0: INADMISSIBLE_FRAME: frame "),
          recording.failures().toString());
    }
  }

  @Test
  void folderAndForeignFilesAreNoRecordings() throws IOException {
    assertFails(ErrorCode.INVALID_RECORDING, () -> Recording.open(folder), "it is a folder");
    Path text = Files.writeString(folder.resolve("a.txt"), "x".repeat(5000));
    assertFails(ErrorCode.INVALID_RECORDING, () -> Recording.open(text), "does not begin like");
    Files.writeString(text, "");
    assertFails(ErrorCode.INVALID_RECORDING, () -> Recording.open(text), "does not begin like");
  }
}
