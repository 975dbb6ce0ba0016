// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ofp.device.DeviceUri;
import org.ofp.device.ExposureControl;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Faulty devices and frames for them. */
final class Faulty {
  static final FrameShape SHAPE = new FrameShape(6, 8);

  private Faulty() {}

  private static Options options(String text) {
    Map<String, String> given =
        text.isEmpty()
            ? Map.of()
            : DeviceUri.parse("faulty:?" + text.replace("/", "%2F")).innermost().options();
    return new Options(new FaultyProvider().options(""), given);
  }

  static FaultPlan plan(String options) {
    return new FaultPlan(options(options));
  }

  static OpticalFourierDevice device(OpticalFourierDevice inner, String options) {
    return new FaultyProvider().open("", options(options), Optional.of(inner));
  }

  /** Random frames with ids 100, 101, …, read once without and once with reference. */
  static FrameSequence sequence(int frames, ExposureControl control) {
    FrameSequence sequence =
        new FrameSequence(
            SHAPE,
            frames,
            List.of(Readout.plain(0.1), Readout.withReference(0.05, 1)),
            1,
            control,
            FloatBuffer.allocate(frames * 2 * SHAPE.pixels()),
            FloatBuffer.allocate(frames * 2 * SHAPE.pixels()));
    Random random = new Random(3);
    for (int i = 0; i < sequence.amplitudes().capacity(); i++) {
      sequence.amplitudes().put(i, (random.nextFloat() - 0.5f));
    }
    for (int i = 0; i < frames; i++) {
      sequence.identify(i, 100 + i, 0);
      sequence.meterExposure(i, 0.01);
    }
    return sequence;
  }

  static SlmFrame frame(FrameSequence sequence, int i) {
    return new SlmFrame(
        SHAPE, sequence.amplitudes(), sequence.amplitudeOffset(i), sequence.id(i), 0);
  }

  /** Bit for bit, exposures and clipped values included. */
  static void assertSameResults(FrameSequence expected, FrameSequence actual) {
    assertArrayEquals(expected.counts().array(), actual.counts().array());
    for (int i = 0; i < expected.size(); i++) {
      for (int r = 0; r < expected.readouts().size(); r++) {
        assertEquals(expected.exposure(i, r), actual.exposure(i, r));
        assertEquals(expected.saturated(i, r), actual.saturated(i, r));
      }
    }
  }

  /** A device whose jobs go elsewhere, and which has every extension that can be run. */
  static final class Hooked extends ForwardingDevice {
    interface Submit {
      Job submit(FrameSequence sequence, JobOptions options);
    }

    private final Submit hook;

    Hooked(OpticalFourierDevice device, Submit hook) {
      super(device);
      this.hook = hook;
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      return hook.submit(sequence, options);
    }

    @Override
    public <T> Optional<T> extension(Class<T> capability) {
      Runnable nothing = () -> {};
      return capability.isInstance(nothing)
          ? Optional.of(capability.cast(nothing))
          : Optional.empty();
    }
  }
}
