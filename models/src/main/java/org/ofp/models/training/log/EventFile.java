// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.log;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes scalars over training steps to a file that TensorBoard shows.
 *
 * <p>The file is a TFRecord file: per record eight bytes of length, their checksum, the data, their
 * checksum, little-endian. The data of each is a message {@code Event} of TensorFlow's event.proto.
 * Each record is handed to the system whole and at once; what a killed process leaves at the end,
 * TensorBoard skips. Training that is resumed adds a file, and TensorBoard joins those of a folder.
 *
 * <p>Not thread-safe.
 */
final class EventFile implements Closeable {
  /** Of {@code Event}. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  /** Of {@code Summary}. */
  private static final int VALUE = 1;

  /** Of {@code Summary.Value}. */
  private static final int TAG = 1;

  private static final int SIMPLE_VALUE = 2;

  /** Of {@code SessionLog}, and its value "start". */
  private static final int STATUS = 1;

  private static final int START = 1;

  private static final double NANOS_PER_SECOND = 1e9;

  private final FileChannel channel;
  private final InstantSource clock;

  private EventFile(FileChannel channel, InstantSource clock) throws IOException {
    this.channel = channel;
    this.clock = clock;
    write(event().text(FILE_VERSION, "brain.Event:2"));
  }

  /**
   * Begins a new file, {@code events.out.tfevents.<seconds>.<host>}, in a folder that exists.
   * TensorBoard reads those of a folder in the order of their names.
   *
   * @throws IOException if it cannot be written
   */
  static EventFile create(Path folder, InstantSource clock) throws IOException {
    String name =
        String.format("events.out.tfevents.%010d.%s", clock.instant().getEpochSecond(), host());
    FileChannel channel = channel(folder, name);
    try {
      return new EventFile(channel, clock);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel channel(Path folder, String name) throws IOException {
    for (int number = 0; ; number++) {
      Path file = folder.resolve(number == 0 ? name : name + "." + number);
      try {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException e) {
        // training was resumed within a second: the next number
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Says that steps from {@code step} on, should there be any in earlier files, are void. */
  void restartedAt(long step) throws IOException {
    ProtobufMessage log = new ProtobufMessage().integer(STATUS, START);
    write(event().integer(STEP, step).message(SESSION_LOG, log));
  }

  /**
   * Writes scalars.
   *
   * @param step steps since the beginning of training
   * @param values by tag; stored in single precision
   */
  void scalars(long step, Map<String, Double> values) throws IOException {
    ProtobufMessage summary = new ProtobufMessage();
    values.forEach(
        (tag, value) ->
            summary.message(
                VALUE,
                new ProtobufMessage().text(TAG, tag).real32(SIMPLE_VALUE, value.floatValue())));
    write(event().integer(STEP, step).message(SUMMARY, summary));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private ProtobufMessage event() {
    Instant now = clock.instant();
    return new ProtobufMessage()
        .real64(WALL_TIME, now.getEpochSecond() + now.getNano() / NANOS_PER_SECOND);
  }

  private void write(ProtobufMessage event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length = ProtobufMessage.littleEndian(Long.BYTES).putLong(data.length).array();
    ByteBuffer record =
        ProtobufMessage.littleEndian(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .put(length)
            .putInt(maskedChecksum(length))
            .put(data)
            .putInt(maskedChecksum(data))
            .flip();
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  /** CRC-32C, turned by 15 bits and moved: a checksum of data with checksums would be weak. */
  static int maskedChecksum(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return Integer.rotateRight((int) checksum.getValue(), 15) + 0xA282EAD8;
  }
}
