// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A bench with optics of its own, by the definition and in double precision: the diffraction sum
 * over coordinates from the axis, with a lens's factor 1/i. Only the six verbs; no code shared with
 * the simulator or with {@link Centring}.
 */
public final class TestBench implements OpticalFourierDevice {
  static final double SENSITIVITY = 1000;
  static final double REFERENCE = 1.3;
  static final double VISIBILITY = 0.9;

  private final DeviceDescription description;
  final List<Double> exposures = new ArrayList<>();

  /** Frames in the order in which they were loaded: id and repeat. */
  public final List<List<Long>> shownIds = new ArrayList<>();

  /** The shading that the optics have, whatever the calibration says. */
  Shading shading = Shading.none();

  /** The noise that the sensor has, whatever the calibration says. */
  DetectorNoise noise = DetectorNoise.unknown();

  int loads;
  long clipped;
  double lastPeak;
  private double[] shown;
  private double[] field;
  private FrameShape shape;
  private long id;
  private int repeat;
  private Random random = new Random(0);
  public boolean closed;

  /** A bench without ADC: counts are as exact as floats are. */
  public static TestBench analogue(ReadoutMode mode, BufferKind buffers) {
    return new TestBench(mode, 0, buffers, 0);
  }

  public TestBench(ReadoutMode mode, int adcBits, BufferKind buffers, double blackLevel) {
    this(
        capabilities(new FrameShape(64, 64), true, Modulation.COMPLEX, mode, adcBits, buffers),
        calibration(mode, adcBits, blackLevel, DetectorNoise.unknown(), Shading.none()));
  }

  TestBench(Capabilities capabilities, Calibration calibration) {
    description =
        new DeviceDescription("test", "test bench", "test 1", capabilities, calibration, List.of());
  }

  /** A bench whose counts are exact, without windows or of another size. */
  static TestBench ofFrames(FrameShape max, boolean windows, Modulation modulation) {
    return ofFrames(max, windows, modulation, ReadoutMode.COHERENT, BufferKind.HEAP);
  }

  static TestBench ofFrames(
      FrameShape max, boolean windows, Modulation modulation, ReadoutMode mode, BufferKind kind) {
    return new TestBench(
        capabilities(max, windows, modulation, mode, 0, kind),
        calibration(mode, 0, 0, DetectorNoise.unknown(), Shading.none()));
  }

  static Capabilities capabilities(
      FrameShape max,
      boolean windows,
      Modulation modulation,
      ReadoutMode mode,
      int adcBits,
      BufferKind buffers) {
    return capabilities(
        max, windows, modulation, mode, adcBits, buffers, 1e-9, 1e9, Determinism.NOISELESS);
  }

  static Capabilities capabilities(
      FrameShape max,
      boolean windows,
      Modulation modulation,
      ReadoutMode mode,
      int adcBits,
      BufferKind buffers,
      double minExposure,
      double maxExposure,
      Determinism determinism) {
    return new Capabilities(
        max,
        windows,
        modulation,
        switch (modulation) {
          case COMPLEX -> ComplexEncoding.DIRECT;
          case PHASE_ONLY -> ComplexEncoding.DOUBLE_PHASE;
          case AMPLITUDE_ONLY -> ComplexEncoding.NONE;
        },
        0,
        0,
        mode,
        adcBits,
        minExposure,
        maxExposure,
        Math.max(minExposure, Math.min(maxExposure, 1)),
        0,
        0,
        determinism,
        buffers,
        EnergyUse.unknown(),
        API_LEVEL);
  }

  static Calibration calibration(
      ReadoutMode mode, int adcBits, double blackLevel, DetectorNoise noise, Shading shading) {
    double fullScale = (1L << (mode == ReadoutMode.COHERENT ? adcBits - 1 : adcBits)) - 1;
    return new Calibration(
        "test-calibration",
        SENSITIVITY,
        REFERENCE,
        VISIBILITY,
        blackLevel,
        adcBits == 0 ? Double.POSITIVE_INFINITY : fullScale,
        noise,
        shading);
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
      double weight =
          illumination(i / 2 / shape.cols(), shape.rows())
              * illumination(i / 2 % shape.cols(), shape.cols());
      shown[i] = frame.amplitudes().get(frame.offset() + i) * weight;
    }
    id = frame.id();
    repeat = frame.repeat();
    random = new Random(31 * id + repeat);
    shownIds.add(List.of(id, (long) repeat));
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
      double weight = envelope(i / 2 / cols, rows) * envelope(i / 2 % cols, cols);
      field[i] = weight * full[i + 1];
      field[i + 1] = -weight * full[i];
    }
  }

  /**
   * Illumination and the integration over detector pixels, as they weigh the modulator's pixels.
   */
  private double illumination(int pixel, int n) {
    double distance = pixel - n / 2;
    return sinc(Math.sqrt(shading.sensorFillFactor()) * distance / n)
        * Math.exp(-Math.pow(distance / shading.beamWaist(), 2));
  }

  /** Diffraction of a modulator's pixel, as it weighs the detector's. */
  private double envelope(int pixel, int n) {
    return sinc(Math.sqrt(shading.slmFillFactor()) * (pixel - n / 2) / n);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
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
        saturated += put(into, i, noisy(k * re)) + put(into, pixels + i, noisy(k * im));
      } else {
        double intensity = re * re + im * im;
        if (readout.referenceOn()) {
          double phase = Math.atan2(im, re) - readout.referencePhase();
          intensity +=
              REFERENCE * REFERENCE
                  + 2 * VISIBILITY * REFERENCE * Math.hypot(re, im) * Math.cos(phase);
        }
        saturated += put(into, i, noisy(k * intensity) + description.calibration().blackLevel());
      }
    }
    clipped += saturated;
    into.describe(id, repeat, readout.exposure(), readout.gain(), saturated, "test-calibration", 0);
  }

  private double noisy(double count) {
    double variance =
        noise.conversionGain() * Math.abs(count) + noise.readNoise() * noise.readNoise();
    return variance == 0 ? count : count + Math.sqrt(variance) * random.nextGaussian();
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
