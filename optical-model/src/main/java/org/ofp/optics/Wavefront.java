// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.Arrays;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * A static phase over an aperture in radians: Zernike terms on the circular pupil, or a measured
 * map stretched over the active area. Immutable.
 */
public final class Wavefront {
  private static final Wavefront FLAT = new Wavefront(new double[Zernike.TERMS], null);

  /** What holds terms, well-formed or not; a file's name has other characters. */
  private static final String TERMS = "[-+.,:eE0-9]*:[-+.,:eE0-9]*";

  private final double[] rms;
  private final double[][] map;

  private Wavefront(double[] rms, double[][] map) {
    this.rms = rms;
    this.map = map;
  }

  /** No error. */
  public static Wavefront flat() {
    return FLAT;
  }

  /**
   * Zernike terms.
   *
   * @param rms radians RMS over the pupil, by OSA/ANSI index
   */
  public static Wavefront zernike(double[] rms) {
    return new Wavefront(Arrays.copyOf(rms, Zernike.TERMS), null);
  }

  /**
   * Reads an option: {@code INDEX:RMS,INDEX:RMS…}, or the name of a text file with a map in
   * radians, the first line along the top row.
   */
  static Wavefront parse(String option, String text) {
    if (!text.matches(TERMS)) {
      double[][] map = NumberTable.read(option, text);
      if (map.length < 2 || map[0].length < 2) {
        throw invalid(option, text, "a map needs at least two rows and two columns");
      }
      return new Wavefront(FLAT.rms, map);
    }
    double[] rms = new double[Zernike.TERMS];
    for (String term : text.split(",", -1)) {
      int colon = term.indexOf(':');
      double index = NumberTable.number(term.substring(0, Math.max(colon, 0)));
      if (!(index >= 0 && index < Zernike.TERMS && index == Math.rint(index))) {
        throw invalid(
            option,
            text,
            "'" + term + "' is no INDEX:RMS with an index from 0 to " + (Zernike.TERMS - 1));
      }
      double value = NumberTable.number(term.substring(colon + 1));
      if (!(Math.abs(value) <= 1e6)) {
        throw invalid(
            option, text, "'" + term + "' has no number from -1e6 to 1e6 rad RMS after its colon");
      }
      rms[(int) index] += value;
    }
    return zernike(rms);
  }

  private static DeviceException invalid(String option, String text, String why) {
    return new DeviceException(
        ErrorCode.INVALID_OPTION,
        "option " + option + " = '" + NumberTable.abbreviated(text) + "': " + why);
  }

  /** Whether there is no error at all. */
  public boolean isFlat() {
    return map == null && Arrays.stream(rms).allMatch(v -> v == 0);
  }

  /**
   * The phase at a point.
   *
   * @param x position over the columns in pupil radii, from the axis
   * @param y position over the rows
   * @param u position over the columns of the active area, 0 (left edge) to 1
   * @param v position over the rows
   * @return radians
   */
  public double phase(double x, double y, double u, double v) {
    double phase = map == null ? 0 : interpolated(u, v);
    for (int j = 0; j < rms.length; j++) {
      if (rms[j] != 0) {
        phase += rms[j] * Zernike.value(j, x, y);
      }
    }
    return phase;
  }

  /** Bilinear; each number stands for the middle of its share of the active area. */
  private double interpolated(double u, double v) {
    double row = Math.max(0, Math.min(map.length - 1, v * map.length - 0.5));
    double col = Math.max(0, Math.min(map[0].length - 1, u * map[0].length - 0.5));
    int r = Math.min((int) row, map.length - 2);
    int c = Math.min((int) col, map[0].length - 2);
    double a = row - r;
    double b = col - c;
    return (1 - a) * ((1 - b) * map[r][c] + b * map[r][c + 1])
        + a * ((1 - b) * map[r + 1][c] + b * map[r + 1][c + 1]);
  }
}
