// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.CountingBench;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.JobOptions;
import org.ofp.device.RetryPolicy;

/** A flight recording shows where a job's time goes. */
class FlightRecordingTest {
  private static final long READ_MILLIS = 5;

  @TempDir Path folder;

  @Test
  void everyVerbAndEveryJobIsAnEventWithItsDuration() throws IOException {
    CountingBench bench = new CountingBench();
    boolean[] failed = {false};
    bench.onRead =
        id -> {
          Thread.sleep(READ_MILLIS);
          if (id == 12 && !failed[0]) {
            failed[0] = true;
            throw new DeviceException(ErrorCode.TRANSIENT_FAILURE, "lost");
          }
        };
    Path file = folder.resolve("flight.jfr");
    try (Recording recording = new Recording();
        JobQueue queue = new JobQueue(bench)) {
      List.of("ofp.Load", "ofp.Transform", "ofp.Read", "ofp.Job")
          .forEach(name -> recording.enable(name).withoutThreshold());
      recording.start();
      queue
          .submit(
              CountingBench.sequence(3),
              JobOptions.defaults().retry(new RetryPolicy(2, Duration.ZERO)))
          .await();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertEquals(List.of(10L, 11L, 12L, 10L, 11L, 12L), frames(events, "ofp.Load"));
    assertEquals(frames(events, "ofp.Load"), frames(events, "ofp.Transform"));
    // The read that failed gave no event of its own; the job's attempts tell of it.
    assertEquals(List.of(10L, 11L, 10L, 11L, 12L), frames(events, "ofp.Read"));
    for (RecordedEvent read : named(events, "ofp.Read")) {
      assertTrue(read.getDuration().toMillis() >= READ_MILLIS, read.toString());
      assertEquals("counting:1", read.getString("device"));
      assertEquals(1e-3, read.getDouble("exposure"));
    }
    RecordedEvent job = named(events, "ofp.Job").get(0);
    assertEquals(1, named(events, "ofp.Job").size());
    assertEquals(3, job.getInt("frames"));
    assertEquals(2, job.getInt("attempts"));
    assertEquals("DONE", job.getString("outcome"));
    assertTrue(job.getDuration("running").toMillis() >= 6 * READ_MILLIS, job.toString());
    assertTrue(job.getDuration().toMillis() >= 6 * READ_MILLIS, job.toString());
    assertTrue(job.getDuration("queued").compareTo(job.getDuration("running")) < 0);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .toList();
  }

  private static List<Long> frames(List<RecordedEvent> events, String name) {
    return named(events, name).stream().map(event -> event.getLong("frame")).toList();
  }
}
