// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.ofp.models.io.UnusableFileException;

/**
 * Samples in a temporary file, which is deleted when the store is closed or the program ends; on
 * Linux and macOS it has no name from the start, so that not even a killed program leaves it.
 *
 * <p>Threads that read must not be interrupted meanwhile: that would close the file for all.
 */
final class ScratchStore implements SampleStore {
  private static final int BLOCK_PIXELS = 1 << 14;

  private final Path folder;
  private final FileChannel channel;
  private final int pixelsPerSample;

  /**
   * A store in a new file.
   *
   * @param folder null: the system's for temporary files
   * @param pixels of each sample
   */
  static ScratchStore create(Path folder, int count, int pixels) {
    Path place = Optional.ofNullable(folder).orElse(Path.of(System.getProperty("java.io.tmpdir")));
    long bytes = (long) count * pixels * Integer.BYTES;
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      if (free < bytes) {
        throw new UnusableFileException(
            place
                + ": "
                + megabytes(bytes)
                + " are needed for decoded pictures, "
                + megabytes(free)
                + " are free; free space there or name another scratch folder");
      }
      Path file = Files.createTempFile(place, "ofp-samples-", ".tmp");
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return new ScratchStore(place, channel, pixels);
    } catch (IOException e) {
      throw unusable(place, e);
    }
  }

  /** A store in an open file; the folder is for messages. */
  ScratchStore(Path folder, FileChannel channel, int pixels) {
    this.folder = folder;
    this.channel = channel;
    pixelsPerSample = pixels;
  }

  @Override
  public void write(int index, int[] pixels) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_PIXELS * Integer.BYTES);
    try {
      for (int at = 0; at < pixelsPerSample; at += BLOCK_PIXELS) {
        int count = Math.min(BLOCK_PIXELS, pixelsPerSample - at);
        block.clear().limit(count * Integer.BYTES);
        block.asIntBuffer().put(pixels, at, count);
        long position = position(index, at);
        while (block.hasRemaining()) {
          position += channel.write(block, position);
        }
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  @Override
  public void read(int index, int[] pixels) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_PIXELS * Integer.BYTES);
    try {
      for (int at = 0; at < pixelsPerSample; at += BLOCK_PIXELS) {
        int count = Math.min(BLOCK_PIXELS, pixelsPerSample - at);
        block.clear().limit(count * Integer.BYTES);
        long position = position(index, at);
        while (block.hasRemaining()) {
          int read = channel.read(block, position);
          if (read < 0) {
            throw new IOException("the scratch file has been cut short");
          }
          position += read;
        }
        block.flip().asIntBuffer().get(pixels, at, count);
      }
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the data set is closed", e);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private long position(int index, int pixel) {
    return ((long) index * pixelsPerSample + pixel) * Integer.BYTES;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000 + " MB";
  }

  private static UnusableFileException unusable(Path folder, IOException e) {
    return new UnusableFileException(
        folder
            + ": cannot hold decoded pictures ("
            + e.toString().replaceFirst("^java\\.[a-z.]*", "")
            + "); free space there or name another scratch folder",
        e);
  }
}
