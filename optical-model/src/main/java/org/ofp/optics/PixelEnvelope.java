// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * What the shape of an SLM pixel does to the field at the detector: a pixel whose modulating area
 * has the share F diffracts into {@code F·sinc(√F·k/R)·sinc(√F·l/C)} (Goodman, section 2.4).
 * Point-like pixels diffract evenly, with F = 1.
 *
 * @param fillFactor F, 0 for point-like pixels
 * @param rows of the frame
 * @param cols of the frame
 * @param centreRow where a shift of the pattern has taken the axis, in pixels
 * @param centreCol where a shift of the pattern has taken the axis, in pixels
 */
public record PixelEnvelope(
    double fillFactor, int rows, int cols, double centreRow, double centreCol) {
  /** An envelope about the axis. */
  public PixelEnvelope(double fillFactor, int rows, int cols) {
    this(fillFactor, rows, cols, 0, 0);
  }

  /** The same envelope, moved. */
  public PixelEnvelope shifted(double rowShift, double colShift) {
    return new PixelEnvelope(fillFactor, rows, cols, centreRow + rowShift, centreCol + colShift);
  }

  /** The weight along the rows' axis at frequency k, which may lie between pixels. */
  public double row(double k) {
    return axis((k - centreRow) / rows);
  }

  /** The weight along the columns' axis at frequency l. */
  public double col(double l) {
    return axis((l - centreCol) / cols);
  }

  private double axis(double frequency) {
    double width = Math.sqrt(fillFactor);
    return fillFactor == 0 ? 1 : width * InputPlane.sinc(width * frequency);
  }
}
