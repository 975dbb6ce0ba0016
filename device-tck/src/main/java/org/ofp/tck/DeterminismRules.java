// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.ofp.device.Determinism;
import org.ofp.device.FrameSequence;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;

/** Chapter D: what repeating a frame gives. */
public abstract class DeterminismRules extends RuleChapter {
  @Rule("D1")
  void d1WithoutNoiseIdsDoNotMatter() {
    Applicability.requires(
        bench.capabilities().determinism() == Determinism.NOISELESS, "the device has noise");
    TestFrame frame = frame();
    float[] first = counts(bench, frame, 1, 0);
    requireSame("the same frame by another id", counts(bench, frame, 2, 0), first);
    requireSame("the same frame's repeat", counts(bench, frame, 1, 1), first);
  }

  @Rule("D2")
  void d2TheSameIdAndRepeatGiveTheSameCounts() {
    requireRepeatable();
    TestFrame frame = frame();
    float[] first = counts(bench, frame, 7, 3);
    counts(bench, bench.patterns().uniform(1, 0), 8, 0);
    requireSame("the same frame, id and repeat", counts(bench, frame, 7, 3), first);
  }

  @Rule("D3")
  void d3OtherIdsAndRepeatsGiveOtherNoise() {
    Applicability.requires(
        bench.capabilities().determinism() == Determinism.SEEDED, "the noise has no seed");
    TestFrame frame = frame();
    float[] first = counts(bench, frame, 7, 0);
    boolean idMatters = !Arrays.equals(first, counts(bench, frame, 8, 0));
    boolean repeatMatters = !Arrays.equals(first, counts(bench, frame, 7, 1));
    Applicability.requires(idMatters || repeatMatters, "the noise is below the converter's step");
    Expect.that(idMatters, "another frame id gave the same noise");
    Expect.that(repeatMatters, "another repeat gave the same noise");
  }

  @Rule("D4")
  void d4ResultsDoNotDependOnTheRestOfTheJob() {
    requireRepeatable();
    TestFrame frame = frame();
    float[] alone = counts(bench, frame, 5, 0);
    List<TestFrame> frames = new ArrayList<>(Collections.nCopies(9, frame));
    frames.set(0, bench.patterns().uniform(1, 0));
    FrameSequence sequence = bench.sequence(frames, List.of(Readings.readout(bench, frame)));
    for (int place : new int[] {1, 8}) {
      sequence.identify(place, 5, 0);
    }
    bench.run(sequence);
    Readings.requireAlike(
        bench, "a frame in the second place of a job", bench.counts(sequence, 1), alone);
    Readings.requireAlike(
        bench, "a frame in the last place of a job", bench.counts(sequence, 8), alone);
  }

  @Rule("D5")
  void d5OpenedAgainTheDeviceGivesTheSameCounts() {
    requireRepeatable();
    TestFrame frame = frame();
    float[] before = counts(bench, frame, 9, 1);
    device.close();
    try (OpticalFourierDevice again = openDevice()) {
      requireSame(
          "a frame on the device opened again", counts(new Bench(again), frame, 9, 1), before);
    }
  }

  @Rule("D6")
  void d6TwoMeasurementsAgreeWithinTheirNoise() {
    TestFrame frame = frame();
    Expect.agree("a frame measured twice", bench.measure(frame), bench.measure(frame));
  }

  private TestFrame frame() {
    bench.requirePatterns();
    return bench.patterns().random(71);
  }

  private void requireRepeatable() {
    Applicability.requires(
        bench.capabilities().determinism() != Determinism.NONE,
        "the device declares no repeatable counts");
  }

  private static float[] counts(Bench bench, TestFrame frame, long id, int repeat) {
    Readout readout = Readings.readout(bench, frame);
    FrameSequence sequence = bench.sequence(List.of(frame), List.of(readout));
    sequence.identify(0, id, repeat);
    return bench.counts(bench.run(sequence), 0);
  }

  private static void requireSame(String what, float[] actual, float[] expected) {
    int i = Arrays.mismatch(actual, expected);
    Expect.that(
        i < 0,
        what
            + " gave other counts, first "
            + (i < 0 ? "" : actual[i] + " instead of " + expected[i] + " at index " + i));
  }
}
