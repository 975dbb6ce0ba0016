// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import java.util.List;
import org.ofp.device.Calibration;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CounterRandom;

/**
 * How far the bench's optics depart from the ideal transform: the relative L2 error of the field of
 * random frames, without noise and quantisation, against their unitary DFT in the calibration's
 * scale. It is what the device declares by rule C8 of the contract.
 */
final class FieldError {
  /** Windows that are tried besides the full frame, or for one that is too large. */
  private static final int[] WINDOWS = {8, 32};

  /** The full frame is tried up to so many pixels a side. */
  private static final int LARGEST = 256;

  /** The error of other frames may be larger than that of those tried. */
  private static final double MARGIN = 1.5;

  /** The contract's bound. */
  private static final double MOST = 0.49;

  /** What float arithmetic leaves. */
  private static final double NEGLIGIBLE = 1e-5;

  private FieldError() {}

  /** The error, with a margin; 0 for ideal optics, at most {@value #MOST}. */
  static double of(BenchParameters bench, FftKernel fft) {
    BenchParameters optics = bench.noiseless();
    FrameShape full = bench.frame();
    // A full frame beyond that would cost seconds at every opening.
    boolean small = Math.max(full.rows(), full.cols()) <= LARGEST;
    double worst = small ? measure(optics, full, fft) : 0;
    if (bench.windows() || !small) {
      for (int side : WINDOWS) {
        FrameShape window =
            new FrameShape(Math.min(side, full.rows()), Math.min(side, full.cols()));
        worst = Math.max(worst, measure(optics, window, fft));
      }
    }
    // What is left of the frame before, which random frames differ from by √2.
    double settle = bench.slm().settle();
    double left = settle == 0 ? 0 : Math.sqrt(2) * Math.exp(-bench.slm().framePeriod() / settle);
    double error = Math.hypot(worst, left);
    return error < NEGLIGIBLE ? 0 : Math.min(MARGIN * error, MOST);
  }

  private static double measure(BenchParameters bench, FrameShape shape, FftKernel fft) {
    int n = shape.pixels();
    Workbench workbench = new Workbench(shape, 1);
    float[] frame = workbench.frames();
    fill(frame, bench.slm().modulation());
    float[] re = new float[n];
    float[] im = new float[n];
    CentredLens.ideal(shape, fft).propagate(frame, 0, workbench.lanes(), re, im);
    Stages stages = Stages.of(bench, shape, fft);
    stages.modulator().modulate(frame, 1, true, null, workbench.lanes());
    stages.path().illuminate(workbench, frame, 0, 1);
    workbench.turnTo(0);
    double[] seen = seen(bench, stages, workbench);
    double error = 0;
    double power = 0;
    boolean intensity = bench.readout() == ReadoutMode.INTENSITY;
    for (int i = 0; i < n; i++) {
      double idealRe = intensity ? Math.hypot(re[i], im[i]) : re[i];
      double idealIm = intensity ? 0 : im[i];
      error += square(seen[2 * i] - idealRe) + square(seen[2 * i + 1] - idealIm);
      power += square(re[i]) + square(im[i]);
    }
    return Math.sqrt(error / power);
  }

  /** Random amplitudes that the modulation can show. */
  private static void fill(float[] frame, Modulation modulation) {
    long key = CounterRandom.key(0, 0, 0, 0, 0);
    for (int i = 0; i < frame.length; i += 2) {
      double uniform = CounterRandom.uniform(key, i);
      double magnitude = modulation == Modulation.PHASE_ONLY ? 1 : uniform;
      double turns = CounterRandom.uniform(key, i + 1);
      double phase = modulation == Modulation.AMPLITUDE_ONLY ? 0 : 2 * Math.PI * turns;
      frame[i] = (float) (magnitude * Math.cos(phase));
      frame[i + 1] = (float) (magnitude * Math.sin(phase));
    }
  }

  /**
   * The field (the magnitude, for an intensity readout) that the calibration makes of the reads.
   */
  private static double[] seen(BenchParameters bench, Stages stages, Workbench workbench) {
    int n = workbench.shape().pixels();
    Calibration calibration = bench.calibration();
    double exposure = bench.sensor().exposure();
    double scale = calibration.sensitivity() * exposure;
    List<Readout> readouts = FourierTransformer.readouts(bench.readout(), exposure);
    float[][] counts = new float[readouts.size()][bench.readout().planes() * n];
    for (int r = 0; r < counts.length; r++) {
      stages.read(workbench, readouts.get(r), 1, FloatBuffer.wrap(counts[r]), 0);
      workbench.elapse(stages.reads().seconds(readouts.get(r)));
    }
    double[] seen = new double[2 * n];
    for (int i = 0; i < n; i++) {
      switch (bench.readout()) {
        case COHERENT -> {
          seen[2 * i] = counts[0][i] / scale;
          seen[2 * i + 1] = counts[0][n + i] / scale;
        }
        case FOUR_STEP -> {
          double fringe = 4 * scale * calibration.visibility() * calibration.referenceAmplitude();
          seen[2 * i] = (counts[0][i] - counts[2][i]) / fringe;
          seen[2 * i + 1] = (counts[1][i] - counts[3][i]) / fringe;
        }
        default ->
            seen[2 * i] = Math.sqrt(Math.max(0, counts[0][i] - calibration.blackLevel()) / scale);
      }
    }
    return seen;
  }

  private static double square(double x) {
    return x * x;
  }
}
