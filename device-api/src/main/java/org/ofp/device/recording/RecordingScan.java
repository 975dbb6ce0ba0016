// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.ofp.device.DeviceException;

/** Goes through the records of a file once, with bounded memory, and checks them. */
final class RecordingScan {
  /** Read at a time; the part of a frame's payload in front of its pixels fits in. */
  private static final int CHUNK = 1 << 18;

  private static final int MAX_NOTE = 4096;

  private final RecordingFile file;
  private final byte[] chunk = new byte[CHUNK];
  private final List<Entry> frames = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<Long, Long> missing = new HashMap<>();
  private boolean closed;

  RecordingScan(RecordingFile file) {
    this.file = file;
  }

  /**
   * A frame and where it lies.
   *
   * @param frame without its pixels
   * @param amplitudesAt place of its amplitudes in the file
   * @param countsAt place of its counts
   * @param code of the counts
   * @param amplitudesCrc CRC32C of the amplitudes' bytes
   */
  record Entry(
      RecordedFrame frame, long amplitudesAt, long countsAt, CountCode code, int amplitudesCrc) {}

  /**
   * What is in a file.
   *
   * @param frames by job and index
   * @param failures of jobs
   * @param losses what is missing
   */
  record Contents(List<Entry> frames, List<String> failures, Recording.Losses losses) {}

  Contents run() {
    long at = RecordingHeader.length(file.read(0, RecordingHeader.FIRST_LINE).array());
    while (at < file.length()) {
      long next = record(at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    if (closed && at < file.length()) {
      throw file.invalid((file.length() - at) + " bytes follow its end at byte " + at, null);
    }
    frames.sort(
        Comparator.<Entry>comparingLong(entry -> entry.frame().job())
            .thenComparingInt(entry -> entry.frame().index()));
    long lost = missing.values().stream().mapToLong(n -> Math.max(0, n)).sum();
    return new Contents(
        List.copyOf(frames),
        List.copyOf(failures),
        new Recording.Losses(closed, lost, closed ? 0 : Math.max(0, file.length() - at)));
  }

  /** Reads one record; returns where the next begins, or −1 if the file was cut off in this one. */
  private long record(long at) {
    long left = file.length() - at;
    if (left < RecordFormat.HEAD) {
      return -1;
    }
    ByteBuffer head = file.read(at, RecordFormat.HEAD);
    if (!RecordFormat.isSound(head, 0)) {
      if (isBlank(at)) {
        return -1;
      }
      throw file.invalid("the record at byte " + at + " is damaged: its checksum differs", null);
    }
    if (closed && head.getInt(0) != RecordFormat.PADDING) {
      return -1;
    }
    long payload = head.getLong(8);
    if (payload > left - RecordFormat.HEAD) {
      return -1;
    }
    long end = at + RecordFormat.size(payload);
    try {
      if (!payload(head.getInt(0), at + RecordFormat.HEAD, payload, head.getInt(4))) {
        if (end >= file.length()) {
          return -1;
        }
        throw new IllegalArgumentException("its checksum differs");
      }
    } catch (IllegalArgumentException | DeviceException e) {
      throw file.invalid("the record at byte " + at + " is damaged: " + e.getMessage(), e);
    }
    return end;
  }

  /** Space that the file system gave the file and nobody wrote: the computer went down. */
  private boolean isBlank(long from) {
    for (long at = from; at < file.length(); at += CHUNK) {
      int n = (int) Math.min(CHUNK, file.length() - at);
      file.read(at, chunk, n);
      for (int i = 0; i < n; i++) {
        if (chunk[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Takes in a payload; false if it is not what was written. */
  private boolean payload(int kind, long at, long bytes, int crc) {
    CRC32C all = new CRC32C();
    CRC32C amplitudes = new CRC32C();
    int first = (int) Math.min(CHUNK, bytes);
    ByteBuffer front = file.read(at, chunk, first);
    FramePayload.Head head = null;
    byte[] kept = new byte[Math.min(first, MAX_NOTE)];
    front.get(0, kept);
    if (kind == RecordFormat.FRAME) {
      head = FramePayload.read(front);
      if (head.bytes() != bytes) {
        throw new IllegalArgumentException(
            "it has " + bytes + " bytes, its frame takes " + head.bytes());
      }
    }
    for (long from = 0; from < bytes; from += CHUNK) {
      int n = (int) Math.min(CHUNK, bytes - from);
      file.read(at + from, chunk, n);
      all.update(chunk, 0, n);
      if (head != null) {
        int begin = (int) Math.min(n, Math.max(0, head.amplitudesAt() - from));
        int end = (int) Math.min(n, Math.max(0, head.countsAt() - from));
        amplitudes.update(chunk, begin, end - begin);
      }
    }
    if ((int) all.getValue() != crc) {
      return false;
    }
    if (head != null) {
      frames.add(
          new Entry(
              head.frame(),
              at + head.amplitudesAt(),
              at + head.countsAt(),
              head.code(),
              (int) amplitudes.getValue()));
      missing.computeIfPresent(head.frame().job(), (job, n) -> n - 1);
    } else {
      note(kind, ByteBuffer.wrap(kept).order(front.order()));
    }
    return true;
  }

  private void note(int kind, ByteBuffer payload) {
    if (kind == RecordFormat.JOB) {
      require(payload.limit() == 2 * Long.BYTES, payload);
      missing.merge(payload.getLong(0), payload.getLong(Long.BYTES), Long::sum);
    } else if (kind == RecordFormat.FAILURE) {
      require(payload.limit() >= Long.BYTES, payload);
      missing.remove(payload.getLong(0));
      failures.add(
          "job "
              + payload.getLong(0)
              + ": "
              + StandardCharsets.UTF_8.decode(payload.slice(8, payload.limit() - 8)));
    } else if (kind == RecordFormat.END) {
      require(payload.limit() == Long.BYTES && payload.getLong(0) == frames.size(), payload);
      closed = true;
    }
  }

  private static void require(boolean sense, ByteBuffer payload) {
    if (!sense) {
      throw new IllegalArgumentException("its " + payload.limit() + " bytes make no sense");
    }
  }
}
