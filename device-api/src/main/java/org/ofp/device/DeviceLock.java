// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a device by one opening: a lock of the operating system on a file that says who
 * has it. The system gives the lock back when the process ends, however it ends; the file stays and
 * means nothing without the lock. The files lie in {@code .ofp/locks} of the user's home folder, or
 * where {@code -Dofp.locks} says.
 */
final class DeviceLock {
  private static final String PROPERTY = "ofp.locks";

  /** Behind whatever the file says: on some systems what is locked cannot be read. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int MAX_NAME = 200;
  private static final int MAX_OWNER = 4096;

  /**
   * What this process has, with what the file says. Closing any channel to a file gives up a
   * process's POSIX locks on it, so that a file that is locked here must not be opened here again.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private DeviceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the device.
   *
   * @throws DeviceException with {@link ErrorCode#BUSY}, naming the owner
   */
  static DeviceLock take(String scheme, String body) {
    String address = scheme + ":" + body;
    Path file = folder().resolve(fileName(address));
    String self = self();
    String other = HELD.putIfAbsent(file, self);
    if (other != null) {
      throw busy(address, other);
    }
    try {
      return new DeviceLock(file, lock(file, address, self));
    } catch (IOException e) {
      HELD.remove(file);
      throw new DeviceException(
          ErrorCode.UNAVAILABLE,
          "device '"
              + address
              + "' cannot be locked against other programs: "
              + e
              + "; name a folder for locks with -D"
              + PROPERTY,
          e);
    } catch (RuntimeException | Error e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static FileChannel lock(Path file, String address, String self) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw busy(address, owner(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw busy(address, "another class loader of this process");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_OWNER);
    channel.read(text, 0);
    String owner = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    return owner.isEmpty() ? "a process that does not say who it is" : owner;
  }

  private static DeviceException busy(String address, String owner) {
    return new DeviceException(
        ErrorCode.BUSY,
        "device '" + address + "' is in use by " + owner + "; close it there and try again");
  }

  /** Gives the device back. To be called once. */
  void release() {
    try {
      // The file stays: another process may have it open and be about to lock it.
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      System.getLogger(DeviceLock.class.getName())
          .log(System.Logger.Level.WARNING, "the lock " + file + " was not given back cleanly", e);
    } finally {
      HELD.remove(file);
    }
  }

  private static Path folder() {
    String folder = System.getProperty(PROPERTY);
    return folder == null
        ? Path.of(System.getProperty("user.home"), ".ofp", "locks").toAbsolutePath()
        : Path.of(folder).toAbsolutePath().normalize();
  }

  /** Readable, and different for different addresses. */
  private static String fileName(String address) {
    String name = URLEncoder.encode(address, StandardCharsets.UTF_8).replace("*", "%2A");
    return (name.length() <= MAX_NAME
            ? name
            : name.substring(0, MAX_NAME) + "-" + Integer.toHexString(address.hashCode()))
        + ".lock";
  }

  private static String self() {
    String command = System.getProperty("sun.java.command", "unknown").strip();
    return "process "
        + ProcessHandle.current().pid()
        + " of user "
        + System.getProperty("user.name")
        + " on host "
        + host()
        + " since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + ", program "
        // Arguments may be long, and nobody else's business.
        + command.split("\\s", 2)[0];
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
