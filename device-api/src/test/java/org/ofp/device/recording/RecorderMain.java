// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.file.Path;
import java.util.Random;
import org.ofp.device.Devices;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** Programs that tests run in processes of their own. */
final class RecorderMain {
  private RecorderMain() {}

  /**
   * {@code record FILE} records job after job until it is killed, and says how many are over;
   * {@code replay URI} asks for the first jobs again, and says that they are served.
   */
  public static void main(String[] args) {
    if (args[0].equals("record")) {
      try (RecordingDevice device =
          RecordingDevice.open(
              new StubBench(0, 64), Path.of(args[1]), Provenance.now("", ""), false)) {
        for (int j = 0; ; j++) {
          run(device, j);
          System.out.println(j + 1);
        }
      }
    }
    try (OpticalFourierDevice device = Devices.open(args[1])) {
      for (int j = 0; j < 3; j++) {
        run(device, j);
      }
      System.out.println("served");
    }
  }

  private static void run(OpticalFourierDevice device, int j) {
    device.submit(job(j), JobOptions.defaults()).await();
  }

  /** The j-th job, the same in all processes. */
  static FrameSequence job(int j) {
    return StubBench.sequence(new Random(j), new FrameShape(64, 60), 6, 2);
  }
}
