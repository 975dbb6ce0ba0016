// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Adds up {@link TransformStatistics}, without allocating. Not thread-safe. */
final class StatisticsCounter {
  private long fields;
  private long dark;
  private long clipped;
  private double minScale;
  private double maxScale;
  private double power;
  private double minRms;
  private double peakPower;
  private double maxPeak;

  StatisticsCounter() {
    reset();
  }

  private void reset() {
    fields = 0;
    dark = 0;
    clipped = 0;
    minScale = Double.POSITIVE_INFINITY;
    maxScale = 0;
    power = 0;
    minRms = Double.POSITIVE_INFINITY;
    peakPower = 0;
    maxPeak = 0;
  }

  void countDark() {
    fields++;
    dark++;
  }

  /**
   * @param scale magnitude shown as 1
   * @param rms of the amplitudes shown
   * @param peak largest |F| over the RMS |F|, NaN if it is not known
   */
  void count(double scale, double rms, double peak) {
    fields++;
    minScale = Math.min(minScale, scale);
    maxScale = Math.max(maxScale, scale);
    power += rms * rms;
    minRms = Math.min(minRms, rms);
    peakPower += peak * peak;
    maxPeak = Math.max(maxPeak, peak);
  }

  void countClipped(long counts) {
    clipped += counts;
  }

  /** What was counted since this was last asked. */
  TransformStatistics take() {
    long lit = fields - dark;
    TransformStatistics taken =
        new TransformStatistics(
            fields,
            dark,
            clipped,
            minScale,
            maxScale,
            lit == 0 ? Double.NaN : Math.sqrt(power / lit),
            minRms,
            lit == 0 ? Double.NaN : Math.sqrt(peakPower / lit),
            maxPeak);
    reset();
    return taken;
  }
}
