// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A bench with optics of its own, by the definition and in double precision: the diffraction sum
 * over coordinates from the axis, with a lens's factor 1/i. Only the six verbs; no code shared with
 * the simulator or with {@link Centring}.
 */
final class TestBench implements OpticalFourierDevice {
  static final double SENSITIVITY = 1000;
  static final double REFERENCE = 1.3;
  static final double VISIBILITY = 0.9;

  private final DeviceDescription description;
  final List<Double> exposures = new ArrayList<>();
  int loads;
  double lastPeak;
  private double[] shown;
  private double[] field;
  private FrameShape shape;
  private long id;
  boolean closed;

  /** A bench without ADC: counts are as exact as floats are. */
  static TestBench analogue(ReadoutMode mode, BufferKind buffers) {
    return new TestBench(mode, 0, buffers, 0);
  }

  TestBench(ReadoutMode mode, int adcBits, BufferKind buffers, double blackLevel) {
    description =
        new DeviceDescription(
            "test",
            "test bench",
            "test 1",
            new Capabilities(
                new FrameShape(64, 64),
                true,
                Modulation.COMPLEX,
                0,
                0,
                mode,
                adcBits,
                1e-9,
                1e9,
                1,
                0,
                0,
                Determinism.NOISELESS,
                buffers,
                API_LEVEL),
            new Calibration(
                "test-calibration",
                SENSITIVITY,
                REFERENCE,
                VISIBILITY,
                blackLevel,
                adcBits == 0
                    ? Double.POSITIVE_INFINITY
                    : mode == ReadoutMode.COHERENT
                        ? (1L << (adcBits - 1)) - 1
                        : (1L << adcBits) - 1),
            List.of());
  }

  @Override
  public DeviceDescription description() {
    return description;
  }

  @Override
  public void load(SlmFrame frame) {
    FrameChecks.requireAdmissible(frame, description.capabilities());
    shape = frame.shape();
    shown = new double[2 * shape.pixels()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = frame.amplitudes().get(frame.offset() + i);
    }
    id = frame.id();
    field = null;
    loads++;
  }

  @Override
  public void transform() {
    int rows = shape.rows();
    int cols = shape.cols();
    double[] half = new double[shown.length];
    for (int r = 0; r < rows; r++) {
      diffract(shown, half, 2 * r * cols, 2, cols);
    }
    double[] full = new double[shown.length];
    for (int c = 0; c < cols; c++) {
      diffract(half, full, 2 * c, 2 * cols, rows);
    }
    field = new double[shown.length];
    for (int i = 0; i < field.length; i += 2) { // (x + iy)/i = y − ix
      field[i] = full[i + 1];
      field[i + 1] = -full[i];
    }
  }

  private static void diffract(double[] in, double[] out, int at, int stride, int n) {
    int axis = n / 2;
    for (int m = 0; m < n; m++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        double angle = -2 * Math.PI * (m - axis) * (j - axis) / n;
        double x = in[at + j * stride];
        double y = in[at + j * stride + 1];
        re += x * Math.cos(angle) - y * Math.sin(angle);
        im += x * Math.sin(angle) + y * Math.cos(angle);
      }
      out[at + m * stride] = re / Math.sqrt(n);
      out[at + m * stride + 1] = im / Math.sqrt(n);
    }
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    Capabilities capabilities = description.capabilities();
    readout.requireWithin(capabilities);
    exposures.add(readout.exposure());
    double k = SENSITIVITY * readout.exposure() * readout.gain();
    int pixels = shape.pixels();
    int saturated = 0;
    lastPeak = 0;
    for (int i = 0; i < pixels; i++) {
      double re = field[2 * i];
      double im = field[2 * i + 1];
      if (capabilities.readout() == ReadoutMode.COHERENT) {
        saturated += put(into, i, k * re) + put(into, pixels + i, k * im);
      } else {
        double intensity = re * re + im * im;
        if (readout.referenceOn()) {
          double phase = Math.atan2(im, re) - readout.referencePhase();
          intensity +=
              REFERENCE * REFERENCE
                  + 2 * VISIBILITY * REFERENCE * Math.hypot(re, im) * Math.cos(phase);
        }
        saturated += put(into, i, k * intensity + description.calibration().blackLevel());
      }
    }
    into.describe(id, 0, readout.exposure(), readout.gain(), saturated, "test-calibration", 0);
  }

  private int put(DetectorFrame into, int i, double count) {
    double max = description.calibration().fullScale();
    double dn = description.capabilities().adcBits() == 0 ? count : Math.rint(count);
    lastPeak = Math.max(lastPeak, Math.abs(dn));
    into.counts().put(into.offset() + i, (float) Math.max(-max, Math.min(max, dn)));
    return Math.abs(dn) > max ? 1 : 0;
  }

  @Override
  public Telemetry telemetry() {
    return new Telemetry(loads, exposures.size(), 0, Duration.ZERO);
  }

  @Override
  public void close() {
    closed = true;
  }
}
