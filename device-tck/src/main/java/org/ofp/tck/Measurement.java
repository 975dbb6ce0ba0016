// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Collections;
import java.util.List;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.ReadoutMode;

/**
 * Measures the spectrum of one frame and says how far off the result may be.
 *
 * <p>The tolerance is not chosen but follows from what the device declares and from its noise as
 * measured; everything is an L2 norm over the whole array, in the units of F (or of |F|²):
 *
 * <ul>
 *   <li><b>Modulator.</b> With b bits a pixel is within half a step of what was asked for:
 *       ½/(2^b−1) in amplitude, |a|·π/2^b in phase. The unitary DFT keeps the norm of that error.
 *       The description's {@code field-error}, if there is one, adds its share of the frame's norm.
 *   <li><b>Converter.</b> Each count is within ½ of what reached it.
 *   <li><b>Noise.</b> The frame is read {@value #REPEATS} times. The error of the mean has the norm
 *       √(Σs²/n); the tolerance is Student's t times that. Were one pixel to carry all the noise, t
 *       would be exact; with the noise spread over pixels, correlated or not, the norm fluctuates
 *       less and the false-alarm rate is lower.
 *   <li><b>Arithmetic.</b> {@value #FLOAT_ERROR} of the norm, the accuracy asked of the float API,
 *       and the rounding of the counts as floats.
 * </ul>
 *
 * <p>A field error d becomes at most 2·max|F|·d + d² in the intensities.
 *
 * <p>False alarms: a run compares fewer than {@value #COMPARISONS} noisy results, each with a
 * probability of {@value #FALSE_ALARMS}/{@value #COMPARISONS} to exceed its tolerance by chance.
 */
final class Measurement {
  static final int REPEATS = 32;
  private static final double FALSE_ALARMS = 1e-6;
  private static final int COMPARISONS = 100;
  static final double T = StudentT.twoSided(REPEATS - 1, FALSE_ALARMS / COMPARISONS);
  private static final double FLOAT_ERROR = 1e-5;

  /** Counts in a job, so that full frames of large devices do not need gigabytes. */
  private static final int JOB_COUNTS = 1 << 22;

  private final Bench bench;
  private final TestFrame frame;
  private final double exposure;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final double[] mean;
  private final double[] squares;
  private int taken;
  private double largestCount;

  Measurement(Bench bench, TestFrame frame, double exposure) {
    this.bench = bench;
    this.frame = frame;
    this.exposure = exposure;
    capabilities = bench.capabilities();
    calibration = bench.calibration();
    int values = (bench.readsFields() ? 2 : 1) * frame.shape().pixels();
    mean = new double[values];
    squares = new double[values];
  }

  Spectrum take() {
    int repeats = bench.repeats();
    int readouts = bench.readouts(exposure).size();
    int perFrame = readouts * capabilities.readout().planes() * frame.shape().pixels();
    int perJob = Math.max(1, Math.min(repeats, JOB_COUNTS / perFrame));
    long id = bench.newId();
    for (int first = 0; first < repeats; first += perJob) {
      int n = Math.min(perJob, repeats - first);
      List<TestFrame> frames = Collections.nCopies(n, frame);
      FrameSequence sequence = bench.sequence(frames, bench.readouts(exposure));
      for (int i = 0; i < n; i++) {
        sequence.identify(i, id, first + i);
      }
      bench.run(sequence);
      for (int i = 0; i < n; i++) {
        add(bench.counts(sequence, i));
      }
    }
    return result();
  }

  /** What the reads so far say. */
  Spectrum result() {
    return new Spectrum(frame.shape(), mean, tolerance(taken));
  }

  /** Adds one read of the frame: Welford's update of mean and sum of squares. */
  void add(float[] counts) {
    for (float count : counts) {
      largestCount = Math.max(largestCount, Math.abs(count));
    }
    double[] values = decode(counts);
    taken++;
    for (int i = 0; i < values.length; i++) {
      double step = values[i] - mean[i];
      mean[i] += step / taken;
      squares[i] += step * (values[i] - mean[i]);
    }
  }

  /** Counts in the units of F, by the definitions of {@link Calibration}. */
  private double[] decode(float[] counts) {
    int pixels = frame.shape().pixels();
    double[] values = new double[mean.length];
    double unit = unit();
    for (int i = 0; i < pixels; i++) {
      switch (capabilities.readout()) {
        case COHERENT -> {
          values[2 * i] = unit * (counts[i] - calibration.blackLevel());
          values[2 * i + 1] = unit * (counts[pixels + i] - calibration.blackLevel());
        }
        case FOUR_STEP -> {
          values[2 * i] = unit * (counts[i] - counts[2 * pixels + i]);
          values[2 * i + 1] = unit * (counts[pixels + i] - counts[3 * pixels + i]);
        }
        case INTENSITY -> values[i] = unit * (counts[i] - calibration.blackLevel());
      }
    }
    return values;
  }

  /** What one count is worth in the units of the spectrum. */
  private double unit() {
    double unit = 1 / (calibration.sensitivity() * exposure);
    return capabilities.readout() == ReadoutMode.FOUR_STEP
        ? unit / (4 * calibration.visibility() * calibration.referenceAmplitude())
        : unit;
  }

  /** How far off a single read may be. */
  double toleranceOfOne() {
    return tolerance(1);
  }

  /** How far off the mean of {@code reads} reads may be. */
  private double tolerance(int reads) {
    // A four-step value is a difference of two counts.
    double countsPerValue = capabilities.readout() == ReadoutMode.FOUR_STEP ? 2 : 1;
    double perCount = (capabilities.adcBits() == 0 ? 0 : 0.5) + Math.ulp((float) largestCount);
    double converter = countsPerValue * perCount * unit() * Math.sqrt(mean.length);
    double variance = 0;
    for (double square : squares) {
      variance += square;
    }
    double noise = taken == 1 ? 0 : T * Math.sqrt(variance / (taken - 1) / reads);
    return converter + noise + FLOAT_ERROR * bench.expected(frame).norm() + modulator();
  }

  private double modulator() {
    double error =
        displayError(frame, capabilities)
            + FieldError.of(bench.description()) * Math.sqrt(frame.energy());
    return bench.readsFields() ? error : 2 * Bench.peak(frame) * error + error * error;
  }

  /** L2 norm by which quantised drives may miss a frame. */
  static double displayError(TestFrame frame, Capabilities capabilities) {
    FrameShape shape = frame.shape();
    double amplitudeStep =
        capabilities.amplitudeBits() == 0 ? 0 : 0.5 / ((1L << capabilities.amplitudeBits()) - 1);
    double phaseStep =
        capabilities.phaseBits() == 0 ? 0 : Math.PI / (1L << capabilities.phaseBits());
    double sum = 0;
    for (int i = 0; i < shape.pixels(); i++) {
      double magnitude = Math.hypot(frame.amplitudes()[2 * i], frame.amplitudes()[2 * i + 1]);
      sum += Math.pow(amplitudeStep + phaseStep * magnitude, 2);
    }
    return Math.sqrt(sum);
  }
}
