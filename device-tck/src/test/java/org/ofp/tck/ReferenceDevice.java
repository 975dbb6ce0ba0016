// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.EnergyUse;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/**
 * A small correct device by the definitions, of every readout, modulation and determinism. The
 * broken devices override one of its steps each; they are open for that alone.
 */
class ReferenceDevice implements OpticalFourierDevice {
  static final double SENSITIVITY = 1e6;
  static final double REFERENCE = 1.2;
  static final double VISIBILITY = 0.9;
  static final double FULL_SCALE = 4095;

  /** What kind of reference device is wanted. */
  record Kind(
      ReadoutMode readout, Modulation modulation, Determinism determinism, boolean windows) {
    static Kind of(ReadoutMode readout) {
      return new Kind(readout, Modulation.COMPLEX, Determinism.NOISELESS, true);
    }

    Kind modulation(Modulation other) {
      return new Kind(readout, other, determinism, windows);
    }

    Kind determinism(Determinism other) {
      return new Kind(readout, modulation, other, windows);
    }

    Kind withoutWindows() {
      return new Kind(readout, modulation, determinism, false);
    }
  }

  final Kind kind;
  final DeviceDescription description;
  final AtomicLong frames = new AtomicLong();
  final AtomicLong reads = new AtomicLong();
  final AtomicLong clippedValues = new AtomicLong();
  final AtomicLong nanos = new AtomicLong();

  private FrameShape shape;
  private double[] shown;
  private double[] field;
  private long id;
  private int repeat;
  private int step;
  private volatile boolean closed;

  ReferenceDevice(Kind kind) {
    this.kind = kind;
    description = describe(kind);
  }

  static DeviceDescription describe(Kind kind) {
    boolean coherent = kind.readout() == ReadoutMode.COHERENT;
    boolean intensity = kind.readout() == ReadoutMode.INTENSITY;
    return new DeviceDescription(
        "reference",
        "reference device " + kind,
        "test 1",
        new Capabilities(
            kind.windows() ? new FrameShape(24, 20) : new FrameShape(11, 11),
            kind.windows(),
            kind.modulation(),
            switch (kind.modulation()) {
              case COMPLEX -> ComplexEncoding.DIRECT;
              case PHASE_ONLY -> ComplexEncoding.DOUBLE_PHASE;
              case AMPLITUDE_ONLY -> ComplexEncoding.NONE;
            },
            0,
            0,
            kind.readout(),
            coherent ? 13 : 12,
            1e-6,
            1,
            1e-3,
            1e-3,
            1e-4,
            kind.determinism(),
            BufferKind.HEAP,
            new EnergyUse(1e-3, 1e-9, 1e-9),
            API_LEVEL),
        new Calibration(
            "reference-1",
            SENSITIVITY,
            intensity ? 0 : REFERENCE,
            VISIBILITY,
            coherent ? 0 : 50,
            FULL_SCALE),
        List.of());
  }

  @Override
  public DeviceDescription description() {
    requireOpen();
    return stated(description);
  }

  DeviceDescription stated(DeviceDescription truth) {
    return truth;
  }

  @Override
  public synchronized void load(SlmFrame frame) {
    requireOpen();
    check(frame);
    shape = frame.shape();
    shown = new double[2 * shape.pixels()];
    FloatBuffer amplitudes = frame.amplitudes();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = amplitudes.get(frame.offset() + i);
    }
    id = frame.id();
    repeat = frame.repeat();
    field = null;
    step = 0;
    frames.incrementAndGet();
  }

  void check(SlmFrame frame) {
    FrameChecks.requireAdmissible(frame, description.capabilities());
  }

  @Override
  public synchronized void transform() {
    requireOpen();
    if (shown == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
    }
    field = lens(shape, shown);
  }

  /** Field at the sensor of displayed amplitudes. */
  double[] lens(FrameShape shape, double[] shown) {
    return Lenses.field(shape, shown);
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (field == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no field; call transform first");
    }
    checkReadout(readout);
    if (!into.shape().equals(shape) || into.planes() != kind.readout().planes()) {
      throw new DeviceException(ErrorCode.INVALID_ARGUMENT, "the destination does not fit");
    }
    SplittableRandom noise = new SplittableRandom(noiseKey(id, repeat, step++));
    int clipped = 0;
    for (int i = 0; i < into.planes() * shape.pixels(); i++) {
      double light = SENSITIVITY * duration(readout) * readout.gain() * signal(readout, i);
      double count = light + description.calibration().blackLevel();
      if (kind.determinism() != Determinism.NOISELESS) {
        count += 3 * noise.nextGaussian();
      }
      double code = Math.rint(count);
      double limited = limit(code);
      clipped += code > FULL_SCALE || code < -FULL_SCALE ? 1 : 0;
      into.counts().put(into.offset() + i, (float) limited);
    }
    reads.incrementAndGet();
    clippedValues.addAndGet(clipped);
    long clock = nanos.addAndGet(Math.round(1e9 * readout.exposure()));
    into.describe(
        statedId(id),
        repeat,
        readout.exposure(),
        readout.gain(),
        statedSaturation(clipped),
        description.calibration().id(),
        clock);
  }

  void checkReadout(Readout readout) {
    readout.requireWithin(description.capabilities());
  }

  double duration(Readout readout) {
    return readout.exposure();
  }

  double limit(double code) {
    double least = kind.readout() == ReadoutMode.COHERENT ? -FULL_SCALE : 0;
    return Math.max(least, Math.min(FULL_SCALE, code));
  }

  long noiseKey(long frameId, int frameRepeat, int frameStep) {
    return kind.determinism() == Determinism.NONE
        ? System.nanoTime()
        : (frameId * 31 + frameRepeat) * 31 + frameStep;
  }

  long statedId(long frameId) {
    return frameId;
  }

  int statedSaturation(int clipped) {
    return clipped;
  }

  /** The light in value {@code i} of a read, in the units of F or |F|². */
  double signal(Readout readout, int i) {
    int pixels = shape.pixels();
    int pixel = i % pixels;
    double re = field[2 * pixel];
    double im = field[2 * pixel + 1];
    return switch (kind.readout()) {
      case COHERENT -> i < pixels ? re : im;
      case INTENSITY -> re * re + im * im;
      case FOUR_STEP -> {
        double phase = referencePhase(readout);
        double beat = 2 * VISIBILITY * (re * Math.cos(phase) + im * Math.sin(phase));
        double power = re * re + im * im;
        yield readout.referenceOn() ? power + REFERENCE * (REFERENCE + beat) : power;
      }
    };
  }

  double referencePhase(Readout readout) {
    return readout.referencePhase();
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    synchronized (jobLock()) {
      return OpticalFourierDevice.super.submit(sequence, options);
    }
  }

  /** Jobs with the same lock run one after the other. */
  Object jobLock() {
    return this;
  }

  @Override
  public Telemetry telemetry() {
    requireOpen();
    return new Telemetry(
        frames.get(), reads.get(), clippedValues.get(), Duration.ofNanos(nanos.get()));
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new DeviceException(ErrorCode.CLOSED, "this device was closed; open it again");
    }
  }
}
