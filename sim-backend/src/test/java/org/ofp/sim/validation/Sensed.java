// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.Arrays;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Devices;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/**
 * A bench whose readout and sensor are looked at: ideal but for the options given, read through the
 * public device interface, in digital numbers.
 *
 * <p>The light on the sensor is known without a transform: one lit SLM pixel makes |F|² = 1/(R·C)
 * everywhere, two of them make cosine fringes.
 */
final class Sensed implements AutoCloseable {
  private final OpticalFourierDevice device;
  private final FrameShape panel;
  private final DetectorFrame into;
  private final int planes;

  /**
   * @param options of the bench, {@code key=value&key=value}
   */
  Sensed(int rows, int cols, String options) {
    device = Devices.open("sim:ideal?rows=" + rows + "&cols=" + cols + "&" + options);
    panel = new FrameShape(rows, cols);
    planes = device.description().capabilities().readout().planes();
    into = DetectorFrame.allocate(panel, planes);
  }

  OpticalFourierDevice device() {
    return device;
  }

  int pixels() {
    return panel.pixels();
  }

  /**
   * The exposure in seconds that gives a photon to a pixel with |F| = 1 (physics.md: n =
   * (P·t·λ/hc)·|F|²/(R·C)), with the ideal bench's wavelength and power.
   */
  double photon() {
    return panel.pixels() * Light.HC / (Light.POWER * Light.WAVELENGTH);
  }

  /** The exposure in seconds that gives so many photons to every pixel behind a lit SLM pixel. */
  double exposureForEach(double photons) {
    return photons * panel.pixels() * photon();
  }

  /** A frame with the SLM pixel at this distance from the axis at full amplitude. */
  float[] point(int y, int x) {
    float[] frame = new float[2 * panel.pixels()];
    light(frame, y, x, 1);
    return frame;
  }

  /**
   * A frame with two lit SLM pixels, the axis at full amplitude: behind it {@code |F|² = (1 + b² +
   * 2b·cos ψ)/RC} with ψ = 2π(y·k/R + x·l/C) at the detector pixel (k, l) from the axis.
   */
  float[] fringes(int y, int x, float b) {
    float[] frame = point(0, 0);
    light(frame, y, x, b);
    return frame;
  }

  private void light(float[] frame, int y, int x, float amplitude) {
    frame[2 * ((panel.rows() / 2 + y) * panel.cols() + panel.cols() / 2 + x)] = amplitude;
  }

  /** The phase ψ of {@link #fringes} at a detector pixel. */
  double fringePhase(int pixel, int y, int x) {
    int k = pixel / panel.cols() - panel.rows() / 2;
    int l = pixel % panel.cols() - panel.cols() / 2;
    return 2 * Math.PI * ((double) y * k / panel.rows() + (double) x * l / panel.cols());
  }

  Sensed show(float[] frame, long id) {
    return show(frame, id, 0);
  }

  Sensed show(float[] frame, long id, int repeat) {
    device.load(new SlmFrame(panel, java.nio.FloatBuffer.wrap(frame), 0, id, repeat));
    device.transform();
    return this;
  }

  /** Reads all planes of what is shown. */
  double[] read(Readout readout) {
    device.read(readout, into);
    return Diffraction.widened(into.counts().array());
  }

  /** Reads one plane, 0 for the only one or the in-phase one. */
  double[] read(Readout readout, int plane) {
    return Arrays.copyOfRange(read(readout), plane * pixels(), (plane + 1) * pixels());
  }

  /** Reads with the reference at the four steps of π/2. */
  double[][] fourSteps(double exposure) {
    double[][] steps = new double[4][];
    for (int k = 0; k < 4; k++) {
      steps[k] = read(Readout.withReference(exposure, k * Math.PI / 2));
    }
    return steps;
  }

  /** Values that were clipped in the last read. */
  int saturated() {
    return into.saturated();
  }

  /** Digital numbers of evenly lit pixels with this mean number of photons, intensity readout. */
  double[] even(double photons, long id) {
    return show(point(0, 0), id).read(Readout.plain(exposureForEach(photons)));
  }

  @Override
  public void close() {
    device.close();
  }
}
