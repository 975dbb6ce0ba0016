// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * A file that is read at any place. Not a channel: an interrupted thread closes a channel that it
 * reads, for all others too. Safe for use by several threads.
 */
final class RecordingFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private final long length;
  private boolean closed;

  private RecordingFile(Path path, RandomAccessFile file, long length) {
    this.path = path;
    this.file = file;
    this.length = length;
  }

  static RecordingFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw invalid(path, "it is a folder", null);
    }
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
      return new RecordingFile(path, file, file.length());
    } catch (FileNotFoundException e) {
      throw invalid(
          path, Files.exists(path) ? "reading it is not permitted" : "there is no such file", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw invalid(path, e.toString(), e);
    }
  }

  Path path() {
    return path;
  }

  /** Bytes when it was opened. */
  long length() {
    return length;
  }

  /** A little-endian buffer over an array of its own with {@code n} bytes from {@code at} on. */
  ByteBuffer read(long at, int n) {
    return read(at, new byte[n], n);
  }

  /** The same, over the array given. */
  synchronized ByteBuffer read(long at, byte[] into, int n) {
    if (closed) {
      throw new DeviceException(ErrorCode.CLOSED, "recording " + path + " was closed");
    }
    try {
      file.seek(at);
      file.readFully(into, 0, n);
      return ByteBuffer.wrap(into, 0, n).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw invalid("bytes " + at + " to " + (at + n - 1) + " cannot be read: " + e, e);
    }
  }

  DeviceException invalid(String why, Throwable cause) {
    return invalid(path, why, cause);
  }

  private static DeviceException invalid(Path path, String why, Throwable cause) {
    return new DeviceException(
        ErrorCode.INVALID_RECORDING, "recording " + path + " cannot be used: " + why, cause);
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw invalid("closing it failed: " + e.getMessage(), e);
    }
  }
}
