// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ofp.cli.bench.RandomFields;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.cli.bench.TransformRun;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.recording.Provenance;
import org.ofp.device.recording.RecordingDevice;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.Kernels;

/**
 * What recording costs {@code sim:demonstrator}: batches of transforms with and without {@code
 * record:}, in turn, so that what else the machine does falls on both alike. The ratio is taken
 * round by round. Recordings are begun anew after some rounds, and deleted.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.RecordingReport \
 *       [SECONDS [SIDE [FOLDER [compact]]]]
 * </pre>
 */
public final class RecordingReport {
  private static final double DEFAULT_SECONDS = 30;
  private static final int DEFAULT_SIDE = 512;
  private static final int FIELDS = 8;

  /** The fastest engine that works here: recording shows most beside it. */
  private static final String ENGINE =
      Kernels.list().stream()
          .filter(status -> status.kind().equals("fft") && status.available())
          .map(KernelStatus::name)
          .findFirst()
          .orElseThrow();

  /** Rounds per recording, of 32 MB each at 512×512; the first of them warm its buffers. */
  private static final int ROUNDS = 30;

  private static final int WARM_UP = 5;

  private final PrintStream out;
  private final FrameShape shape;
  private final Path folder;
  private final boolean compact;
  private final float[] fields;
  private final Samples share = new Samples();
  private final Samples processorShare = new Samples();
  private final Samples plain = new Samples();
  private final Samples recorded = new Samples();
  private final Samples plainProcessors = new Samples();
  private final Samples recordedProcessors = new Samples();
  private long bytes;
  private long frames;

  private RecordingReport(PrintStream out, int side, Path folder, boolean compact) {
    this.out = out;
    this.compact = compact;
    this.folder = folder;
    shape = new FrameShape(side, side);
    fields = RandomFields.of(2 * shape.pixels() * FIELDS);
  }

  /** Prints the report; the arguments are seconds, the fields' side, a folder, {@code compact}. */
  public static void main(String[] args) throws IOException {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : DEFAULT_SECONDS;
    int side = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SIDE;
    run(System.out, seconds, side, Path.of(args.length > 2 ? args[2] : "."), args.length > 3);
  }

  static void run(PrintStream out, double seconds, int side, Path folder, boolean compact)
      throws IOException {
    new RecordingReport(out, side, folder, compact).run(seconds);
  }

  private void run(double seconds) throws IOException {
    try (OpticalFourierDevice device = open()) {
      TimedRuns alone = new TimedRuns(new TransformRun(device, shape, fields));
      lap(alone, false);
      Stopwatch watch = new Stopwatch();
      do {
        lap(alone, true);
      } while (watch.seconds() < seconds);
    }
    out.println(
        "sim:demonstrator, metered, "
            + shape
            + " random complex fields, "
            + FIELDS
            + " at once, "
            + Quantity.count(Runtime.getRuntime().availableProcessors(), "processor")
            + ", Java "
            + System.getProperty("java.version")
            + ", "
            + Quantity.count(share.count(), "round")
            + ", "
            + Quantity.number(Math.rint((double) bytes / frames))
            + " bytes recorded a frame");
    TextTable table = new TextTable("", "median", "best", "processors: median", "target");
    table.row(
        "per transform", time(plain.median()), time(plain.min()), processors(plainProcessors), "");
    table.row(
        "recorded",
        time(recorded.median()),
        time(recorded.min()),
        processors(recordedProcessors),
        "");
    table.row(
        "recording takes",
        Quantity.percent(share.median()),
        Quantity.percent(1 - plain.min() / recorded.min()),
        Quantity.percent(processorShare.median()),
        "at most 10 % of the throughput");
    table.print(out, "  ");
  }

  private static String time(double batch) {
    return Quantity.seconds(batch / FIELDS);
  }

  private static String processors(Samples batches) {
    return time(batches.median());
  }

  private OpticalFourierDevice open() {
    return Simulators.open("demonstrator", shape.rows(), ENGINE);
  }

  private void lap(TimedRuns alone, boolean counts) throws IOException {
    Path file = folder.resolve("recording-report.ofpr");
    Files.deleteIfExists(file);
    try {
      try (RecordingDevice device =
          RecordingDevice.open(
              open(), file, Provenance.now("sim:demonstrator", "benchmark"), compact)) {
        TimedRuns runs = new TimedRuns(new TransformRun(device, shape, fields));
        for (int i = 0; i < ROUNDS; i++) {
          round(alone, runs, counts && i >= WARM_UP);
        }
      }
      bytes += Files.size(file);
      frames += (long) ROUNDS * FIELDS;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void round(TimedRuns alone, TimedRuns runs, boolean counts) {
    alone.forget();
    runs.forget();
    double without = alone.round();
    double with = runs.round();
    if (counts) {
      plain.add(without);
      recorded.add(with);
      plainProcessors.add(alone.processors().median());
      recordedProcessors.add(runs.processors().median());
      share.add(1 - without / with);
      processorShare.add(1 - alone.processors().median() / runs.processors().median());
    }
  }
}
