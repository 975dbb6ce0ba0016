// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.training.EpochRecord;

class TrainingLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_795_000_000L, 250_000_000));

  @TempDir Path folder;

  /** The vectors of RFC 3720, appendix B.4: the reader's checksum is right. */
  @Test
  void theReadersChecksumIsThatOfTheStandard() {
    assertEquals(0x8A9136AAL, EventReader.crc32c(new byte[32]));
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) -1);
    assertEquals(0x62A8AB43L, EventReader.crc32c(ones));
    byte[] rising = new byte[32];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = (byte) i;
    }
    assertEquals(0x46DD794EL, EventReader.crc32c(rising));
  }

  @Test
  void everyEpochAndEveryTenthStepIsWritten() throws IOException {
    try (TrainingLog log = TrainingLog.open(folder, List.of(), CLOCK)) {
      log.started(1, 0, 12);
      for (int step = 0; step < 24; step++) {
        log.stepped(1 + step / 12, step % 12, step + 1, step);
        if (step % 12 == 11) {
          log.finished(epoch(1 + step / 12), step + 1, true);
        }
      }
    }
    List<EventReader.Event> events = EventReader.read(eventFiles().get(0));
    assertEquals("brain.Event:2", events.get(0).fileVersion());
    events.forEach(event -> assertEquals(1_795_000_000.25, event.wallTime()));
    assertEquals(
        List.of(0L, 1L, 10L, 12L, 20L, 24L), events.stream().map(EventReader.Event::step).toList());
    assertEquals(Map.of("loss/step", 4.5f), events.get(2).scalars());
    assertEquals(Map.of("loss/step", 14.5f), events.get(4).scalars());
    assertEquals(
        Map.of(
            "loss/train", 0.5f,
            "loss/validation", 0.25f,
            "metrics/pixelAccuracy", 81f,
            "metrics/classAccuracy", 41f,
            "metrics/mIoU", 21f,
            "metrics/datasetMIoU", 31f,
            "samplesPerSecond", 3.5f),
        events.get(3).scalars());
    assertEquals(22f, events.get(5).scalars().get("metrics/mIoU"));
  }

  /** TensorBoard then forgets what was done after the checkpoint that training goes on from. */
  @Test
  void resumedTrainingAddsAFileThatVoidsLaterSteps() throws IOException {
    try (TrainingLog log = TrainingLog.open(folder, List.of(), CLOCK)) {
      log.started(1, 0, 7);
    }
    try (TrainingLog log = TrainingLog.open(folder, List.of(epoch(1), epoch(2)), CLOCK)) {
      log.started(3, 4, 7);
      log.finished(epoch(3), 21, false);
    }
    List<Path> files = eventFiles();
    assertEquals(2, files.size());
    EventReader.Event restart = EventReader.read(files.get(1)).get(1);
    assertEquals(1, restart.session()); // SessionLog.START
    assertEquals(2 * 7 + 4 + 1, restart.step());
    assertEquals(1 + 3, csv().lines().count());
  }

  /** A first session that was killed before its first checkpoint but the initial one. */
  @Test
  void trainingResumedFromItsBeginningVoidsAllSteps() throws IOException {
    for (int session = 0; session < 2; session++) {
      try (TrainingLog log = TrainingLog.open(folder, List.of(), CLOCK)) {
        log.started(1, 0, 20);
        for (int step = 0; step < 10; step++) {
          log.stepped(1, step, step + 1, 1);
        }
      }
    }
    EventReader.Event restart = EventReader.read(eventFiles().get(1)).get(1);
    assertEquals(1, restart.session()); // SessionLog.START
    assertEquals(1, restart.step());
  }

  /** The checkpoint is written before the listener hears of the epoch: a kill may come between. */
  @Test
  void theRowThatAKilledProcessDidNotWriteIsMadeUpFor() throws IOException {
    MetricsCsv.write(folder.resolve(TrainingLog.CSV), List.of(epoch(1)));
    TrainingLog.open(folder, List.of(epoch(1), epoch(2)), CLOCK).close();
    String whole = csv();
    MetricsCsv.write(folder.resolve(TrainingLog.CSV), List.of(epoch(1), epoch(2)));
    assertEquals(csv(), whole);
    assertEquals(1 + 2, whole.lines().count());
  }

  @Test
  void trainingThatDoesNotStartLeavesNoEventFile() throws IOException {
    TrainingLog.open(folder, List.of(), CLOCK).close();
    TrainingLog.open(folder, List.of(epoch(1)), CLOCK).close();
    assertEquals(List.of(), eventFiles());
  }

  /** Steps beyond 32 bits, numbers that are none, and a tag of more than 127 bytes. */
  @Test
  void extremeValuesSurvive() throws IOException {
    String tag = "ü".repeat(100);
    try (EventFile file = EventFile.create(folder, CLOCK)) {
      file.scalars(1L << 40, Map.of(tag, Double.NaN));
      file.scalars(Long.MAX_VALUE, Map.of("x", -1e-3));
    }
    List<EventReader.Event> events = EventReader.read(eventFiles().get(0));
    assertEquals(1L << 40, events.get(1).step());
    assertEquals(Map.of(tag, Float.NaN), events.get(1).scalars());
    assertEquals(Long.MAX_VALUE, events.get(2).step());
    assertEquals(Map.of("x", -1e-3f), events.get(2).scalars());
  }

  @Test
  void theFileIsNamedAsTensorBoardExpects() throws IOException {
    EventFile.create(folder, CLOCK).close();
    String name = eventFiles().get(0).getFileName().toString();
    assertTrue(name.matches("events\\.out\\.tfevents\\.1795000000\\.[A-Za-z0-9._-]+"), name);
  }

  @Test
  void theTableHasOneRowPerEpoch() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv.write(file, List.of(epoch(1), epoch(10)));
    assertEquals(
        "epoch,training_loss,validation_loss,pixel_accuracy,class_accuracy,miou,dataset_miou,"
            + "seconds,samples_per_second,wait_seconds\r\n"
            + "1,0.5,0.25,81.0,41.0,21.0,31.0,12.5,3.5,0.125\r\n"
            + "10,0.5,0.25,90.0,50.0,30.0,40.0,12.5,3.5,0.125\r\n",
        csv());
  }

  @Test
  void aLogThatCannotBeWrittenStopsTraining() throws IOException {
    try (TrainingLog log = TrainingLog.open(folder, List.of(), CLOCK)) {
      log.started(1, 0, 1);
      Path csv = Files.createDirectory(folder.resolve(TrainingLog.CSV)); // in the table's way
      UnusableFileException e =
          assertThrows(UnusableFileException.class, () -> log.finished(epoch(1), 1, true));
      assertTrue(
          e.getMessage().startsWith(folder + ": the log of the training cannot be written"),
          e.getMessage());
      assertTrue(Files.isDirectory(csv));
    }
    Path none = folder.resolve("none");
    assertThrows(NoSuchFileException.class, () -> TrainingLog.open(none, List.of(epoch(1))));
    try (TrainingLog log = TrainingLog.open(none, List.of())) {
      assertThrows(UnusableFileException.class, () -> log.started(1, 0, 1));
    }
  }

  private static EpochRecord epoch(int number) {
    return new EpochRecord(
        number, 0.5, 0.25, 80 + number, 40 + number, 20 + number, 30 + number, 12.5, 3.5, 0.125);
  }

  private List<Path> eventFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains("tfevents")).sorted().toList();
    }
  }

  private String csv() throws IOException {
    return Files.readString(folder.resolve(TrainingLog.CSV), StandardCharsets.UTF_8);
  }
}
