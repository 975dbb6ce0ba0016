// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device without optics, for what happens around them: every count is the frame's first amplitude
 * plus a thousand times its id, and hooks run within its verbs.
 */
public class CountingBench implements OpticalFourierDevice {
  public static final FrameShape SHAPE = new FrameShape(2, 3);

  /** Something that a verb does besides. */
  @FunctionalInterface
  public interface Hook {
    void run(long frameId) throws InterruptedException;
  }

  private final DeviceDescription description;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();

  /** Ids in the order in which they were read. */
  public final List<Long> readIds = new CopyOnWriteArrayList<>();

  public volatile Hook onRead = id -> {};
  public volatile Runnable onClose = () -> {};
  public volatile int clippedPerRead;
  public volatile boolean closed;
  private SlmFrame loaded;
  private float value;

  public CountingBench() {
    description =
        new DeviceDescription(
            "counting:1",
            "counting bench",
            "test 1",
            TestBench.capabilities(
                new FrameShape(64, 64),
                true,
                Modulation.COMPLEX,
                ReadoutMode.INTENSITY,
                0,
                BufferKind.HEAP),
            TestBench.calibration(
                ReadoutMode.INTENSITY, 0, 0, DetectorNoise.unknown(), Shading.none()),
            List.of(new PhysicalParameter("seed", "77", "")));
  }

  /** A sequence of frames i = 0, 1, … with id 10 + i and first amplitude i / n. */
  public static FrameSequence sequence(int n) {
    FrameSequence sequence =
        new FrameSequence(
            SHAPE,
            n,
            List.of(Readout.plain(1e-3)),
            1,
            ExposureControl.fixed(),
            FloatBuffer.allocate(2 * n * SHAPE.pixels()),
            FloatBuffer.allocate(n * SHAPE.pixels()));
    for (int i = 0; i < n; i++) {
      sequence.amplitudes().put(sequence.amplitudeOffset(i), (float) i / n);
      sequence.identify(i, 10 + i, 0);
    }
    return sequence;
  }

  /** What {@link #sequence} has in every pixel of frame {@code i}. */
  public static float count(int i, int n) {
    return 1000 * (10 + i) + (float) i / n;
  }

  @Override
  public DeviceDescription description() {
    return description;
  }

  @Override
  public void load(SlmFrame frame) {
    loaded = frame;
    value = 1000 * frame.id() + frame.amplitudes().get(frame.offset());
    frames.incrementAndGet();
  }

  @Override
  public void transform() {}

  @Override
  public void read(Readout readout, DetectorFrame into) {
    try {
      onRead.run(loaded.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException(ErrorCode.CANCELLED, "interrupted", e);
    }
    for (int k = 0; k < into.shape().pixels(); k++) {
      into.counts().put(into.offset() + k, value);
    }
    reads.incrementAndGet();
    readIds.add(loaded.id());
    into.describe(
        loaded.id(), loaded.repeat(), readout.exposure(), 1, clippedPerRead, "test-calibration", 0);
  }

  @Override
  public Telemetry telemetry() {
    return new Telemetry(frames.get(), reads.get(), 0, Duration.ZERO);
  }

  @Override
  public void close() {
    closed = true;
    onClose.run();
  }
}
