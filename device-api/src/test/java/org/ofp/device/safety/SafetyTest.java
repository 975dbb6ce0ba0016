// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Rules X1 to X3 on a bench that can be looked at: whatever becomes of the owner, it goes dark. */
@Timeout(120)
class SafetyTest {
  private static final String LIT = "lamp on, SLM frame 7";

  @TempDir Path folder;
  private ToyBench.Hardware hardware;

  @BeforeEach
  void connect() {
    hardware = new ToyBench.Hardware(folder);
  }

  @Test
  void theEndOfTheProgramMakesTheBenchDark() throws Exception {
    for (String end : new String[] {"return", "exit", "throw"}) {
      hardware.show("left over");
      Process owner = ToyPrograms.start(ToyPrograms.Owner.class, folder, end);
      assertTrue(owner.waitFor(60, TimeUnit.SECONDS));
      assertEquals(end.equals("return") ? 0 : end.equals("exit") ? 3 : 1, owner.exitValue());
      assertFalse(hardware.heartbeat().isEmpty(), "a frame was shown");
      assertEquals(ToyBench.DARK, hardware.state(), end);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which has no SIGTERM: destroy() kills there
  void beingToldToEndMakesTheBenchDark() throws Exception {
    Process owner = ToyPrograms.start(ToyPrograms.Owner.class, folder, "sleep");
    awaitUntil(() -> hardware.state().equals(LIT));
    owner.destroy();
    assertTrue(owner.waitFor(60, TimeUnit.SECONDS));
    assertEquals(ToyBench.DARK, hardware.state());
  }

  /** Negative control: nothing within a process helps against its being killed. */
  @Test
  void aKilledOwnerLeavesTheLampOn() throws Exception {
    killAnOwnerAtWork();
    assertEquals(LIT, hardware.state());
  }

  @Test
  void theBenchsOwnWatchdogMakesItDarkWhenTheOwnerIsKilled() throws Exception {
    Process firmware = ToyPrograms.start(ToyPrograms.Firmware.class, folder, "1000");
    try {
      killAnOwnerAtWork();
      awaitUntil(() -> hardware.state().equals(ToyBench.DARK));
    } finally {
      firmware.destroyForcibly().waitFor();
    }
  }

  private void killAnOwnerAtWork() throws Exception {
    Process owner = ToyPrograms.start(ToyPrograms.Owner.class, folder, "work");
    awaitUntil(() -> hardware.state().equals(LIT));
    owner.destroyForcibly();
    assertTrue(owner.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void aHungVerbDoesNotKeepTheBenchLitAndItsCountsAreNotUsed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (ToyBench bench = new ToyBench(folder, Duration.ofMillis(300))) {
      bench.accident = () -> await(end);
      Thread owner = new Thread(() -> ToyPrograms.showFrame(bench));
      owner.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
      owner.start();
      awaitUntil(() -> hardware.state().equals(ToyBench.DARK));
      assertTrue(owner.isAlive(), "it still hangs");
      end.countDown();
      owner.join();
      assertFails(
          ErrorCode.DEVICE_FAILURE,
          () -> {
            throw failure.get();
          },
          "no sign of life for 0.3 s",
          "load the frame again");
      assertFails(ErrorCode.DEVICE_FAILURE, bench::transform, "made dark");
      bench.accident = () -> {};
      awaitUntil(() -> isLitBy(bench));
    }
    assertEquals(ToyBench.DARK, hardware.state());
  }

  /** A machine that halts for the watchdog's time between two lines is no failure of the test. */
  private boolean isLitBy(ToyBench bench) {
    try {
      ToyPrograms.showFrame(bench);
      return hardware.state().equals(LIT);
    } catch (DeviceException e) {
      return false;
    }
  }

  @Test
  void anOwnerThatForgetsTheLightIsDarkened() throws Exception {
    try (ToyBench bench = new ToyBench(folder, Duration.ofMillis(300))) {
      awaitUntil(() -> isLitBy(bench));
      awaitUntil(() -> hardware.state().equals(ToyBench.DARK));
      assertFails(ErrorCode.DEVICE_FAILURE, bench::transform, "made dark");
    }
  }

  @Test
  void aLostDeviceIsDarkBeforeTheOwnerHearsOfIt() {
    try (ToyBench bench = new ToyBench(folder, Duration.ofHours(1))) {
      bench.accident =
          () -> {
            assertEquals(LIT, hardware.state());
            throw new UncheckedIOException(new IOException("no answer"));
          };
      assertFails(ErrorCode.DEVICE_LOST, () -> ToyPrograms.showFrame(bench), "no answer");
      assertEquals(ToyBench.DARK, hardware.state());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitUntil(BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!happened.getAsBoolean()) {
      assertFalse(System.nanoTime() > end, "not within 60 s");
      Thread.sleep(5);
    }
  }
}
