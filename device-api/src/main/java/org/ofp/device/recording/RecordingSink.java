// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Where the bytes of a recording go, block after block. Used by one thread at a time. */
interface RecordingSink extends Closeable {
  /** Bytes that sizes and addresses of blocks must be multiples of. */
  int alignment();

  /** Appends all that remains in the block. */
  void write(ByteBuffer block) throws IOException;

  /** Waits until everything is on the disk. */
  void force() throws IOException;

  /**
   * A new file. It is written past the system's cache where that is possible: filling the cache
   * takes more processor time than everything else (11 ms against 0.2 ms for 4 MiB on the machine
   * of docs/BENCHMARKS.md, ext4).
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if it exists already or cannot
   *     be made
   */
  static RecordingSink create(Path file) {
    try {
      // Made first, and alone: a file system may refuse the option after it made the file.
      Files.createFile(file);
      return new ToFile(file);
    } catch (FileAlreadyExistsException e) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "recording " + file + " exists already and is kept; name another file, or delete it",
          e);
    } catch (NoSuchFileException e) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "recording " + file + " cannot be made: there is no such folder",
          e);
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, "recording " + file + " cannot be made: " + e, e);
    }
  }

  /** A file. */
  final class ToFile implements RecordingSink {
    private static final System.Logger LOG = System.getLogger(RecordingSink.class.getName());
    private static final int MAX_ALIGNMENT = 1 << 16;

    private final FileChannel channel;
    private final int alignment;

    private ToFile(Path file) throws IOException {
      long block = Files.getFileStore(file).getBlockSize();
      FileChannel direct = block > MAX_ALIGNMENT ? null : tryDirect(file);
      channel = direct == null ? open(file, StandardOpenOption.WRITE) : direct;
      alignment = direct == null ? RecordFormat.STEP : (int) block;
    }

    /** Null where Java or the file system does not do it. */
    private static FileChannel tryDirect(Path file) {
      try {
        // By name: newer compilers warn of this class, though its module exports it to everybody.
        Object[] options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
        for (Object option : options == null ? new Object[0] : options) {
          if (option.toString().equals("DIRECT")) {
            return open(file, StandardOpenOption.WRITE, (OpenOption) option);
          }
        }
      } catch (ClassNotFoundException | UnsupportedOperationException | IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a recording goes through the system's cache", e);
      }
      return null;
    }

    private static FileChannel open(Path file, OpenOption... options) throws IOException {
      return FileChannel.open(file, options);
    }

    @Override
    public int alignment() {
      return alignment;
    }

    @Override
    public void write(ByteBuffer block) throws IOException {
      while (block.hasRemaining()) {
        channel.write(block);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
