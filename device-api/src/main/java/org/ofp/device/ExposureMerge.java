// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Arrays;

/**
 * Several exposures of a frame → one: pixel by pixel the mean of the exposures in which none of the
 * pixel's counts is saturated, weighted by the inverse of their variances.
 *
 * <p>By {@link DetectorNoise} a count n above black has the variance {@code K·n + σ²}. A quadrature
 * is proportional to the counts over the exposure t, so its variance at t is proportional to
 *
 * <pre>  (K·Σn + m·σ²)/t²      Σn over the m counts of the pixel: four steps, or I and Q </pre>
 *
 * <p>Σn is taken from the longest exposure that is not saturated and scaled to t: taken from each
 * exposure by itself, its noise would favour whatever came out dark. Without knowledge of the noise
 * the weight is t². A pixel that every exposure saturates has the shortest. Robertson, Borman,
 * Stevenson, <i>Journal of Electronic Imaging</i> 12(2), 2003, derive such weights.
 *
 * <p>Immutable, safe for use by several threads.
 */
final class ExposureMerge {
  private final CountSteps counts;
  private final int exposures;
  private final float black;
  private final float fullScale;
  private final float conversionGain;
  private final float readVariance;

  ExposureMerge(CountSteps counts, Calibration calibration, int exposures) {
    this.counts = counts;
    this.exposures = exposures;
    black = (float) calibration.blackLevel();
    fullScale = (float) calibration.fullScale();
    DetectorNoise noise = calibration.noise();
    conversionGain = (float) noise.conversionGain();
    readVariance = (float) (counts.steps() * noise.readNoise() * noise.readNoise());
  }

  /** Arrays of a run's length that {@link #add} needs. */
  int workRuns() {
    return counts.steps() + 6;
  }

  /**
   * Adds a multiple of a run of pixels of a frame, as if they had been exposed for 1 s.
   *
   * @param multiple what the frame counts for
   * @param first first pixel of the run
   * @param n its pixels
   * @param re the quadratures are added here …
   * @param im … and here
   * @param work {@link #workRuns()} arrays
   */
  void add(
      FrameSequence sequence,
      int frame,
      double multiple,
      int first,
      int n,
      float[] re,
      float[] im,
      float[][] work) {
    float perSecond = (float) (1 / sequence.exposure(frame, 0));
    float worth = (float) (multiple / sequence.exposure(frame, 0));
    if (exposures == 1) {
      counts.read(sequence, frame, 0, first, n, work);
      counts.toQuadratures(work, n);
      addMultiple(re, work[0], worth, n);
      addMultiple(im, work[1], worth, n);
      return;
    }
    int steps = counts.steps();
    float[] weights = work[steps];
    float[] sumRe = work[steps + 1];
    float[] sumIm = work[steps + 2];
    Arrays.fill(weights, 0, n, 0f);
    Arrays.fill(sumRe, 0, n, 0f);
    Arrays.fill(sumIm, 0, n, 0f);
    for (int e = exposures - 1; e >= 0; e--) {
      float relative = (float) (perSecond * sequence.exposure(frame, counts.readout(e)));
      counts.read(sequence, frame, e, first, n, work);
      // What the shortest exposure does not have, none has.
      addExposure(work, n, relative, e == 0);
    }
    for (int j = 0; j < n; j++) {
      float factor = worth / weights[j];
      re[j] += factor * sumRe[j];
      im[j] += factor * sumIm[j];
    }
  }

  private static void addMultiple(float[] sum, float[] what, float factor, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += factor * what[j];
    }
  }

  /**
   * Adds an exposure to the sums, where it is not saturated.
   *
   * @param relative its length over the shortest one's
   * @param last whether pixels that have nothing yet get it in any case
   */
  private void addExposure(float[][] work, int n, float relative, boolean last) {
    int steps = counts.steps();
    float[] weights = work[steps];
    float[] sumRe = work[steps + 1];
    float[] sumIm = work[steps + 2];
    float[] rate = work[steps + 3];
    float[] light = work[steps + 4];
    float[] peak = work[steps + 5];
    Arrays.fill(light, 0, n, -steps * black);
    Arrays.fill(peak, 0, n, 0f);
    for (int s = 0; s < steps; s++) {
      addMagnitudes(work[s], light, peak, n);
    }
    counts.toQuadratures(work, n);
    float[] re = work[0];
    float[] im = work[1];
    for (int j = 0; j < n; j++) {
      boolean first = weights[j] == 0;
      if (peak[j] < fullScale || (last && first)) {
        // Noise may make the light negative in the dark.
        rate[j] = first ? Math.max(light[j], 0) / relative : rate[j];
        float variance = conversionGain * rate[j] * relative + readVariance;
        float weight = variance > 0 ? relative / variance : relative;
        weights[j] += relative * weight;
        sumRe[j] += weight * re[j];
        sumIm[j] += weight * im[j];
      }
    }
  }

  private static void addMagnitudes(float[] counts, float[] sum, float[] peak, int n) {
    for (int j = 0; j < n; j++) {
      float magnitude = Math.abs(counts[j]);
      sum[j] += magnitude;
      peak[j] = Math.max(peak[j], magnitude);
    }
  }
}
