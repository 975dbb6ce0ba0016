// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;

/** Whatever happens to a file, it is read or refused as a recording that cannot be used. */
class RecordingMutationTest {
  private static final int TRIES = "full".equals(System.getProperty("ofp.tests")) ? 10_000 : 500;

  @TempDir Path folder;
  private byte[] whole;
  private int header;
  private FrameSequence job;

  @BeforeEach
  void record() throws IOException {
    Path file = folder.resolve("whole.ofpr");
    job = StubBench.sequence(new Random(5), new FrameShape(6, 9), 5, 2);
    // Without padding to blocks of the disk, most mutations hit something.
    try (RecordingDevice device =
        RecordingDevice.open(
            new StubBench(5, 16), file, Provenance.now("", ""), true, new MemorySink(file))) {
      device.submit(job, JobOptions.defaults()).await();
      device.submit(job.size(3), JobOptions.defaults()).await();
    }
    whole = Files.readAllBytes(file);
    header = RecordingHeader.length(whole);
  }

  @Test
  void mutationsAreReadOrRefused() throws IOException {
    Path file = folder.resolve("mutated.ofpr");
    int refused = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      byte[] mutated = mutate(new Random(seed));
      Files.write(file, mutated);
      try (Recording recording = Recording.open(file)) {
        recording.losses();
        for (int i = 0; i < recording.frames().size(); i++) {
          recording.amplitudes(i);
          recording.counts(i);
        }
        Recordings.replay(file, true).close();
      } catch (DeviceException e) {
        refused++;
        assertEquals(ErrorCode.INVALID_RECORDING, e.code(), "seed " + seed);
        assertTrue(e.getMessage().startsWith("recording " + file + " cannot be used: "));
      } catch (RuntimeException | Error e) {
        fail("seed " + seed, e);
      }
    }
    assertTrue(refused > TRIES / 4 && refused < TRIES, refused + " of " + TRIES + " refused");
  }

  private byte[] mutate(Random random) {
    byte[] bytes = whole.clone();
    int edits = 1 + random.nextInt(3);
    for (int e = 0; e < edits; e++) {
      int at = random.nextInt(4) == 0 ? random.nextInt(header) : place(bytes, random);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(header, at));
        case 3 -> {
          ByteBuffer number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          int[] odd = {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 4097};
          number.putInt(Math.min(at & ~3, bytes.length - 4), odd[random.nextInt(odd.length)]);
        }
        default -> {
          int n = Math.min(random.nextInt(200), bytes.length - at);
          System.arraycopy(whole, random.nextInt(whole.length - n), bytes, at, n);
        }
      }
      if (bytes.length <= header) {
        return bytes;
      }
    }
    if (random.nextBoolean()) { // gets past the checksums
      repair(bytes);
    }
    return bytes;
  }

  /** Mostly the front of a record: its pixels are many and mean nothing. */
  private int place(byte[] bytes, Random random) {
    int at = header;
    for (int k = random.nextInt(9); k > 0 && at + RecordFormat.HEAD <= bytes.length; k--) {
      long size = RecordFormat.size(little(bytes).getLong(at + 8));
      if (size < 0 || at + size + RecordFormat.HEAD > bytes.length) {
        break;
      }
      at += (int) size;
    }
    return Math.min(at + random.nextInt(160), bytes.length - 1);
  }

  private void repair(byte[] bytes) {
    ByteBuffer file = little(bytes);
    for (int at = header; at + RecordFormat.HEAD <= bytes.length; ) {
      long payload = file.getLong(at + 8);
      if (payload < 0 || payload > bytes.length - at - RecordFormat.HEAD) {
        file.putInt(at + 16, crc(bytes, at, 16));
        return;
      }
      file.putInt(at + 4, crc(bytes, at + RecordFormat.HEAD, (int) payload));
      file.putInt(at + 16, crc(bytes, at, 16));
      at += (int) RecordFormat.size(payload);
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int crc(byte[] bytes, int at, int n) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, n);
    return (int) crc.getValue();
  }

  /** Cut anywhere, every frame in front of the cut is there, and the loss is told. */
  @Test
  void cutAnywhereTheRestIsRead() throws IOException {
    Path file = folder.resolve("cut.ofpr");
    int before = 0;
    for (int length = header; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Recording recording = Recording.open(file)) {
        int frames = recording.frames().size();
        assertTrue(frames >= before, "a frame less at " + length);
        before = frames;
        assertFalse(recording.losses().closed());
        assertTrue(recording.losses().any());
        for (int i = 0; i < Math.min(frames, 5); i++) {
          assertEquals(job.id(i), recording.frames().get(i).id());
        }
        // Once the first job's announcement is there, each of its frames is there or missed.
        if (frames > 0 && frames < 5) {
          assertEquals(5 - frames, recording.losses().frames());
        }
      }
    }
    assertEquals(8, before);
  }
}
