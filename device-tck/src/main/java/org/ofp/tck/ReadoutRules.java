// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.device.ErrorCode.INADMISSIBLE_READOUT;
import static org.ofp.device.ErrorCode.INVALID_ARGUMENT;

import java.util.List;
import org.ofp.device.BufferKind;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;

/** Chapter R: exposures, the reference beam, counts and what is said about them. */
public abstract class ReadoutRules extends RuleChapter {
  /** Longer exposures are not tried. */
  private static final double PATIENCE = 2;

  @Rule("R1")
  void r1TheDeclaredExposuresAreAdmitted() {
    Capabilities capabilities = bench.capabilities();
    TestFrame frame = bench.patterns().uniform(1, 0);
    bench.show(frame, 1, 0, Readout.plain(capabilities.minExposure()));
    bench.show(frame, 1, 0, Readout.plain(capabilities.defaultExposure()));
    bench.show(frame, 1, 0, Readout.plain(Math.min(capabilities.maxExposure(), PATIENCE)));
  }

  @Rule("R2")
  void r2OtherExposuresAreRejected() {
    Capabilities capabilities = bench.capabilities();
    requireRejected("an exposure below the shortest", capabilities.minExposure() * 0.99);
    requireRejected("an exposure above the longest", capabilities.maxExposure() * 1.01);
  }

  private void requireRejected(String what, double exposure) {
    Applicability.requires(
        exposure > 0 && exposure < Double.POSITIVE_INFINITY, "every exposure is declared");
    requireRejected(what, Readout.plain(exposure));
  }

  private void requireRejected(String what, Readout readout) {
    TestFrame frame = bench.patterns().uniform(1, 0);
    Expect.error(INADMISSIBLE_READOUT, what, () -> bench.show(frame, 1, 0, readout));
    Expect.jobError(
        INADMISSIBLE_READOUT,
        what + " in a job",
        device,
        bench.sequence(List.of(frame), List.of(bench.plain(), readout)));
  }

