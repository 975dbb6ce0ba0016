// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.device.ErrorCode.INADMISSIBLE_FRAME;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** Chapter F: which frames a device takes and how it treats the caller's buffers. */
public abstract class FrameRules extends RuleChapter {
  /** Larger frames are not tried: the buffers of a job would take gigabytes. */
  private static final int MOST_PIXELS = 1 << 21;

  @Rule("F1")
  void f1TheFullFrameIsShown() {
    FrameShape full = bench.capabilities().maxFrame();
    Applicability.requires(
        full.pixels() <= MOST_PIXELS, "full frames of " + full + " are too large to be tried");
    bench.show(bench.patterns(full).uniform(1, 0), 1, 0, bench.plain());
  }

  @Rule("F2")
  void f2EveryWindowIsShown() {
    requireWindows();
    FrameShape max = bench.capabilities().maxFrame();
    for (int[] size : new int[][] {{1, 1}, {1, 5}, {5, 1}, {2, 3}, {7, 11}, {13, 8}, {16, 16}}) {
      FrameShape shape =
          new FrameShape(Math.min(size[0], max.rows()), Math.min(size[1], max.cols()));
      bench.show(bench.patterns(shape).uniform(1, 0), 1, 0, bench.plain());
      bench.run(
          bench.sequence(List.of(bench.patterns(shape).uniform(1, 0)), List.of(bench.plain())));
    }
  }

  @Rule("F3")
  void f3OtherShapesAreRejected() {
    FrameShape max = bench.capabilities().maxFrame();
    // Single rows and columns: no buffer need be as large as the frame that is refused.
    requireRejected("a row with a pixel too many", new FrameShape(1, max.cols() + 1));
    requireRejected("a column with a pixel too many", new FrameShape(max.rows() + 1, 1));
    if (!bench.capabilities().windows() && max.cols() > 1) {
      requireRejected("a frame with a column too few", new FrameShape(max.rows(), max.cols() - 1));
    }
  }

  private void requireRejected(String what, FrameShape shape) {
    requireRejected(what, bench.patterns(shape).uniform(1, 0));
  }

  @Rule("F4")
  void f4NanIsRejected() {
    TestFrame good = bench.patterns().uniform(1, 0);
    int last = good.shape().pixels() - 1;
    requireRejected("NaN in the first pixel", good.with(0, Float.NaN, 0));
    requireRejected("NaN in the last pixel", good.with(last, 1, Float.NaN));
  }

  @Rule("F5")
  void f5InfinityIsRejected() {
    TestFrame good = bench.patterns().uniform(1, 0);
    int last = good.shape().pixels() - 1;
    requireRejected("infinity in the first pixel", good.with(0, 0, Float.POSITIVE_INFINITY));
    requireRejected("infinity in the last pixel", good.with(last, Float.NEGATIVE_INFINITY, 0));
  }

  @Rule("F6")
  void f6AmplitudesAboveOneAreRejected() {
    TestFrame good = bench.patterns().uniform(1, 0);
    int last = good.shape().pixels() - 1;
    requireRejected("|a| = 1.01 in the first pixel", good.with(0, 1.01f, 0));
    requireRejected("|a| = 1.01 in the last pixel", good.with(last, 1.01f, 0));
    requireRejected("|a| = 1e30", good.with(last / 2, 1e30f, 0));
    if (!bench.shows(Modulation.AMPLITUDE_ONLY)) {
      requireRejected("0.8 + 0.8i", good.with(last, 0.8f, 0.8f));
    }
  }

  @Rule("F7")
  void f7RoundingIsTolerated() {
    TestFrame good = bench.patterns().uniform(1, 0);
    float most = (float) (1 + 0.8 * SlmFrame.AMPLITUDE_TOLERANCE);
    bench.show(good.with(0, most, 0), 1, 0, bench.plain());
    bench.run(bench.sequence(List.of(good.with(0, most, 0)), List.of(bench.plain())));
  }

  @Rule("F8")
  void f8PhaseModulatorsRejectOtherMagnitudes() {
    Applicability.requires(bench.shows(Modulation.PHASE_ONLY), "the modulator is not phase-only");
    TestFrame good = bench.patterns().uniform(1, 0);
    double tolerance = SlmFrame.PHASE_ONLY_TOLERANCE;
    bench.show(good.with(0, (float) (1 - 0.9 * tolerance), 0), 1, 0, bench.plain());
    requireRejected("|a| = 0", good.with(0, 0, 0));
    requireRejected("|a| = 0.998", good.with(0, 0, (float) (1 - 2 * tolerance)));
  }

  @Rule("F9")
  void f9AmplitudeModulatorsRejectOtherPhases() {
    Applicability.requires(
        bench.shows(Modulation.AMPLITUDE_ONLY), "the modulator is not amplitude-only");
    TestFrame good = bench.patterns().uniform(1, 0);
    requireRejected("a = −0.01", good.with(0, -0.01f, 0));
    requireRejected("a = 0.5 + 0.01i", good.with(0, 0.5f, 0.01f));
  }

