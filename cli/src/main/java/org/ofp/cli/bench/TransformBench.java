// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import org.ofp.cli.error.CliException;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;
import org.ofp.device.Capabilities;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.Kernels;

/**
 * Forward transforms of random complex fields through a device, against the host's FFT.
 *
 * <p>Whole batches, the same batches through the FFT engine alone, and single transforms run in
 * turn, so that what else the machine does falls on all of them alike. Stages and allocation are
 * measured afterwards, because looking at them takes time.
 */
public final class TransformBench {
  /** Tasks per processor in a batch, so that all are busy to the end. */
  private static final int TASKS = 4;

  /** Bytes per pixel of a batch: fields and counts of all runs, input, the device's own. */
  private static final int BYTES_PER_PIXEL = 96;

  private static final int LARGEST_DEFAULT = 512;

  private final Terminal terminal;
  private final OpticalFourierDevice device;
  private final FrameShape shape;
  private final double seconds;
  private final FftKernel kernel = Kernels.fft();
  private final float[] input;
  private final TransformRun batch;
  private final TransformRun single;
  private final FftRun fft;

  /**
   * Prepares a measurement.
   *
   * @param size fields transformed at once, at least 1
   * @param seconds about how long to measure, after a warm-up of as long at most
   * @throws org.ofp.device.DeviceException if the device cannot transform such fields
   */
  public TransformBench(
      Terminal terminal, OpticalFourierDevice device, FrameShape shape, int size, double seconds) {
    this.terminal = terminal;
    this.device = device;
    this.shape = shape;
    this.seconds = seconds;
    single = new TransformRun(device, shape, RandomFields.of(2 * shape.pixels()));
    long values = 2L * shape.pixels() * size;
    if (values > Integer.MAX_VALUE) {
      throw CliException.usage(
          "a batch of " + size + " fields of " + shape + " is too large; make --batch smaller");
    }
    input = RandomFields.of((int) values);
    batch = new TransformRun(device, shape, input);
    fft = new FftRun(kernel, shape, input);
  }

  /** Fields of up to 512×512 that the device takes as they are. */
  public static FrameShape defaultShape(Capabilities capabilities) {
    FrameShape frame = capabilities.maxFrame();
    if (!capabilities.windows()) {
      return frame;
    }
    int side = Math.min(LARGEST_DEFAULT, Math.min(frame.rows(), frame.cols()));
    return new FrameShape(side, side);
  }

  /** As many fields as keep all processors busy, as far as half of the heap holds them. */
  public static int defaultBatch(FrameShape shape) {
    long busy = (long) TASKS * processors() * FftRun.fieldsPerTask(shape);
    long room = Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_PIXEL / shape.pixels();
    return (int) Math.max(1, Math.min(busy, room));
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Measures.
   *
   * @param name of the device
   */
  public TransformFigures run(String name) {
    double warmUp = Repeat.untilSteady(terminal, seconds, new Rounds()::run);
    Rounds rounds = new Rounds();
    StageProfile profile;
    double bytes;
    try (Progress progress = Repeat.progress(terminal, "seconds measured", seconds)) {
      Stopwatch watch = new Stopwatch();
      Repeat.until(2 * seconds / 3, watch, progress, rounds::run);
      profile = new StageProfile(device, shape, input);
      Repeat.until(5 * seconds / 6, watch, progress, profile::run);
      ThreadUse allocated = ThreadUse.allocatedBytes();
      int runs = Repeat.until(seconds, watch, progress, batch::run);
      bytes = (double) allocated.take() / runs / batch.size();
    }
    double perTransform = rounds.batches.median() / batch.size();
    double perFft = rounds.ffts.median() / batch.size();
    return new TransformFigures(
        name,
        shape.rows(),
        shape.cols(),
        batch.size(),
        processors(),
        1 / perTransform,
        perTransform,
        rounds.singles.percentile(50),
        rounds.singles.percentile(99),
        rounds.singles.count(),
        kernel.name(),
        perFft,
        perTransform / perFft,
        profile.stages(),
        profile.frames(),
        profile.reads(),
        profile.deviceSeconds(),
        profile.joules(),
        bytes,
        rounds.batches.count(),
        warmUp);
  }

  /** What runs in turn, and how long each took. */
  private final class Rounds {
    final Samples batches = new Samples();
    final Samples ffts = new Samples();
    final Samples singles = new Samples();

    /** A batch either way, and single transforms for as long; seconds of the batch. */
    double run() {
      double took = batch.run();
      batches.add(took);
      ffts.add(fft.run());
      Stopwatch watch = new Stopwatch();
      do {
        singles.add(single.run());
      } while (watch.seconds() < took);
      return took;
    }
  }
}
