// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.device.FrameShape;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.Kernels;

/**
 * The simulator's figures in one run: time per transform on every FFT engine that works here, the
 * ideal bench against the raw engine, allocation, time per stage.
 *
 * <p>Everything that is timed runs in turn, A B C A B C …, so that what else the machine does falls
 * on all alike, and ratios are taken round by round. The median says what to expect on such a
 * machine, the best round what the program can do; processor time over processors bounds both.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.SimulatorReport [SECONDS [SIDE]]
 * </pre>
 */
public final class SimulatorReport {
  private static final double DEFAULT_SECONDS = 60;
  private static final int DEFAULT_SIDE = 512;

  /** Fields transformed at once: four tasks for each of two processors. */
  private static final int FIELDS = 8;

  private static final int LEAST_ROUNDS = 3;

  /** What four reads of 512×512 on two processors may take, by engine. */
  private static final Map<String, String> TIME_TARGETS =
      Map.of("mkl", "at most 4 ms", "jtransforms", "at most 8 ms");

  private static final String SHARE_TARGET = "at least 80 %";

  private final PrintStream out;
  private final FrameShape shape;
  private final List<EngineRuns> engines = new ArrayList<>();

  private SimulatorReport(PrintStream out, FrameShape shape) {
    this.out = out;
    this.shape = shape;
  }

  /** Prints the report; the arguments are seconds to measure, 60, and the fields' side, 512. */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : DEFAULT_SECONDS;
    int side = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SIDE;
    run(System.out, seconds, side);
  }

  static void run(PrintStream out, double seconds, int side) {
    new SimulatorReport(out, new FrameShape(side, side)).run(seconds);
  }

  private void run(double seconds) {
    try {
      for (KernelStatus status : Kernels.list()) {
        if (status.kind().equals("fft") && status.available()) {
          engines.add(new EngineRuns(status.name(), shape, FIELDS));
        }
      }
      rounds(seconds / 3);
      engines.forEach(EngineRuns::forget);
      int rounds = rounds(seconds);
      out.println(
          "Simulator, "
              + shape
              + " random complex fields, "
              + FIELDS
              + " at once, "
              + Quantity.count(Runtime.getRuntime().availableProcessors(), "processor")
              + ", Java "
              + System.getProperty("java.version")
              + ", "
              + Quantity.count(rounds, "round"));
      section("Time per transform; processors: median, summed over threads", times());
      section("Throughput of the ideal bench as a share of the raw FFT's", shares());
      section("Memory allocated per transform", allocations());
      for (DeviceRuns device : engines.get(0).devices()) {
        section(
            "Processor time per transform, summed over threads: "
                + device.name()
                + ", "
                + engines.get(0).name(),
            stages(device.stages()));
      }
    } finally {
      engines.forEach(EngineRuns::close);
    }
  }

  private int rounds(double seconds) {
    Stopwatch watch = new Stopwatch();
    int rounds = 0;
    while (rounds < LEAST_ROUNDS || watch.seconds() < seconds) {
      engines.forEach(EngineRuns::round);
      rounds++;
    }
    return rounds;
  }

  private void section(String title, TextTable table) {
    out.println();
    out.println(title);
    table.print(out, "  ");
  }

  private TextTable times() {
    TextTable table = new TextTable("", "engine", "median", "best", "processors", "target");
    for (EngineRuns engine : engines) {
      time(table, "raw FFT", engine.name(), engine.fft(), "");
      time(table, "ideal, submit alone", engine.name(), engine.submit(), "");
      for (DeviceRuns device : engine.devices()) {
        boolean aim = device.name().equals(EngineRuns.FIXED);
        String target = aim ? TIME_TARGETS.getOrDefault(engine.name(), "") : "";
        time(table, device.name(), engine.name(), device.times(), target);
      }
    }
    return table;
  }

  private static void time(
      TextTable table, String what, String engine, TimedRuns runs, String target) {
    table.row(
        what,
        engine,
        Quantity.seconds(runs.wall().median() / FIELDS),
        Quantity.seconds(runs.wall().min() / FIELDS),
        Quantity.seconds(runs.processors().median() / FIELDS),
        target);
  }

  /** The best is the share of the best times, not the best of the shares. */
  private TextTable shares() {
    TextTable table = new TextTable("", "engine", "median", "best", "target");
    for (EngineRuns engine : engines) {
      share(table, "submit", engine, engine.submit(), engine.submitShare());
      share(table, "FourierTransformer", engine, engine.ideal().times(), engine.idealShare());
    }
    return table;
  }

  private static void share(
      TextTable table, String what, EngineRuns engine, TimedRuns runs, Samples shares) {
    table.row(
        what,
        engine.name(),
        Quantity.percent(shares.median()),
        Quantity.percent(engine.fft().wall().min() / runs.wall().min()),
        SHARE_TARGET);
  }

  private TextTable allocations() {
    TextTable table = new TextTable("", "engine", "bytes");
    for (EngineRuns engine : engines) {
      for (DeviceRuns device : engine.devices()) {
        table.row(
            device.name(), engine.name(), Quantity.number(Math.rint(device.bytesPerTransform())));
      }
    }
    return table;
  }

  private static TextTable stages(Map<String, Double> stages) {
    TextTable table = new TextTable("stage", "time");
    stages.forEach((stage, seconds) -> table.row(stage, Quantity.seconds(seconds)));
    return table;
  }
}
