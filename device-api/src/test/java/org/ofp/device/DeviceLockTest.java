// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that one program at a time may have, in this and in other virtual machines. */
@Timeout(120)
class DeviceLockTest {
  /** Two benches that serve one user each, and one that does not open. */
  public static final class Exclusive implements DeviceProvider {
    @Override
    public String scheme() {
      return "exclusive";
    }

    @Override
    public String summary() {
      return "one user";
    }

    @Override
    public int apiLevel() {
      return OpticalFourierDevice.API_LEVEL;
    }

    @Override
    public List<String> bodies() {
      return List.of();
    }

    @Override
    public List<OptionSpec> options(String body) {
      return List.of();
    }

    @Override
    public Availability probe() {
      return Availability.yes("");
    }

    @Override
    public boolean isSingleUser(String body) {
      return !body.equals("shared");
    }

    @Override
    public OpticalFourierDevice open(
        String body, Options options, Optional<OpticalFourierDevice> inner) {
      if (body.equals("stuck")) {
        throw new DeviceException(ErrorCode.DEVICE_FAILURE, "stuck shutter");
      }
      return new PipeliningBench(2);
    }
  }

  /** Opens a device, says how that went, and keeps it until it is killed or its input ends. */
  public static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws IOException {
      try (OpticalFourierDevice device = Devices.open(args[0])) {
        System.out.println("opened " + device.description().id());
        System.in.read();
      } catch (DeviceException e) {
        System.out.println(e.code() + " " + e.getMessage());
      }
    }
  }

  @TempDir Path folder;
  private ClassLoader before;
  private Path services;

  @BeforeEach
  void install() throws IOException {
    before = Thread.currentThread().getContextClassLoader();
    System.setProperty("ofp.locks", folder.resolve("locks").toString());
    services = folder.resolve("classes");
    Path entry = Files.createDirectories(services.resolve("META-INF/services"));
    Files.writeString(entry.resolve(DeviceProvider.class.getName()), Exclusive.class.getName());
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {services.toUri().toURL()}, before));
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
    System.clearProperty("ofp.locks");
  }

  private Process owner(String uri) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dofp.locks=" + System.getProperty("ofp.locks"),
            "-cp",
            System.getProperty("java.class.path") + System.getProperty("path.separator") + services,
            Owner.class.getName(),
            uri)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @Test
  void anotherProcessIsNamedAndItsDeathFreesTheDevice() throws Exception {
    Process owner = owner("exclusive:bench%20one");
    try {
      assertEquals("opened counting:1", firstLine(owner));
      DeviceException e =
          assertFails(
              ErrorCode.BUSY,
              () -> Devices.open("exclusive:bench%20one"),
              "'exclusive:bench one'",
              "process " + owner.pid(),
              System.getProperty("user.name"),
              "since 20",
              Owner.class.getName());
      assertTrue(e.retryable());
      // Having asked does not take the lock away from its owner.
      assertFails(ErrorCode.BUSY, () -> Devices.open("exclusive:bench%20one"));
      Devices.open("exclusive:two").close();
    } finally {
      owner.destroyForcibly(); // kill −9: nothing of it runs any more
    }
    assertTrue(owner.waitFor(30, TimeUnit.SECONDS));
    assertNotEquals(0, owner.exitValue());
    assertTrue(Files.exists(lockFile()), "left behind, as text without a lock");
    Devices.open("exclusive:bench%20one").close();
  }

  private Path lockFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("locks"))) {
      return files.filter(file -> file.toString().contains("one")).findFirst().orElseThrow();
    }
  }

  @Test
  void whatIsOpenHereIsBusyThere() throws Exception {
    try (OpticalFourierDevice device = Devices.open("exclusive:here")) {
      // A second opening in this process must not give up the lock, as POSIX would have it.
      assertFails(
          ErrorCode.BUSY,
          () -> Devices.open("exclusive:here"),
          "process " + ProcessHandle.current().pid());
      Process other = owner("exclusive:here");
      String said = firstLine(other);
      assertTrue(said.startsWith("BUSY"), said);
      assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
      assertTrue(other.waitFor(30, TimeUnit.SECONDS));
      // The decorator that holds the lock hides nothing of the device.
      assertTrue(device.extension(PipeliningBench.Shutter.class).isPresent());
    }
    Process other = owner("exclusive:here");
    assertEquals("opened counting:1", firstLine(other));
    other.getOutputStream().close();
    assertTrue(other.waitFor(30, TimeUnit.SECONDS));
    Devices.open("exclusive:here").close();
  }

  @Test
  void whatDoesNotOpenIsNotOwned() {
    for (int i = 0; i < 2; i++) {
      assertFails(ErrorCode.DEVICE_FAILURE, () -> Devices.open("exclusive:stuck"), "stuck shutter");
    }
  }

  @Test
  void manyMayHaveADeviceForMany() {
    try (OpticalFourierDevice one = Devices.open("exclusive:shared");
        OpticalFourierDevice two = Devices.open("exclusive:shared")) {
      assertNotEquals(one, two);
    }
    assertTrue(Files.notExists(folder.resolve("locks")));
  }

  @Test
  void anyAddressHasALockOfItsOwn() {
    String longBody = "x".repeat(400);
    List<String> bodies = List.of("file=/dev/a*b", "file=/dev/a%2Ab", longBody + 1, longBody + 2);
    List<DeviceLock> locks = bodies.stream().map(body -> DeviceLock.take("bus", body)).toList();
    locks.forEach(DeviceLock::release);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    System.setProperty("ofp.locks", Files.writeString(folder.resolve("file"), "").toString());
    assertFails(
        ErrorCode.UNAVAILABLE, () -> Devices.open("exclusive:one"), "-Dofp.locks", "locked");
  }

  @Test
  void aDeviceThatWasLostIsNobodys() throws InterruptedException {
    WeakReference<OpticalFourierDevice> lost = new WeakReference<>(Devices.open("exclusive:lost"));
    while (true) {
      System.gc();
      try {
        Devices.open("exclusive:lost").close();
        break;
      } catch (DeviceException e) {
        assertEquals(ErrorCode.BUSY, e.code());
        Thread.sleep(10);
      }
    }
    assertTrue(lost.refersTo(null));
  }
}
