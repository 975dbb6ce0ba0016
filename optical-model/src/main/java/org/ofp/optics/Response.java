// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * What a modulator channel shows for a drive: a gamma curve, or a measured table with equidistant
 * drives and linear interpolation. Immutable.
 */
public final class Response {
  private static final Response LINEAR = new Response(1, null);

  private final double gamma;
  private final double[] table;

  private Response(double gamma, double[] table) {
    this.gamma = gamma;
    this.table = table;
  }

  /** Shows the drive itself. */
  public static Response linear() {
    return LINEAR;
  }

  /** Shows drive^gamma. */
  public static Response gamma(double gamma) {
    return gamma == 1 ? LINEAR : new Response(gamma, null);
  }

  /**
   * Shows what was measured.
   *
   * @param values for drives 0 to 1 in equal steps, at least two, each in [0, 1]
   */
  static Response table(double[] values) {
    return new Response(1, values.clone());
  }

  /** Whether the drive is shown as it is. */
  public boolean isLinear() {
    return table == null && gamma == 1;
  }

  /** The exponent of a gamma curve; 1 for a table. */
  public double gamma() {
    return gamma;
  }

  /** A copy of what was measured for drives 0 to 1 in equal steps; null for a gamma curve. */
  public double[] table() {
    return table == null ? null : table.clone();
  }

  /**
   * What is shown.
   *
   * @param drive clamped to [0, 1]
   */
  public double apply(double drive) {
    double x = Math.max(0, Math.min(1, drive));
    if (table == null) {
      return gamma == 1 ? x : Math.pow(x, gamma);
    }
    double place = x * (table.length - 1);
    int cell = Math.min((int) place, table.length - 2);
    return table[cell] + (place - cell) * (table[cell + 1] - table[cell]);
  }
}
