// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.recording.Recordings.bits;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** Recordings that outlive the process that made them. */
class RecordingProcessTest {
  @TempDir Path folder;

  /** A process that sees this module alone: no simulator, no library. */
  private static Process run(String... args) throws IOException, URISyntaxException {
    String classes =
        place(OpticalFourierDevice.class) + File.pathSeparator + place(RecorderMain.class);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder process =
        new ProcessBuilder(
            java, "-XX:TieredStopAtLevel=1", "-cp", classes, RecorderMain.class.getName());
    process.command().addAll(List.of(args));
    return process.redirectErrorStream(true).start();
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  @Timeout(120)
  void killedRecordingsHoldAllCompleteFrames() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int k = 0; k < 3; k++) {
      Path file = folder.resolve("killed" + k + ".ofpr");
      Process process = run("record", file.toString());
      int jobs = 0;
      int wanted = 1 + random.nextInt(30);
      try (BufferedReader out = process.inputReader()) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          jobs = Integer.parseInt(line);
          if (jobs == wanted) {
            TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
            process.toHandle().destroyForcibly();
          }
        }
      }
      assertEquals(137, process.waitFor(), "killed by signal 9");
      try (Recording recording = Recording.open(file)) {
        int frames = recording.frames().size();
        String told = "seed " + seed + ": " + frames + " frames, " + recording.losses();
        assertFalse(recording.losses().closed(), told);
        // What the disk was behind is lost; jobs that were announced are all there or missed.
        assertTrue(frames > 0 || wanted < 3, told);
        assertEquals(0, (frames + recording.losses().frames()) % 6, told);
        assertFramesAreWhatWasAsked(recording);
      }
    }
  }

  private static void assertFramesAreWhatWasAsked(Recording recording) {
    Map<Long, FrameSequence> jobs = new TreeMap<>();
    for (int i = 0; i < recording.frames().size(); i++) {
      RecordedFrame frame = recording.frames().get(i);
      FrameSequence job =
          jobs.computeIfAbsent(frame.job(), number -> RecorderMain.job(number.intValue()));
      assertEquals(job.id(frame.index()), frame.id());
      int from = job.amplitudeOffset(frame.index());
      int to = job.amplitudeOffset(frame.index() + 1);
      assertArrayEquals(
          bits(Arrays.copyOfRange(job.amplitudes().array(), from, to)),
          bits(recording.amplitudes(i)));
    }
    // The stub's counts follow from its seed and the order of the reads.
    StubBench stub = new StubBench(0, 64);
    for (long j = 0; jobs.containsKey(j); j++) {
      FrameSequence job = jobs.get(j);
      stub.submit(job, JobOptions.defaults()).await();
      for (int i = 0; i < recording.frames().size(); i++) {
        RecordedFrame frame = recording.frames().get(i);
        if (frame.job() == j) {
          int from = job.countOffset(frame.index(), 0);
          int to = job.countOffset(frame.index() + 1, 0);
          assertArrayEquals(
              bits(Arrays.copyOfRange(job.counts().array(), from, to)), bits(recording.counts(i)));
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void aReplayNeedsThisModuleAlone() throws Exception {
    Path file = folder.resolve("run.ofpr");
    try (OpticalFourierDevice device = Recordings.record(new StubBench(0, 64), file, true)) {
      for (int j = 0; j < 3; j++) {
        device.submit(RecorderMain.job(j), JobOptions.defaults()).await();
      }
    }
    Process process = run("replay", "replay:" + file);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals("served", out.strip());
  }
}
