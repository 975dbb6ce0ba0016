// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.LeakWatch;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.TestBench;

/**
 * A driver of a bench whose lamp and modulator are files, so that other processes can see them. It
 * does what the rules of safety ask of a driver.
 */
final class ToyBench extends ForwardingDevice {
  /** What the files say of a bench without light. */
  static final String DARK = "lamp off, SLM blank";

  /** The bench itself: what it shows, and when the driver last spoke to it. */
  record Hardware(Path folder) {
    void show(String slm) {
      write("state", "lamp on, SLM " + slm);
    }

    void makeDark() {
      write("state", DARK);
    }

    void speak(long number) {
      write("heartbeat", Long.toString(number));
    }

    String state() {
      return read("state");
    }

    String heartbeat() {
      return read("heartbeat");
    }

    private void write(String name, String text) {
      try {
        Path file =
            Files.writeString(folder.resolve(name + "." + ProcessHandle.current().pid()), text);
        Files.move(
            file,
            folder.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String read(String name) {
      Path file = folder.resolve(name);
      try {
        return Files.exists(file) ? Files.readString(file) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Hardware hardware;
  private final Watchdog watchdog;
  private final LeakWatch leakWatch;
  private long spoken;

  /** What the next read does instead of reading. */
  Runnable accident = () -> {};

  ToyBench(Path folder, Duration limit) {
    super(TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP));
    hardware = new Hardware(folder);
    watchdog = new Watchdog("toy:bench", limit, hardware::makeDark);
    leakWatch = LeakWatch.device(this, "toy:bench", hardware::makeDark);
  }

  @Override
  public void load(SlmFrame frame) {
    watchdog.arm();
    hardware.speak(spoken++);
    super.load(frame);
    hardware.show("frame " + frame.id());
  }

  @Override
  public void transform() {
    watchdog.feed();
    super.transform();
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    watchdog.feed();
    try {
      accident.run();
      super.read(readout, into);
    } catch (UncheckedIOException e) {
      watchdog.disarm();
      hardware.makeDark();
      throw new DeviceException(ErrorCode.DEVICE_LOST, "the cable was pulled: " + e, e);
    }
    watchdog.feed();
  }

  @Override
  public void close() {
    hardware.makeDark();
    watchdog.close();
    leakWatch.closed();
    super.close();
  }
}
