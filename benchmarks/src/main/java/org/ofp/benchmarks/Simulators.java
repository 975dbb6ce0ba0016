// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;

/** What the benchmarks have in common. */
final class Simulators {
  /** The system property by which {@link org.ofp.kernels.Kernels} takes an engine by name. */
  private static final String ENGINE = "ofp.fft";

  private Simulators() {}

  /** A preset of a square frame on an FFT engine: a simulator asks for its engine when it opens. */
  static OpticalFourierDevice open(String preset, int side, String engine) {
    String before = System.getProperty(ENGINE, "");
    System.setProperty(ENGINE, engine);
    try {
      return Devices.open("sim:" + preset + "?rows=" + side + "&cols=" + side);
    } finally {
      System.setProperty(ENGINE, before);
    }
  }
}