  @Rule("R3")
  void r3CountsGrowWithTheExposure() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(33);
    double exposure = bench.exposureFor(frame);
    double half = exposure / 2;
    Applicability.requires(
        half >= bench.capabilities().minExposure(), "the exposure cannot be halved");
    // Spectra are per exposure: a device that ignores it gives twice the light in half the time.
    Expect.agree(
        "light per second at half of the exposure",
        bench.measure(frame, half),
        bench.measure(frame, exposure));
  }

  @Rule("R4")
  void r4GainIsAppliedOrRejected() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(34);
    double exposure = bench.exposureFor(frame);
    Readout high = new Readout(exposure / 2, 2, false, 0);
    Applicability.requires(
        exposure / 2 >= bench.capabilities().minExposure(), "the exposure cannot be halved");
    float[] amplified;
    try {
      amplified = Readings.counts(bench.show(frame, 1, 0, high));
    } catch (DeviceException e) {
      Expect.that(
          e.code() == INADMISSIBLE_READOUT,
          "a gain of 2 must be applied or end in INADMISSIBLE_READOUT, not in " + e.code());
      return;
    }
    float[] plain = Readings.counts(bench.show(frame, 1, 0, Readout.plain(exposure)));
    double slope = Counts.slope(amplified, plain);
    Expect.that(
        slope > 0.75 && slope < 1.5,
        String.format("gain 2 at half of the exposure gives %.2f times the counts", slope));
  }

  @Rule("R5")
  void r5WithoutAReferenceBeamNoneIsAdmitted() {
    Applicability.requires(bench.hasMode(ReadoutMode.INTENSITY), "the device has a reference beam");
    requireRejected(
        "a read with reference", Readout.withReference(bench.capabilities().defaultExposure(), 0));
  }

  @Rule("R6")
  void r6TheReferenceInterferesAtItsPhase() {
    requireFourStep();
    TestFrame frame = bench.patterns().uniform(1, 0);
    double exposure = bench.exposureFor(frame);
    FrameShape shape = frame.shape();
    int axis = shape.axisRow() * shape.cols() + shape.axisCol();
    double field = Math.sqrt(shape.pixels());
    double r = bench.calibration().referenceAmplitude();
    double unit = bench.calibration().sensitivity() * exposure;
    double swing = 2 * bench.calibration().visibility() * r * field;
    for (int step = 0; step < 8; step++) {
      double phase = step * Math.PI / 4;
      Counts counts = Counts.of(bench, frame, Readout.withReference(exposure, phase)).at(axis);
      // The lens turns the zero order of a uniform frame to −π/2.
      double expected = field * field + r * r + swing * Math.cos(-Math.PI / 2 - phase);
      double error =
          Measurement.displayError(frame, bench.capabilities())
              + FieldError.of(bench.description()) * field;
      double modulator = 2 * (field + r) * error + error * error;
      counts.requireNear(
          String.format("zero order with the reference at %.2f rad", phase),
          bench.calibration().blackLevel() + unit * expected,
          unit * modulator);
    }
  }

  @Rule("R7")
  void r7APlainReadBlocksTheReference() {
    requireFourStep();
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(37);
    double exposure = bench.exposureFor(frame);
    Readout off = new Readout(exposure, 1, false, 1.0);
    Counts far = Counts.of(bench, frame, off);
    double expected = 0;
    for (double v : Diffraction.field(frame)) {
      expected += v * v;
    }
    double pixels = frame.shape().pixels();
    double unit = bench.calibration().sensitivity() * exposure;
    double error =
        Measurement.displayError(frame, bench.capabilities())
            + FieldError.of(bench.description()) * Math.sqrt(frame.energy());
    double modulator = error * (2 * Math.sqrt(frame.energy()) + error);
    far.requireNear(
        "mean of a read with the reference off",
        bench.calibration().blackLevel() + unit * expected / pixels,
        unit * modulator / pixels);
  }

  private void requireFourStep() {
    Applicability.requires(
        bench.hasMode(ReadoutMode.FOUR_STEP), "the device has no reference that is stepped");
  }

  @Rule("R8")
  void r8ACoherentReadoutIgnoresTheReferenceSettings() {
    Applicability.requires(bench.hasMode(ReadoutMode.COHERENT), "the readout is not coherent");
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(38);
    double exposure = bench.exposureFor(frame);
    Readings.requireAlike(
        bench,
        "a coherent read with reference phase 1 rad",
        bench.show(frame, 1, 0, Readout.withReference(exposure, 1)),
        bench.show(frame, 1, 0, Readout.plain(exposure)));
  }

  @Rule("R9")
  void r9ClippedValuesAreCounted() {
    DetectorFrame read = overexposed();
    float[] counts = Readings.counts(read);
    int clipped = Counts.atLimit(counts, bench.calibration().fullScale());
    Expect.that(
        read.saturated() > 0 && Math.abs(read.saturated() - clipped) <= 0.1 * clipped,
        "overexposed: " + clipped + " values clipped, " + read.saturated() + " reported");
    TestFrame frame = bench.patterns().random(39);
    Expect.that(
        bench.show(frame, 2, 0, Readings.readout(bench, frame)).saturated() == 0,
        "a read at half of the full scale was reported saturated");
  }

  @Rule("R10")
  void r10ClippedValuesStayAtTheFullScale() {
    float[] counts = Readings.counts(overexposed());
    double fullScale = bench.calibration().fullScale();
    for (float count : counts) {
      Expect.that(
          Math.abs(count) <= fullScale * (1 + 1e-6),
          "an overexposed pixel reads " + count + ", beyond the full scale of " + fullScale);
    }
    Expect.that(
        Counts.atLimit(counts, fullScale) > 0,
        "no overexposed pixel reads the full scale of " + fullScale);
  }

  /** A random frame at eight times the exposure at which its brightest pixel clips. */
  private DetectorFrame overexposed() {
    bench.requirePatterns();
    Applicability.requires(
        bench.range() < Double.POSITIVE_INFINITY, "the readout declares no full scale");
    TestFrame frame = bench.patterns().random(39);
    double exposure = 8 * bench.range() / bench.brightnessRate(frame, false);
    Applicability.requires(
        exposure <= Math.min(PATIENCE, bench.capabilities().maxExposure()),
        "the longest exposure does not clip");
    exposure = bench.capabilities().clampExposure(exposure);
    return bench.show(frame, 1, 0, Readout.plain(exposure));
  }

  @Rule("R11")
  void r11CountsAreCodesOfTheConverter() {
    Capabilities capabilities = bench.capabilities();
    Applicability.requires(capabilities.adcBits() > 0, "the readout is not quantised");
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(40);
    boolean signed = bench.hasMode(ReadoutMode.COHERENT);
    double most = Math.pow(2, capabilities.adcBits() - (signed ? 1 : 0)) - 1;
    double least = signed ? -most - 1 : 0;
    for (float count : Readings.counts(bench.show(frame, 1, 0, Readings.readout(bench, frame)))) {
      Expect.that(
          count == Math.rint(count) && count >= least && count <= most,
          "a count of "
              + count
              + " is no code of a converter of "
              + capabilities.adcBits()
              + " bits");
    }
  }

  @Rule("R12")
  void r12ReadingAgainGivesTheSameField() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(41);
    Readout readout = Readings.readout(bench, frame);
    DetectorFrame first = bench.show(frame, 1, 0, readout);
    DetectorFrame again = bench.destination(frame.shape());
    device.read(bench.plain(), again);
    device.transform();
    device.read(readout, again);
    double likeness = Readings.likeness(Readings.counts(first), Readings.counts(again));
    Expect.that(
        likeness > 0.5,
        String.format("a third read of one frame shows another picture: likeness %.2f", likeness));
  }

  @Rule("R13")
  void r13AReadSaysWhatItIs() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    long id = -0x123456789ABCDEFL;
    DetectorFrame read = bench.show(frame, id, 3, bench.plain());
    Expect.that(read.frameId() == id, "frame id " + read.frameId() + " instead of " + id);
    Expect.that(read.repeat() == 3, "repeat " + read.repeat() + " instead of 3");
    Expect.that(
        read.exposure() == bench.plain().exposure() && read.gain() == 1,
        "exposure "
            + read.exposure()
            + " s and gain "
            + read.gain()
            + " instead of "
            + bench.plain().exposure()
            + " s and 1");
    Expect.that(
        read.calibrationId().equals(bench.calibration().id()),
        "calibration '" + read.calibrationId() + "' instead of '" + bench.calibration().id() + "'");
    long before = read.timestampNanos();
    device.read(bench.plain(), read);
    Expect.that(read.timestampNanos() >= before, "the time stamp of a later read is earlier");
  }

  @Rule("R14")
  void r14NothingIsWrittenOutsideTheDestination() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    int planes = bench.capabilities().readout().planes();
    int values = planes * frame.shape().pixels();
    device.load(frame.slm(1, 0));
    device.transform();
    for (BufferKind kind : BufferKind.values()) {
      Guarded guarded = new Guarded(kind, values);
      device.read(
          bench.plain(),
          new DetectorFrame(frame.shape(), planes, guarded.buffer(), Guarded.MARGIN));
      guarded.requireFilledExactly("read into a " + kind + " buffer");
    }
  }

  @Rule("R15")
  void r15EveryKindOfDestinationIsFilledAlike() {
    bench.requirePatterns();
    TestFrame frame = bench.patterns().random(45);
    Readout readout = Readings.readout(bench, frame);
    int planes = bench.capabilities().readout().planes();
    DetectorFrame heap = bench.show(frame, 1, 0, readout);
    DetectorFrame direct =
        new DetectorFrame(
            frame.shape(),
            planes,
            BufferKind.DIRECT.allocate(planes * frame.shape().pixels() + 5),
            5);
    device.load(frame.slm(1, 0));
    device.transform();
    device.read(readout, direct);
    Readings.requireAlike(bench, "a read into a direct buffer", direct, heap);
  }

  @Rule("R16")
  void r16DestinationsThatDoNotFitAreRejected() {
    FrameShape shape = bench.shape();
    device.load(bench.patterns().uniform(1, 0).slm(1, 0));
    device.transform();
    int planes = bench.capabilities().readout().planes();
    Expect.error(
        INVALID_ARGUMENT,
        "a destination with a plane too many",
        () -> device.read(bench.plain(), DetectorFrame.allocate(shape, planes + 1)));
    FrameShape other = new FrameShape(shape.rows() + 1, shape.cols());
    Expect.error(
        INVALID_ARGUMENT,
        "a destination of another shape",
        () -> device.read(bench.plain(), DetectorFrame.allocate(other, planes)));
  }

  @Rule("R17")
  void r17DarkReadsTheBlackLevel() {
    Applicability.requires(
        !bench.shows(Modulation.PHASE_ONLY), "a phase modulator shows no dark frame");
    Counts dark = Counts.of(bench, bench.patterns().uniform(0, 0), bench.plain());
    double leak = FieldError.of(bench.description());
    double unit = bench.calibration().sensitivity() * bench.plain().exposure();
    dark.requireNear(
        "mean of a dark frame",
        bench.calibration().blackLevel(),
        unit * Math.max(leak, leak * leak));
  }

  @Rule("R18")
  void r18JobsReportExposureAndSaturation() {
    TestFrame frame = bench.patterns().uniform(1, 0);
    double exposure = bench.exposureFor(frame);
    double half = bench.capabilities().clampExposure(exposure / 2);
    FrameSequence sequence =
        bench.run(
            bench.sequence(
                List.of(frame, frame), List.of(Readout.plain(exposure), Readout.plain(half))));
    for (int i = 0; i < sequence.size(); i++) {
      for (int r = 0; r < 2; r++) {
        double asked = sequence.readouts().get(r).exposure();
        Expect.that(
            sequence.exposure(i, r) == asked,
            "readout "
                + r
                + " of frame "
                + i
                + " of a job was read for "
                + asked
                + " s and reports "
                + sequence.exposure(i, r)
                + " s");
        Expect.that(
            sequence.saturated(i, r) == 0,
            "frame "
                + i
                + " of a job was read at half of the full scale and reports "
                + sequence.saturated(i, r)
                + " clipped values");
      }
    }
  }
}
