// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Telemetry;

/** Chapter L: opening, the order of the verbs, closing. */
public abstract class LifecycleRules extends RuleChapter {
  @Rule("L1")
  void l1DescriptionIsTheSameObjectWhileOpen() {
    DeviceDescription before = device.description();
    bench.show(bench.patterns().uniform(1, 0), 1, 0, bench.plain());
    assertSame(before, device.description(), "description() after a frame");
  }

  @Rule("L2")
  void l2ClosingAgainDoesNothing() {
    device.close();
    device.close();
  }

  @Rule("L3")
  void l3EveryCallAfterCloseIsRefused() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    bench.show(frame, 1, 0, bench.plain());
    DetectorFrame into = bench.destination(frame.shape());
    FrameSequence sequence = bench.sequence(List.of(frame), List.of(bench.plain()));
    device.close();
    Expect.error(ErrorCode.CLOSED, "load after close", () -> device.load(frame.slm(2, 0)));
    Expect.error(ErrorCode.CLOSED, "transform after close", device::transform);
    Expect.error(ErrorCode.CLOSED, "read after close", () -> device.read(bench.plain(), into));
    Expect.error(
        ErrorCode.CLOSED,
        "submit after close",
        () -> device.submit(sequence, JobOptions.defaults()));
    Expect.error(ErrorCode.CLOSED, "description after close", device::description);
    Expect.error(ErrorCode.CLOSED, "telemetry after close", device::telemetry);
  }

  @Rule("L4")
  void l4TransformNeedsALoadedFrame() {
    Expect.error(ErrorCode.ILLEGAL_STATE, "transform before any load", device::transform);
  }

  @Rule("L5")
  void l5ReadNeedsATransformedFrame() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    DetectorFrame into = bench.destination(frame.shape());
    Expect.error(
        ErrorCode.ILLEGAL_STATE, "read before any load", () -> device.read(bench.plain(), into));
    device.load(frame.slm(1, 0));
    Expect.error(
        ErrorCode.ILLEGAL_STATE,
        "read before any transform",
        () -> device.read(bench.plain(), into));
  }

  @Rule("L6")
  void l6ALoadEndsTheFieldOfTheFrameBefore() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    bench.show(frame, 1, 0, bench.plain());
    device.load(frame.slm(2, 0));
    DetectorFrame into = bench.destination(frame.shape());
    Expect.error(
        ErrorCode.ILLEGAL_STATE,
        "read after a load without a transform",
        () -> device.read(bench.plain(), into));
  }

  @Rule("L7")
  void l7ADeviceOpenedAgainStartsAnew() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    bench.show(frame, 1, 0, bench.plain());
    device.close();
    try (OpticalFourierDevice again = openDevice()) {
      Telemetry telemetry = again.telemetry();
      Expect.that(
          telemetry.framesLoaded() == 0 && telemetry.reads() == 0,
          "a newly opened device reports earlier work: " + telemetry);
      DetectorFrame into = bench.destination(frame.shape());
      Expect.error(
          ErrorCode.ILLEGAL_STATE,
          "read of a newly opened device",
          () -> again.read(bench.plain(), into));
      Bench anew = new Bench(again);
      anew.show(frame, 1, 0, anew.plain());
    }
  }
}
