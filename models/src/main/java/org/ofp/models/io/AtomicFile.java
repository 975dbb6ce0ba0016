// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file all or nothing: into a temporary file in the same directory, forced to the disk,
 * then renamed. Whoever opens the target sees the old content or the new, and a failure leaves the
 * old one and no litter.
 *
 * <p>Symbolic links are followed. A target that exists and is no regular file ({@code /dev/stdout},
 * a pipe) is written directly: renaming would replace the device.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code content} to {@code target}, replacing what is there.
   *
   * @throws IOException if {@code content} throws it, the directory does not exist or is not
   *     writable, or the target is a directory
   */
  public static void write(Path target, Content content) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
        content.writeTo(out);
      }
      return;
    }
    Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      writeAndForce(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary); // gone already if all went well
    }
    forceDirectory(file.getParent());
  }

  private static void writeAndForce(Path file, Content content) throws IOException {
    // CREATE_NEW rather than Files.createTempFile, whose files only the owner may read
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the rename itself durable. Not every system can; the content is safe in any case. */
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot force directory " + directory, e);
    }
  }
}
