// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.safety;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ofp.device.DetectorFrame;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Programs that light a bench and then end in different ways, each in a process of its own. */
final class ToyPrograms {
  static final FrameShape SHAPE = new FrameShape(2, 4);
  private static OpticalFourierDevice device;

  private ToyPrograms() {}

  static Process start(Class<?> program, Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(program.getSimpleName() + ".log").toFile())
        .start();
  }

  static void showFrame(OpticalFourierDevice bench) {
    bench.load(SlmFrame.of(SHAPE, new float[2 * SHAPE.pixels()], 7));
    bench.transform();
    bench.read(Readout.plain(1), DetectorFrame.allocate(SHAPE, 2));
  }

  /** Lights the bench and ends as it is told. */
  static final class Owner {
    public static void main(String[] arguments) throws InterruptedException {
      device = new ToyBench(Path.of(arguments[0]), Duration.ofHours(1));
      showFrame(device);
      switch (arguments[1]) {
        case "return" -> {}
        case "exit" -> System.exit(3);
        case "throw" -> throw new IllegalStateException("a defect of the program");
        case "sleep" -> new CountDownLatch(1).await();
        default -> {
          while (true) {
            showFrame(device);
            Thread.sleep(5);
          }
        }
      }
    }
  }

  /**
   * The watchdog in the bench, which outlives the driver: darkens it when no heartbeat came for the
   * time in milliseconds that is its second argument.
   */
  static final class Firmware {
    public static void main(String[] arguments) throws InterruptedException {
      ToyBench.Hardware hardware = new ToyBench.Hardware(Path.of(arguments[0]));
      long limit = Long.parseLong(arguments[1]) * 1_000_000;
      String heartbeat = "";
      long heard = System.nanoTime();
      while (true) {
        String now = hardware.heartbeat();
        if (!now.equals(heartbeat)) {
          heartbeat = now;
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > limit) {
          hardware.makeDark();
        }
        Thread.sleep(10);
      }
    }
  }
}
