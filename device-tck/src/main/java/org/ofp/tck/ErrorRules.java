// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.DeviceException;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.Readout;

/** Chapter E: what an error says, and that the device outlives it. */
public abstract class ErrorRules extends RuleChapter {
  @Rule("E1")
  void e1EveryErrorIsTypedAndSaysWhatIsWrong() {
    for (Executable mistake : mistakes()) {
      String message = requireTyped(mistake).getMessage();
      Expect.that(
          message != null && message.strip().length() >= 10 && message.lines().count() == 1,
          "an error's message must be one line that says what is wrong, not '" + message + "'");
    }
  }

  @Rule("E2")
  void e2TheDeviceWorksAfterAnError() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(62);
    Readout readout = Readings.readout(bench, frame);
    float[] before = Readings.counts(bench.show(frame, 1, 0, readout));
    for (Executable mistake : mistakes()) {
      requireTyped(mistake);
      FrameSequence sequence = bench.sequence(List.of(frame), List.of(readout));
      sequence.identify(0, 1, 0);
      Readings.requireAlike(
          bench, "a job after an error", bench.counts(bench.run(sequence), 0), before);
      Readings.requireAlike(
          bench,
          "a frame after an error",
          Readings.counts(bench.show(frame, 1, 0, readout)),
          before);
    }
  }

  private static DeviceException requireTyped(Executable mistake) {
    try {
      mistake.execute();
    } catch (DeviceException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError("an error must be a DeviceException, not " + e, e);
    }
    throw new AssertionError("a mistake was not noticed");
  }

  private List<Executable> mistakes() {
    TestFrame good = bench.patterns().uniform(1, 0);
    TestFrame bad = good.with(0, Float.NaN, 0);
    double tooLong = 2 * bench.capabilities().maxExposure();
    JobOptions late = new JobOptions(Optional.of(Duration.ofNanos(1)));
    FrameSequence many = bench.sequence(Collections.nCopies(64, good), List.of(bench.plain()));
    return List.of(
        () -> device.load(bad.slm(1, 0)),
        () -> bench.run(bench.sequence(List.of(good, bad), List.of(bench.plain()))),
        () -> bench.show(good, 1, 0, Readout.plain(tooLong)),
        () -> device.submit(many, late).await());
  }
}
