// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.term.TextTable;

/**
 * {@code ofp segment} of one picture, optically and electronically, each time in a process of its
 * own: what a user waits for, the start of the Java machine and its compiler's work included.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.SegmentReport [ROUNDS [PICTURE]]
 * </pre>
 *
 * <p>Runs the launcher {@code ofp} of the working folder, or of a folder above it; the picture is
 * by default the {@code examples/photo.jpg} beside it. A first pair of runs is not counted: it
 * builds what is not built, and brings libraries into the system's file cache.
 */
public final class SegmentReport {
  private static final String OPTICAL = "sim:demonstrator";
  private static final String ELECTRONIC = "none";
  private static final double MOST_SECONDS = 8;
  private static final double MOST_RATIO = 2;

  /** Processor seconds that a process took are read so often. */
  private static final Duration WATCH = Duration.ofMillis(20);

  private final Path launcher;
  private final Path picture;
  private final Path out;

  private SegmentReport(Path launcher, Path picture, Path out) {
    this.launcher = launcher;
    this.picture = picture;
    this.out = out;
  }

  /** Prints the report; by default 5 rounds. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Path launcher = launcher(Path.of("").toAbsolutePath());
    Path picture =
        args.length > 1 ? Path.of(args[1]) : launcher.resolveSibling("examples/photo.jpg");
    Path out = Files.createTempDirectory("ofp-segment");
    new SegmentReport(launcher, picture.toAbsolutePath(), out).run(System.out, rounds);
  }

  /** The launcher in a folder or the nearest one above. */
  static Path launcher(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      Path launcher = at.resolve("ofp");
      if (Files.isRegularFile(launcher) && Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    throw new IllegalArgumentException(
        "there is no launcher 'ofp' in " + folder + " or above; run this within the repository");
  }

  private void run(PrintStream report, int rounds) {
    Times optical = new Times();
    Times electronic = new Times();
    measure(OPTICAL);
    measure(ELECTRONIC);
    for (int round = 0; round < rounds; round++) {
      optical.add(measure(OPTICAL));
      electronic.add(measure(ELECTRONIC));
    }
    TextTable table = new TextTable("device", "median", "best", "processors", "target");
    optical.row(table, OPTICAL, String.format(Locale.ROOT, "at most %.0f s", MOST_SECONDS));
    electronic.row(table, ELECTRONIC, "");
    report.println(picture + ", " + rounds + " rounds in turn, each a new process");
    table.print(report, "");
    report.printf(
        Locale.ROOT,
        "ratio of the medians %.2f, of the processors' times %.2f (target: at most %.0f)%n",
        optical.wall.median() / electronic.wall.median(),
        optical.processors.median() / electronic.processors.median(),
        MOST_RATIO);
  }

  /** Wall and processor seconds of a process. */
  private record Run(double wall, double processors) {}

  private Run measure(String device) {
    List<String> command =
        List.of(
            launcher.toString(),
            "segment",
            picture.toString(),
            "--device",
            device,
            "--out",
            out.toString());
    try {
      Path log = out.resolve("log.txt");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      // The launcher becomes the Java machine, so its processor time is that of the process.
      Duration processors = Duration.ZERO;
      do {
        processors = process.info().totalCpuDuration().orElse(processors);
      } while (!process.waitFor(WATCH.toMillis(), TimeUnit.MILLISECONDS));
      double wall = (System.nanoTime() - start) * 1e-9;
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " ended with "
                + process.exitValue()
                + ": "
                + Files.readString(log).strip());
      }
      return new Run(wall, processors.toNanos() * 1e-9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Of all rounds on one device. */
  private static final class Times {
    final Samples wall = new Samples();
    final Samples processors = new Samples();

    void add(Run run) {
      wall.add(run.wall());
      processors.add(run.processors());
    }

    void row(TextTable table, String device, String target) {
      table.row(
          device,
          seconds(wall.median()),
          seconds(wall.min()),
          seconds(processors.median()),
          target);
    }

    private static String seconds(double seconds) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
  }
}
