// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.BenchProfile;

/** What the tests of the simulator share. */
final class Bench {
  /** Standard errors allowed to a statistic; seeds are fixed, so a pass is a pass for ever. */
  static final double SIGMAS = 5;

  private Bench() {}

  static int count(int quick, int full) {
    return "full".equals(System.getProperty("ofp.tests")) ? full : quick;
  }

  /** The parameters behind an address. */
  static BenchParameters parameters(String uri) {
    DeviceUri.Layer layer = DeviceUri.parse(uri).innermost();
    Map<String, String> given = layer.options();
    return BenchParameters.of(new Options(BenchProfile.of(layer.body()).options(), given));
  }

  /** Loads, transforms and reads once. */
  static float[] raw(
      OpticalFourierDevice device, int rows, int cols, float[] frame, Readout readout) {
    FrameShape shape = new FrameShape(rows, cols);
    device.load(SlmFrame.of(shape, frame, 0));
    device.transform();
    DetectorFrame into =
        DetectorFrame.allocate(shape, device.description().capabilities().readout().planes());
    device.read(readout, into);
    return into.counts().array();
  }

  /** Amplitudes with both quadratures within ±0.7. */
  static float[] randomFrames(int values, long seed) {
    Random random = new Random(seed);
    float[] frames = new float[values];
    for (int i = 0; i < values; i++) {
      frames[i] = 1.4f * random.nextFloat() - 0.7f;
    }
    return frames;
  }

  static FrameSequence sequence(
      OpticalFourierDevice device,
      FrameShape shape,
      int n,
      List<Readout> readouts,
      ExposureControl control,
      BufferKind buffers) {
    int planes = device.description().capabilities().readout().planes();
    return new FrameSequence(
        shape,
        n,
        readouts,
        planes,
        control,
        buffers.allocate(2 * n * shape.pixels()),
        buffers.allocate(n * readouts.size() * planes * shape.pixels()));
  }

  static List<Readout> fourSteps(double exposure) {
    return List.of(
        Readout.withReference(exposure, 0),
        Readout.withReference(exposure, Math.PI / 2),
        Readout.withReference(exposure, Math.PI),
        Readout.withReference(exposure, 3 * Math.PI / 2));
  }

  static void assertWithin(double expected, double actual, double allowance, String label) {
    assertTrue(
        Math.abs(actual - expected) <= allowance,
        () -> label + ": " + actual + " is not " + expected + " ± " + allowance);
  }

  static void assertFails(ErrorCode code, Executable action, String... parts) {
    DeviceException e = assertThrows(DeviceException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "'" + part + "' in: " + e.getMessage());
    }
  }

  static OpticalFourierDevice open(String uri) {
    return Devices.open(uri);
  }
}
