// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.StageTimes;
import org.ofp.device.Telemetry;

/** A device of the six verbs whose counts are new random numbers with every read. */
class StubBench implements OpticalFourierDevice {
  private final Random random;
  private final DeviceDescription description;
  private SlmFrame loaded;
  boolean closed;

  StubBench(long seed, int maxSide) {
    random = new Random(seed);
    description =
        new DeviceDescription(
            "stub-" + seed,
            "a stub, β \\ \n \ud83d\udd26",
            "stub 1",
            new Capabilities(
                new FrameShape(maxSide, maxSide),
                true,
                Modulation.COMPLEX,
                8,
                0,
                ReadoutMode.COHERENT,
                10,
                1e-9,
                1e9,
                0.1,
                1e-3,
                1e-4 / 3,
                Determinism.NONE,
                BufferKind.HEAP,
                API_LEVEL),
            new Calibration("c1", 1 / 3.0, 0, 0.9, 0, Double.POSITIVE_INFINITY),
            List.of(
                new PhysicalParameter("wavelength", "6.33e-7", "m"),
                new PhysicalParameter("odd = name", " spaces ", "")));
  }

  /** A sequence of random frames that are asked of the bench. */
  static FrameSequence sequence(Random random, FrameShape shape, int frames, int reads) {
    Readout[] readouts = new Readout[reads];
    for (int r = 0; r < reads; r++) {
      readouts[r] = new Readout(0.1 * (r + 1), 1, random.nextBoolean(), r * Math.PI / 2);
    }
    FrameSequence sequence =
        new FrameSequence(
            shape,
            frames,
            List.of(readouts),
            2,
            random.nextBoolean() ? ExposureControl.auto(0.7) : ExposureControl.fixed(),
            FloatBuffer.allocate(2 * frames * shape.pixels()),
            FloatBuffer.allocate(2 * frames * reads * shape.pixels()));
    for (int i = 0; i < frames; i++) {
      sequence.identify(i, random.nextLong(), random.nextInt(3));
      sequence.meterExposure(i, random.nextDouble());
    }
    for (int i = 0; i < sequence.amplitudes().capacity(); i++) {
      sequence.amplitudes().put(i, 0.7f * (2 * random.nextFloat() - 1));
    }
    return sequence;
  }

  /** Frames as another sequence asks for them, with no results yet. */
  static FrameSequence copy(FrameSequence other) {
    FrameSequence copy =
        new FrameSequence(
            other.shape(),
            other.capacity(),
            other.readouts(),
            other.planes(),
            other.exposureControl(),
            FloatBuffer.wrap(other.amplitudes().array().clone()),
            FloatBuffer.allocate(other.counts().capacity()));
    copy.size(other.size());
    for (int i = 0; i < other.size(); i++) {
      copy.identify(i, other.id(i), other.repeat(i));
      copy.meterExposure(i, other.meterExposure(i));
    }
    return copy;
  }

  @Override
  public DeviceDescription description() {
    return description;
  }

  @Override
  public synchronized Job submit(FrameSequence sequence, JobOptions options) {
    return OpticalFourierDevice.super.submit(sequence, options);
  }

  @Override
  public synchronized void load(SlmFrame frame) {
    FrameChecks.requireAdmissible(frame, description.capabilities());
    loaded =
        new SlmFrame(frame.shape(), FloatBuffer.allocate(1 << 16), 0, frame.id(), frame.repeat());
  }

  @Override
  public void transform() {
    // The light is always on.
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    int kind = random.nextInt(4);
    int n = 2 * loaded.shape().pixels();
    for (int i = 0; i < n; i++) {
      into.counts().put(into.offset() + i, count(kind));
    }
    into.describe(
        loaded.id(),
        loaded.repeat(),
        readout.exposure(),
        readout.gain(),
        random.nextInt(9),
        "c1",
        random.nextLong());
  }

  /** Whole positive or negative numbers, any numbers, or any bits. */
  private float count(int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(1 << 16);
      case 1 -> random.nextInt(1 << 16) - (1 << 15);
      case 2 -> (float) random.nextGaussian();
      default -> Float.intBitsToFloat(random.nextInt() & 0xff7fffff);
    };
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    if (capability == StageTimes.class) {
      StageTimes times = () -> Map.of("stub", 1.0);
      return Optional.of(capability.cast(times));
    }
    return capability == Runnable.class
        ? Optional.of(capability.cast((Runnable) () -> {}))
        : Optional.empty();
  }

  @Override
  public Telemetry telemetry() {
    return new Telemetry(0, 0, 0, Duration.ZERO);
  }

  @Override
  public void close() {
    closed = true;
  }
}