  @Rule("F10")
  void f10ABadFrameIsNotShown() {
    TestFrame good = bench.patterns().uniform(1, 0);
    long shown = device.telemetry().framesLoaded();
    Expect.error(
        INADMISSIBLE_FRAME, "NaN", () -> device.load(good.with(0, Float.NaN, 0).slm(1, 0)));
    Expect.that(
        device.telemetry().framesLoaded() == shown,
        "a rejected frame was counted among the frames loaded");
  }

  @Rule("F11")
  void f11InputIsNotChanged() {
    TestFrame frame = bench.patterns().random(11);
    SlmFrame slm = frame.slm(1, 0);
    device.load(slm);
    device.transform();
    device.read(bench.plain(), bench.destination(frame.shape()));
    float[] after = new float[frame.amplitudes().length];
    slm.amplitudes().get(0, after);
    Expect.that(Arrays.equals(after, frame.amplitudes()), "load changed the caller's amplitudes");
    FrameSequence sequence =
        bench.run(bench.sequence(List.of(frame, frame), List.of(bench.plain())));
    sequence.amplitudes().get(sequence.amplitudeOffset(1), after);
    Expect.that(Arrays.equals(after, frame.amplitudes()), "submit changed the caller's amplitudes");
  }

  @Rule("F12")
  void f12TheCallerMayChangeTheBufferAfterLoad() {
    TestFrame frame = bench.patterns().random(12);
    bench.requirePatterns();
    SlmFrame slm = frame.slm(1, 0);
    device.load(slm);
    slm.amplitudes().put(0, bench.patterns().random(13).amplitudes());
    device.transform();
    DetectorFrame late = bench.destination(frame.shape());
    device.read(Readings.readout(bench, frame), late);
    Readings.requireAlike(
        bench,
        "a frame whose buffer was changed after load",
        late,
        bench.show(frame, 1, 0, Readings.readout(bench, frame)));
  }

  @Rule("F13")
  void f13EveryKindOfBufferIsTaken() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(14);
    DetectorFrame plain = bench.show(frame, 1, 0, Readings.readout(bench, frame));
    int values = frame.amplitudes().length;
    for (BufferKind kind : BufferKind.values()) {
      FloatBuffer buffer = kind.allocate(values + 10);
      buffer.put(7, frame.amplitudes());
      for (FloatBuffer view : List.of(buffer, buffer.asReadOnlyBuffer())) {
        // Position and limit play no part.
        view.position(3).limit(5);
        device.load(new SlmFrame(frame.shape(), view, 7, 1, 0));
        device.transform();
        DetectorFrame into = bench.destination(frame.shape());
        device.read(Readings.readout(bench, frame), into);
        Readings.requireAlike(
            bench,
            kind + (view.isReadOnly() ? " read-only" : "") + " buffer with an offset",
            into,
            plain);
      }
    }
  }

  @Rule("F14")
  void f14JobsTakeEveryKindOfBuffer() {
    bench.requirePatterns();
    List<TestFrame> frames = List.of(bench.patterns().random(15), bench.patterns().random(16));
    List<Readout> readouts = List.of(Readings.readout(bench, frames.get(0)));
    float[] first = null;
    for (BufferKind kind : BufferKind.values()) {
      FrameSequence sequence = bench.sequence(frames, readouts, ExposureControl.fixed(), kind);
      sequence.identify(1, 77, 0);
      float[] counts = bench.counts(bench.run(sequence), 1);
      if (first != null) {
        Readings.requireAlike(bench, kind + " buffers in a job", counts, first);
      }
      first = counts;
    }
  }

  @Rule("F15")
  void f15AFrameDoesNotDependOnTheOneBefore() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(17);
    TestFrame other = bench.patterns().uniform(1, 0);
    Spectrum alone = bench.measure(frame);
    bench.show(other, bench.newId(), 0, bench.plain());
    double exposure = bench.exposureFor(frame);
    FrameSequence sequence =
        bench.sequence(interleaved(other, frame, bench.repeats()), bench.readouts(exposure));
    bench.run(sequence);
    Measurement after = new Measurement(bench, frame, exposure);
    for (int i = 1; i < sequence.size(); i += 2) {
      after.add(bench.counts(sequence, i));
    }
    Expect.agree("a frame shown after a bright one", after.result(), alone);
  }

  private static List<TestFrame> interleaved(TestFrame other, TestFrame frame, int pairs) {
    TestFrame[] frames = new TestFrame[2 * pairs];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = i % 2 == 0 ? other : frame;
    }
    return List.of(frames);
  }

  private void requireWindows() {
    Applicability.requires(
        bench.capabilities().windows(),
        "the device takes full frames of " + bench.capabilities().maxFrame() + " only");
  }

  /** By the verbs and in a job, there behind a good frame. */
  private void requireRejected(String what, TestFrame bad) {
    Expect.error(INADMISSIBLE_FRAME, what, () -> device.load(bad.slm(1, 0)));
    TestFrame good = bench.patterns(bad.shape()).uniform(1, 0);
    Expect.jobError(
        INADMISSIBLE_FRAME,
        what + " in a job",
        device,
        bench.sequence(List.of(good, bad), List.of(bench.plain())));
  }
}
