// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** What the conformance suite cannot see: the bench behind the device. */
@Timeout(60)
class BenchDeviceTest {
  private static final FrameShape SHAPE = new FrameShape(4, 6);

  private static BenchDevice device(Instrument instrument) {
    return device(instrument, Duration.ofHours(1));
  }

  private static BenchDevice device(Instrument instrument, Duration watchdog) {
    return new BenchDevice(
        instrument,
        new BenchSettings(new Options(BenchSettings.SPECS, Map.of())).describe("t", "test"),
        watchdog);
  }

  private static void light(OpticalFourierDevice device) {
    device.load(SlmFrame.of(SHAPE, new float[2 * SHAPE.pixels()], 5));
    device.transform();
  }

  private static void read(OpticalFourierDevice device, double exposure) {
    device.read(Readout.plain(exposure), DetectorFrame.allocate(SHAPE, 2));
  }

  private static DeviceException fails(ErrorCode code, Executable action) {
    DeviceException e = assertThrows(DeviceException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    return e;
  }

  @Test
  void closingLeavesTheBenchDark() {
    Instrument instrument = new Instrument(true, 12, false);
    BenchDevice device = device(instrument);
    light(device);
    assertTrue(instrument.isLit());
    device.close();
    assertFalse(instrument.isLit());
    fails(ErrorCode.CLOSED, () -> light(device));
  }

  @Test
  void aFaultLeavesTheBenchDarkAndSaysWhatFailed() {
    Instrument instrument = new Instrument(true, 12, false);
    try (BenchDevice device = device(instrument)) {
      light(device);
      instrument.failNext("shutter stuck");
      DeviceException e = fails(ErrorCode.DEVICE_FAILURE, () -> read(device, 1e-3));
      assertTrue(e.getMessage().contains("shutter stuck"), e.getMessage());
      assertFalse(instrument.isLit());
      fails(ErrorCode.ILLEGAL_STATE, () -> read(device, 1e-3));
      light(device);
      read(device, 1e-3);
    }
  }

  @Test
  void theWatchdogDarkensABenchThatIsForgotten() throws InterruptedException {
    Instrument instrument = new Instrument(true, 12, false);
    try (BenchDevice device = device(instrument, Duration.ofSeconds(2))) {
      light(device);
      while (instrument.isLit()) {
        Thread.sleep(5);
      }
      DeviceException e = fails(ErrorCode.DEVICE_FAILURE, () -> read(device, 1e-3));
      assertTrue(e.getMessage().contains("no sign of life"), e.getMessage());
      assertFalse(instrument.isLit());
      light(device);
    }
  }

  @Test
  void anInterruptEndsAnExposureAndLeavesTheBenchDark() throws InterruptedException {
    Instrument instrument = new Instrument(true, 12, true);
    try (BenchDevice device = device(instrument)) {
      light(device);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread reader = startReading(device, failure);
      reader.interrupt();
      reader.join();
      assertEquals(ErrorCode.CANCELLED, ((DeviceException) failure.get()).code());
      assertFalse(instrument.isLit());
    }
  }

  @Test
  void closingEndsAnExposure() throws InterruptedException {
    Instrument instrument = new Instrument(true, 12, true);
    BenchDevice device = device(instrument);
    light(device);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader = startReading(device, failure);
    device.close();
    reader.join();
    assertEquals(ErrorCode.CLOSED, ((DeviceException) failure.get()).code());
    assertFalse(instrument.isLit());
  }

  /** Reads until it fails. */
  private static Thread startReading(BenchDevice device, AtomicReference<Throwable> failure)
      throws InterruptedException {
    Thread reader =
        new Thread(
            () -> {
              while (true) {
                read(device, Instrument.MAX_EXPOSURE);
              }
            });
    reader.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    reader.start();
    while (device.telemetry().reads() == 0 && reader.isAlive()) {
      Thread.sleep(1);
    }
    return reader;
  }

  @Test
  void aLostDeviceLeavesTheBenchDarkAndIsReported() throws InterruptedException {
    long before = LeakWatch.reported();
    Instrument instrument = new Instrument(true, 12, false);
    light(device(instrument));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (instrument.isLit()) {
      assertTrue(System.nanoTime() < end, "not collected within 30 s");
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(before + 1, LeakWatch.reported());
  }

  @Test
  void thePatternMemoryChangesNoCount() {
    float[] amplitudes = new float[2 * SHAPE.pixels() * 5];
    for (int i = 0; i < amplitudes.length; i++) {
      amplitudes[i] = (float) (0.7 * Math.sin(i));
    }
    assertEquals(
        Sequences.counts("minimal:bench1", SHAPE, amplitudes),
        Sequences.counts("minimal:bench1?patterns=2", SHAPE, amplitudes));
  }

  @Test
  void isListedAndProbed() {
    Devices.Driver driver = driver();
    assertTrue(driver.availability().usable());
    assertEquals(List.of("bench1"), driver.bodies());
    fails(ErrorCode.UNAVAILABLE, () -> Devices.open("minimal:bench7"));
    fails(ErrorCode.INVALID_OPTION, () -> Devices.open("minimal:bench1?adc.bits=99"));
    System.setProperty("com.example.bench.cable", "out");
    try {
      assertFalse(driver().availability().usable());
      DeviceException e = fails(ErrorCode.UNAVAILABLE, () -> Devices.open("minimal:bench1"));
      assertTrue(e.getMessage().contains("plug its cable in"), e.getMessage());
    } finally {
      System.clearProperty("com.example.bench.cable");
    }
  }

  private static Devices.Driver driver() {
    return Devices.drivers().stream()
        .filter(d -> d.scheme().equals("minimal"))
        .findFirst()
        .orElseThrow();
  }
}
