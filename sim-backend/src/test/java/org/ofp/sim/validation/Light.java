// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.ofp.device.DetectorFrame;
import org.ofp.device.Devices;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/**
 * A bench that is ideal but for the options given, read through the public device interface in
 * units of the unitary field F: the exposure is such that |F| = 1 makes one electron (physics.md,
 * <i>Radiometry</i>: n = (P·t·λ/hc)·|F|²/(R·C) photons). What it gives is therefore physical light,
 * not what a calibration makes of it.
 */
final class Light implements AutoCloseable {
  /** Planck's constant times the speed of light, exact in the SI of 2019. */
  static final double HC = 6.62607015e-34 * 299792458.0;

  /**
   * The ideal bench's wavelength, focal length and pixel pitch in metres, and its power in watts.
   */
  static final double WAVELENGTH = 633e-9;

  static final double FOCAL_LENGTH = 0.1;
  static final double PITCH = 8e-6;
  static final double POWER = 1e-3;

  /**
   * Error of a value of the field in float, over the norm of the frame: two passes of the transform
   * at 4e-8 (stated by its kernel), and four roundings of 6e-8 of factors and products.
   */
  static final double ROUNDING = 4e-7;

  private final OpticalFourierDevice device;
  private final FrameShape panel;
  private double exposure;

  private Light(int rows, int cols, String readout, String options) {
    device =
        Devices.open(
            "sim:ideal?rows="
                + rows
                + "&cols="
                + cols
                + "&readout="
                + readout
                + (options.isEmpty() ? "" : "&" + options));
    panel = new FrameShape(rows, cols);
    exposure = rows * cols * HC / (POWER * WAVELENGTH);
  }

  /** A bench with a coherent receiver. */
  static Light coherent(int rows, int cols, String options) {
    return new Light(rows, cols, "coherent", options);
  }

  /** A bench with a square-law sensor. */
  static Light squareLaw(int rows, int cols, String options) {
    return new Light(rows, cols, "intensity", options);
  }

  /** The field that a full frame makes at the sensor, interleaved. */
  static double[] field(int rows, int cols, String options, float[] frame) {
    try (Light light = coherent(rows, cols, options)) {
      return light.field(frame);
    }
  }

  /** |E|² that a full frame makes at the sensor. */
  static double[] intensity(int rows, int cols, String options, float[] frame) {
    try (Light light = squareLaw(rows, cols, options)) {
      return light.intensity(frame);
    }
  }

  /** The amplitudes on the SLM behind the field at the sensor. */
  static double[] shown(int rows, int cols, String options, float[] frame) {
    return Diffraction.amplitudes(field(rows, cols, options, frame), rows, cols);
  }

  /** Expose for so many seconds from now on. */
  Light exposure(double seconds) {
    exposure = seconds;
    return this;
  }

  OpticalFourierDevice device() {
    return device;
  }

  double[] field(float[] frame) {
    return field(panel, frame, 0);
  }

  /** The field of a frame of any admissible shape, interleaved. */
  double[] field(FrameShape shape, float[] frame, long id) {
    double[] planes = read(shape, frame, id, 2);
    int n = shape.pixels();
    double[] field = new double[2 * n];
    for (int i = 0; i < n; i++) {
      field[2 * i] = planes[i];
      field[2 * i + 1] = planes[n + i];
    }
    return field;
  }

  double[] intensity(float[] frame) {
    return intensity(frame, 0);
  }

  /** |E|² of a full frame; the id keys what is random from frame to frame. */
  double[] intensity(float[] frame, long id) {
    return read(panel, frame, id, 1);
  }

  private double[] read(FrameShape shape, float[] frame, long id, int planes) {
    device.load(SlmFrame.of(shape, frame, id));
    device.transform();
    DetectorFrame into = DetectorFrame.allocate(shape, planes);
    device.read(Readout.plain(exposure), into);
    return Diffraction.widened(into.counts().array());
  }

  /** Share of a full frame's light at so many detector pixels from the axis. */
  static double share(double[] intensity, int rows, int cols, int y, int x) {
    int r = Math.floorMod(rows / 2 + y, rows);
    int c = Math.floorMod(cols / 2 + x, cols);
    return intensity[r * cols + c] / ((double) rows * cols);
  }

  @Override
  public void close() {
    device.close();
  }
}
