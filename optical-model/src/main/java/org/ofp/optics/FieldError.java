// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import org.ofp.device.Calibration;
import org.ofp.device.DetectorFrame;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;

/**
 * How far a bench's optics depart from the ideal transform: the relative L2 error of the field of
 * random frames, without noise and quantisation, against their unitary DFT in the calibration's
 * scale. It is what a simulated device declares by rule C8 of the contract. Stateless.
 */
public final class FieldError {
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

  /** The transform that an ideal bench makes. */
  @FunctionalInterface
  public interface UnitaryDft {
    /**
     * Replaces a frame by its DFT with origin [0,0] and scaling 1/√(rows·cols).
     *
     * @param frame interleaved, {@code 2·rows·cols} values
     */
    void forward(float[] frame, int rows, int cols);
  }

  /**
   * The error, with a margin.
   *
   * @param open opens the simulated device of a bench, {@link BenchParameters#noiseless}; it is
   *     closed again
   * @param dft the ideal transform
   * @return 0 for ideal optics, at most {@value #MOST}
   */
  public static double of(
      BenchParameters bench, Function<BenchParameters, OpticalFourierDevice> open, UnitaryDft dft) {
    BenchParameters optics = bench.noiseless();
    FrameShape full = bench.frame();
    // A full frame beyond that would cost seconds at every opening.
    boolean small = Math.max(full.rows(), full.cols()) <= LARGEST;
    double worst = 0;
    try (OpticalFourierDevice device = open.apply(optics)) {
      if (small) {
        worst = measure(optics, device, full, dft);
      }
      for (int side : WINDOWS) {
        if (bench.windows() || !small) {
          FrameShape window =
              new FrameShape(Math.min(side, full.rows()), Math.min(side, full.cols()));
          worst = Math.max(worst, measure(optics, device, window, dft));
        }
      }
    }
    // What is left of the frame before, which random frames differ from by √2.
    double settle = bench.slm().settle();
    double left = settle == 0 ? 0 : Math.sqrt(2) * Math.exp(-bench.slm().framePeriod() / settle);
    double error = Math.hypot(worst, left);
    return error < NEGLIGIBLE ? 0 : Math.min(MARGIN * error, MOST);
  }

  private static double measure(
      BenchParameters bench, OpticalFourierDevice device, FrameShape shape, UnitaryDft dft) {
    float[] frame = new float[2 * shape.pixels()];
    fill(frame, bench.slm().modulation());
    device.load(SlmFrame.of(shape, frame.clone(), 0));
    device.transform();
    double[] seen = seen(bench, device, shape);
    dft.forward(frame, shape.rows(), shape.cols());
    LensFactors lens = LensFactors.ideal(shape);
    boolean intensity = bench.readout() == ReadoutMode.INTENSITY;
    double error = 0;
    double power = 0;
    for (int i = 0; i < shape.pixels(); i++) {
      int row = Math.floorMod(i / shape.cols() - shape.axisRow(), shape.rows());
      int col = Math.floorMod(i % shape.cols() - shape.axisCol(), shape.cols());
      int bin = 2 * (row * shape.cols() + col);
      double re = frame[bin] * lens.re(row, col) - frame[bin + 1] * lens.im(row, col);
      double im = frame[bin] * lens.im(row, col) + frame[bin + 1] * lens.re(row, col);
      double idealRe = intensity ? Math.hypot(re, im) : re;
      double idealIm = intensity ? 0 : im;
      error += square(seen[2 * i] - idealRe) + square(seen[2 * i + 1] - idealIm);
      power += square(re) + square(im);
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
  private static double[] seen(
      BenchParameters bench, OpticalFourierDevice device, FrameShape shape) {
    int n = shape.pixels();
    Calibration calibration = bench.calibration();
    double exposure = bench.sensor().exposure();
    double scale = calibration.sensitivity() * exposure;
    List<Readout> readouts = FourierTransformer.readouts(bench.readout(), exposure);
    int planes = bench.readout().planes();
    float[][] counts = new float[readouts.size()][planes * n];
    for (int r = 0; r < counts.length; r++) {
      device.read(
          readouts.get(r), new DetectorFrame(shape, planes, FloatBuffer.wrap(counts[r]), 0));
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
