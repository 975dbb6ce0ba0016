// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Finds the exposure at which a frame's brightest pixel reaches the target share of the full scale,
 * read by read: while not {@link #isDone}, read the frame with {@link #exposure} and the reference
 * blocked, and {@link #observe} what that shows. So a driver may meter many frames side by side.
 *
 * <p>The field of a frame stays at the detector until the next load, so metering costs reads, not
 * loads. A metering read bounds the largest |F| from both sides: a count of p means p ± ½ before
 * rounding, less the noise. The caller's first exposure is safe by Parseval (|F| never exceeds the
 * frame's L2 norm), and far too short where the light is spread over many pixels. So the first read
 * is as long as gives {@value #START} of the target to the brightest pixel of light that is spread
 * at random, whose power is about (ln n + 3)/n of the whole on n pixels: enough to end metering
 * with that read, and short enough for pixels forty times as bright. Should it saturate, the safe
 * exposure is next. Each further read is as long as the upper bound allows without clipping, and
 * tightens the bounds, until the exposure that follows from them is known to {@value #ACCURACY},
 * and as far as one standard deviation of the stated noise goes to {@value #NOISE_ACCURACY}, or
 * cannot become longer. With a reference of amplitude R the brightest pixel of a phase step gets
 * (|F|+R)²; reads much longer than R alone allows would only measure what hardly counts beside it,
 * in a dark frame for as long as the device can expose.
 *
 * <p>A function of one frame and its noise alone, so results do not depend on what was measured
 * before, on threads or on batches. Not thread-safe.
 */
@Experimental(since = "0.1")
public final class Metering {
  /** Reads before the best bound so far is taken. */
  private static final int MAX_READS = 8;

  private static final double ACCURACY = 0.02;

  /** As far as one standard deviation of declared noise goes. */
  private static final double NOISE_ACCURACY = 0.05;

  /** Share of the target that the first read aims at, if light is spread at random. */
  private static final double START = 0.025;

  /**
   * Longest metering read, in exposures that the reference alone allows: half a count of c is then
   * worth R/√(16c), 1.6 % of R with 8 bits.
   */
  private static final double REFERENCE_EXPOSURES = 8;

  private final Capabilities capabilities;
  private final Calibration calibration;
  private final boolean coherent;
  private final double reference;
  private final double range;
  private final double longestRead;
  private final double safe;

  private double upper = Double.POSITIVE_INFINITY;
  private double exposure;
  private double best;
  private int reads;
  private boolean done;

  /**
   * Starts to meter a frame.
   *
   * @param pixels of the frame
   * @param control the target
   * @param firstExposure seconds at which no pixel should clip; the first read may be longer
   * @param capabilities the device's
   * @param calibration the device's
   */
  public Metering(
      int pixels,
      ExposureControl control,
      double firstExposure,
      Capabilities capabilities,
      Calibration calibration) {
    this.capabilities = capabilities;
    this.calibration = calibration;
    coherent = capabilities.readout() == ReadoutMode.COHERENT;
    reference =
        capabilities.readout() == ReadoutMode.FOUR_STEP ? calibration.referenceAmplitude() : 0;
    range = AutoExposure.range(control, capabilities, calibration);
    longestRead = capabilities.clampExposure(REFERENCE_EXPOSURES * exposureFor(reference));
    safe = Math.min(capabilities.clampExposure(firstExposure), longestRead);
    double start = firstExposure * spread(pixels, coherent);
    exposure = Math.max(safe, Math.min(capabilities.clampExposure(start), longestRead));
    best = exposure;
  }

  /** How much longer than by Parseval the first read may be, if light is spread at random. */
  private static double spread(int pixels, boolean coherent) {
    double ratio = pixels / (Math.log(pixels) + 3);
    return START * (coherent ? Math.sqrt(ratio) : ratio);
  }

  /** Seconds of the read that is to be observed next, within the device's range. */
  public double exposure() {
    return exposure;
  }

  /** Whether no further read is needed. */
  public boolean isDone() {
    return done;
  }

  /** The exposure of the frame's first readout in seconds, within the device's range, once done. */
  public double result() {
    return best;
  }

  /**
   * Takes note of the read at {@link #exposure}.
   *
   * @throws DeviceException with {@link ErrorCode#ILLEGAL_STATE} if it {@link #isDone}
   */
  public void observe(PeakReader.Peak read) {
    if (done) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE,
          "this frame is metered after " + reads + " read(s); start anew for another frame");
    }
    reads++;
    done = read.saturated() > 0 ? shorten() : lengthen(read.count());
    done |= reads == MAX_READS;
  }

  /** Whether that is the end. */
  private boolean shorten() {
    upper = Double.POSITIVE_INFINITY;
    boolean shortest = exposure <= capabilities.minExposure();
    if (!shortest) {
      exposure = exposure > safe ? safe : capabilities.clampExposure(exposure / 8);
    }
    best = exposure;
    return shortest;
  }

  /** Whether the best exposure is known, or cannot be known better. */
  private boolean lengthen(float count) {
    double perUnit = calibration.sensitivity() * exposure;
    double peak = Math.max(count - calibration.blackLevel(), 0);
    upper = Math.min(upper, field((peak + 0.5) / perUnit));
    best = capabilities.clampExposure(exposureFor(upper + reference));
    // Of this read alone: the noise of a short one would pass for light ever after.
    double rounded = field(Math.max(peak - 0.5, 0) / perUnit) + reference;
    double deviation = deviation(peak, calibration.noise());
    double dimmed = field(Math.max(peak - deviation, 0) / perUnit) + reference;
    boolean known =
        best >= (1 - ACCURACY) * longest(rounded) && best >= (1 - NOISE_ACCURACY) * longest(dimmed);
    double next = Math.min(longest(upper), longestRead);
    if (known || next <= exposure * (1 + ACCURACY / 2)) {
      return true;
    }
    exposure = next;
    return false;
  }

  /** Standard deviation of a count above black. */
  private static double deviation(double count, DetectorNoise noise) {
    return Math.sqrt(noise.conversionGain() * count + noise.readNoise() * noise.readNoise());
  }

  private double field(double ratio) {
    return AutoExposure.field(ratio, coherent);
  }

  private double longest(double field) {
    return capabilities.clampExposure(exposureFor(field));
  }

  private double exposureFor(double field) {
    return AutoExposure.exposureFor(field, range, calibration, coherent);
  }
}
