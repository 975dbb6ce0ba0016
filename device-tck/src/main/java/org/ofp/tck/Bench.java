// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.ArrayList;
import java.util.List;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;

/** The device under test with what the rules do to it again and again. */
final class Bench {
  /** Side of the window that most rules use: small enough for a naive transform of every frame. */
  private static final int SIDE = 16;

  /** Share of the full scale at which the brightest pixel is expected. */
  private static final double BRIGHTNESS = 0.5;

  private final OpticalFourierDevice device;
  private final DeviceDescription description;
  private long nextId = 1;

  Bench(OpticalFourierDevice device) {
    this.device = device;
    description = device.description();
  }

  DeviceDescription description() {
    return description;
  }

  Capabilities capabilities() {
    return description.capabilities();
  }

  Calibration calibration() {
    return description.calibration();
  }

  boolean hasMode(ReadoutMode mode) {
    return capabilities().readout() == mode;
  }

  boolean shows(Modulation modulation) {
    return capabilities().modulation() == modulation;
  }

  /** Whether reads tell the field's phase. */
  boolean readsFields() {
    return !hasMode(ReadoutMode.INTENSITY);
  }

  /** The shape that most rules use: a small window where the device has windows. */
  FrameShape shape() {
    FrameShape max = capabilities().maxFrame();
    return capabilities().windows()
        ? new FrameShape(Math.min(SIDE, max.rows()), Math.min(SIDE, max.cols()))
        : max;
  }

  /** Aborts the rule unless the working frame is large enough for patterns to differ. */
  FrameShape requirePatterns() {
    FrameShape shape = shape();
    Applicability.requires(
        shape.rows() >= 4 && shape.cols() >= 4,
        "frames of " + shape + " are too small for a pattern");
    return shape;
  }

  Patterns patterns() {
    return patterns(shape());
  }

  Patterns patterns(FrameShape shape) {
    return new Patterns(shape, capabilities().modulation());
  }

  /** A frame id that this bench has not used before. */
  long newId() {
    return nextId++;
  }

  /** A read that every device admits. */
  Readout plain() {
    return Readout.plain(capabilities().defaultExposure());
  }

  DetectorFrame destination(FrameShape shape) {
    return DetectorFrame.allocate(shape, capabilities().readout().planes());
  }

  /** Load, transform and one read. */
  DetectorFrame show(TestFrame frame, long id, int repeat, Readout readout) {
    DetectorFrame into = destination(frame.shape());
    device.load(frame.slm(id, repeat));
    device.transform();
    device.read(readout, into);
    return into;
  }

  /** The reads that give a {@link Spectrum}. */
  List<Readout> readouts(double exposure) {
    if (!hasMode(ReadoutMode.FOUR_STEP)) {
      return List.of(Readout.plain(exposure));
    }
    List<Readout> steps = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      steps.add(Readout.withReference(exposure, k * Math.PI / 2));
    }
    return steps;
  }

  /** A job of these frames with new ids, ready to run, its destination filled with a mark. */
  FrameSequence sequence(List<TestFrame> frames, List<Readout> readouts) {
    return sequence(frames, readouts, ExposureControl.fixed(), BufferKind.HEAP);
  }

  FrameSequence sequence(
      List<TestFrame> frames, List<Readout> readouts, ExposureControl control, BufferKind kind) {
    FrameShape shape = frames.get(0).shape();
    int planes = capabilities().readout().planes();
    FrameSequence sequence =
        new FrameSequence(
            shape,
            frames.size(),
            readouts,
            planes,
            control,
            kind.allocate(2 * shape.pixels() * frames.size()),
            kind.allocate(frames.size() * readouts.size() * planes * shape.pixels()));
    for (int i = 0; i < frames.size(); i++) {
      sequence.amplitudes().put(sequence.amplitudeOffset(i), frames.get(i).amplitudes());
      sequence.identify(i, newId(), 0);
    }
    for (int i = 0; i < sequence.counts().capacity(); i++) {
      sequence.counts().put(i, Float.NaN);
    }
    return sequence;
  }

  FrameSequence run(FrameSequence sequence) {
    device.submit(sequence, JobOptions.defaults()).await();
    return sequence;
  }

  /** All counts of frame {@code i}, readout by readout. */
  float[] counts(FrameSequence sequence, int i) {
    int values = sequence.readouts().size() * sequence.planes() * sequence.shape().pixels();
    float[] counts = new float[values];
    sequence.counts().get(sequence.countOffset(i, 0), counts);
    return counts;
  }

  /** What the calibration says a frame's spectrum is. */
  Spectrum expected(TestFrame frame) {
    double[] field = Diffraction.field(frame);
    return new Spectrum(frame.shape(), readsFields() ? field : powers(field), 0);
  }

  private static double[] powers(double[] field) {
    double[] powers = new double[field.length / 2];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = field[2 * i] * field[2 * i] + field[2 * i + 1] * field[2 * i + 1];
    }
    return powers;
  }

  /** Largest |F| of a frame. */
  static double peak(TestFrame frame) {
    double peak = 0;
    for (double power : powers(Diffraction.field(frame))) {
      peak = Math.max(peak, power);
    }
    return Math.sqrt(peak);
  }

  /**
   * Counts per second at the brightest pixel of a frame, by the calibration.
   *
   * @param reference whether the reference beam is let through, at its worst phase
   */
  double brightnessRate(TestFrame frame, boolean reference) {
    double field = peak(frame);
    return calibration().sensitivity()
        * switch (capabilities().readout()) {
          case COHERENT -> field;
          case FOUR_STEP ->
              Math.pow(field + (reference ? calibration().referenceAmplitude() : 0), 2);
          case INTENSITY -> field * field;
        };
  }

  /** Counts from dark to clipping. */
  double range() {
    return calibration().fullScale() - calibration().blackLevel();
  }

  /** An exposure that uses half of the sensor's range, or as much as the device allows. */
  double exposureFor(TestFrame frame) {
    if (range() == Double.POSITIVE_INFINITY) {
      return capabilities().defaultExposure();
    }
    double rate = brightnessRate(frame, true);
    double exposure = capabilities().clampExposure(BRIGHTNESS * range() / rate);
    Applicability.requires(
        exposure * rate <= 0.8 * range(),
        "even the shortest exposure of " + exposure + " s is too bright for this pattern");
    return exposure;
  }

  /** Measures a frame: see {@link Measurement}. */
  Spectrum measure(TestFrame frame) {
    return measure(frame, exposureFor(frame));
  }

  Spectrum measure(TestFrame frame, double exposure) {
    return new Measurement(this, frame, exposure).take();
  }

  /** Reads of a frame that are averaged. */
  int repeats() {
    return capabilities().determinism() == Determinism.NOISELESS ? 1 : Measurement.REPEATS;
  }
}
