// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * What a {@link TransformBatch} showed and read, over many fields. Of a transform that is composed
 * of smaller ones each small field counts. Means are over the fields that were not dark, root mean
 * square.
 *
 * @param fields how many
 * @param dark how many of them had nothing to show; they count nowhere else
 * @param clipped counts that clipped and are part of the results
 * @param minScale least magnitude that a field showed as |a| = 1; infinite if there was none
 * @param maxScale largest magnitude that a field showed as |a| = 1
 * @param rms mean over the fields of the RMS amplitude of what they showed, relative to the largest
 *     amplitude; NaN if there was none
 * @param minRms its least value; infinite if there was none
 * @param peak mean over the fields of the largest |F| at the detector relative to the RMS amplitude
 *     of what they showed, as the metered exposure tells it: an upper bound by some per cent, a
 *     lower one where counts clipped; where complex values are shown as two phases, or read by
 *     quadratures, an estimate; NaN if there was none or the device is not metered
 * @param maxPeak its largest value
 */
@Stable(since = "0.1")
public record TransformStatistics(
    long fields,
    long dark,
    long clipped,
    double minScale,
    double maxScale,
    double rms,
    double minRms,
    double peak,
    double maxPeak) {

  /** Of no fields. */
  public static TransformStatistics none() {
    return new TransformStatistics(
        0, 0, 0, Double.POSITIVE_INFINITY, 0, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, 0);
  }

  /** The statistics of these fields and others. */
  public TransformStatistics plus(TransformStatistics other) {
    return new TransformStatistics(
        fields + other.fields,
        dark + other.dark,
        clipped + other.clipped,
        Math.min(minScale, other.minScale),
        Math.max(maxScale, other.maxScale),
        mean(rms, lit(), other.rms, other.lit()),
        Math.min(minRms, other.minRms),
        mean(peak, lit(), other.peak, other.lit()),
        Math.max(maxPeak, other.maxPeak));
  }

  /** Fields that were not dark. */
  private long lit() {
    return fields - dark;
  }

  private static double mean(double a, long ofA, double b, long ofB) {
    if (ofA == 0 || ofB == 0) {
      return ofA == 0 ? b : a;
    }
    return Math.sqrt((a * a * ofA + b * b * ofB) / (ofA + ofB));
  }
}
