// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.INTENSITY;
import static org.ofp.tck.BrokenDevices.broken;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.SlmFrame;
import org.ofp.tck.ReferenceDevice.Kind;

/** Defects of drivers that treat frames wrongly. */
final class BrokenFrames {
  private BrokenFrames() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken(
            "F6",
            "amplitudes above 1 are clipped silently",
            "",
            () -> checking(COHERENT, frame -> admissible(frame, false))),
        broken(
            "F4",
            "NaN is shown as 0",
            "F10 E1 E2",
            () -> checking(COHERENT, frame -> admissible(frame, true))),
        broken(
            "F3",
            "larger frames taken",
            "",
            () ->
                checking(
                    COHERENT,
                    frame ->
                        frame.shape().rows() > 24 || frame.shape().cols() > 20
                            ? Optional.empty()
                            : Optional.of(frame))),
        broken(
            "F4",
            "wrong error code",
            "F3 F5 F6 F10",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void check(SlmFrame frame) {
                    try {
                      super.check(frame);
                    } catch (DeviceException e) {
                      throw new DeviceException(ErrorCode.DEVICE_FAILURE, "the driver failed", e);
                    }
                  }
                }),
        broken(
            "E1",
            "errors without type",
            "F3 F4 F5 F6 F10 E2",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void check(SlmFrame frame) {
                    try {
                      super.check(frame);
                    } catch (DeviceException e) {
                      throw new IllegalArgumentException(e);
                    }
                  }
                }),
        broken(
            "F8",
            "a phase modulator that takes any amplitude",
            "",
            () ->
                checking(INTENSITY.modulation(Modulation.PHASE_ONLY), BrokenFrames::anyAmplitude)),
        broken(
            "F1",
            "the full frame refused",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void check(SlmFrame frame) {
                    super.check(frame);
                    if (frame.shape().equals(description.capabilities().maxFrame())) {
                      throw new DeviceException(ErrorCode.UNSUPPORTED, "the frame is too large");
                    }
                  }
                }),
        broken(
            "F7",
            "rounding errors refused",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void check(SlmFrame frame) {
                    super.check(frame);
                    if (frame.amplitudes().get(frame.offset()) > 1) {
                      throw new DeviceException(ErrorCode.INADMISSIBLE_FRAME, "1 is the most");
                    }
                  }
                }),
        broken(
            "F9",
            "an amplitude modulator that takes any amplitude",
            "",
            () ->
                checking(
                    INTENSITY.modulation(Modulation.AMPLITUDE_ONLY), BrokenFrames::anyAmplitude)),
        broken(
            "F2",
            "odd windows refused",
            "T1 T15",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void check(SlmFrame frame) {
                    super.check(frame);
                    if (frame.shape().rows() % 2 == 1) {
                      throw new DeviceException(ErrorCode.UNSUPPORTED, "odd frames do not work");
                    }
                  }
                }),
        broken(
            "F11",
            "amplitudes scaled in place",
            "F13 H3",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void load(SlmFrame frame) {
                    super.load(frame);
                    FloatBuffer a = frame.amplitudes();
                    for (int i = 0; !a.isReadOnly() && i < 2 * frame.shape().pixels(); i++) {
                      a.put(frame.offset() + i, a.get(frame.offset() + i) / 2);
                    }
                  }
                }),
        broken("E2", "stuck after an error", "F3 F4 F5 F6", StuckAfterError::new),
        broken("F12", "the caller's buffer is read late", "", LateReader::new),
        broken(
            "F13",
            "the buffer's offset is ignored",
            "F4 F5 F6 S2 D4 F15 E1 E2",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  public synchronized void load(SlmFrame frame) {
                    super.load(
                        new SlmFrame(
                            frame.shape(), frame.amplitudes(), 0, frame.id(), frame.repeat()));
                  }
                }));
  }

  private interface Filter {
    /** What is checked instead of the frame, nothing if empty. */
    Optional<SlmFrame> of(SlmFrame frame);
  }

  private static ReferenceDevice checking(Kind kind, Filter filter) {
    return new ReferenceDevice(kind) {
      @Override
      void check(SlmFrame frame) {
        filter.of(frame).ifPresent(super::check);
      }

      @Override
      double[] lens(FrameShape shape, double[] shown) {
        double[] clean = new double[shown.length];
        for (int i = 0; i < shown.length; i++) {
          clean[i] = Math.max(-1, Math.min(1, Double.isNaN(shown[i]) ? 0 : shown[i]));
        }
        return super.lens(shape, clean);
      }
    };
  }

  /** The frame with NaN, or with what is too large, replaced by 0. */
  private static Optional<SlmFrame> admissible(SlmFrame frame, boolean nan) {
    float[] a = new float[2 * frame.shape().pixels()];
    frame.amplitudes().get(frame.offset(), a);
    for (int i = 0; i < a.length; i += 2) {
      boolean bad =
          nan
              ? Float.isNaN(a[i]) || Float.isNaN(a[i + 1])
              : Float.isFinite(a[i]) && Float.isFinite(a[i + 1]) && Math.hypot(a[i], a[i + 1]) > 1;
      if (bad) {
        a[i] = 0;
        a[i + 1] = 0;
      }
    }
    return Optional.of(SlmFrame.of(frame.shape(), a, frame.id()));
  }

  /** The frame with finite amplitudes up to 1 replaced by 1. */
  private static Optional<SlmFrame> anyAmplitude(SlmFrame frame) {
    float[] a = new float[2 * frame.shape().pixels()];
    frame.amplitudes().get(frame.offset(), a);
    for (int i = 0; i < a.length; i += 2) {
      if (Math.hypot(a[i], a[i + 1]) <= 1) {
        a[i] = 1;
        a[i + 1] = 0;
      }
    }
    return Optional.of(SlmFrame.of(frame.shape(), a, frame.id()));
  }

  private static final class LateReader extends ReferenceDevice {
    private SlmFrame late;

    LateReader() {
      super(COHERENT);
    }

    @Override
    public synchronized void load(SlmFrame frame) {
      super.load(frame);
      late = frame;
    }

    @Override
    double[] lens(FrameShape shape, double[] shown) {
      for (int i = 0; i < shown.length; i++) {
        shown[i] = late.amplitudes().get(late.offset() + i);
      }
      return super.lens(shape, shown);
    }
  }

  /** Takes nothing any more after the first frame that it rejected. */
  private static final class StuckAfterError extends ReferenceDevice {
    private boolean stuck;

    StuckAfterError() {
      super(COHERENT);
    }

    @Override
    void check(SlmFrame frame) {
      if (stuck) {
        throw new DeviceException(ErrorCode.DEVICE_FAILURE, "the driver is in an error state");
      }
      stuck = true;
      super.check(frame);
      stuck = false;
    }
  }
}
