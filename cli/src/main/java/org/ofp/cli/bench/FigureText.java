// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.io.PrintStream;
import java.util.Map;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;

/** What was measured, for people. */
public final class FigureText {
  private FigureText() {}

  /** Prints the figures. */
  public static void print(TransformFigures figures, PrintStream out) {
    out.println(
        figures.device()
            + ": forward transforms of "
            + figures.rows()
            + "x"
            + figures.cols()
            + " random complex fields, "
            + figures.batch()
            + " at once, on "
            + processors(figures.threads()));
    out.println();
    summary(figures).print(out, "  ");
    out.println();
    out.println("Processor time per transform, summed over threads");
    stages(figures.stages()).print(out, "  ");
  }

  /** Prints the figures. */
  public static void print(ConvolutionFigures figures, PrintStream out) {
    out.println(
        figures.device()
            + ": convolution of "
            + figures.inChannels()
            + " to "
            + figures.outChannels()
            + " maps of "
            + figures.size()
            + "x"
            + figures.size()
            + ", kernels "
            + figures.kernel()
            + "x"
            + figures.kernel()
            + ", on "
            + processors(figures.threads()));
    out.println();
    new TextTable("", "median", "shortest", "")
        .row(
            figures.route(),
            Quantity.seconds(figures.opticalSeconds()),
            Quantity.seconds(figures.opticalMinSeconds()),
            Quantity.number(figures.timesElectronic())
                + " times as long as libtorch"
                + Quantity.deviceUse(
                    Math.round(figures.framesPerRun()), figures.deviceSecondsPerRun()))
        .row(
            "libtorch",
            Quantity.seconds(figures.electronicSeconds()),
            Quantity.seconds(figures.electronicMinSeconds()),
            "of " + Quantity.count(figures.runs(), "run") + " of each")
        .print(out, "  ");
  }

  private static String processors(int number) {
    return Quantity.count(number, "processor");
  }

  /** Means need not be whole. */
  private static String count(double mean, String noun) {
    return Quantity.number(mean) + " " + noun + (mean == 1 ? "" : "s");
  }

  private static TextTable summary(TransformFigures figures) {
    String energy =
        Double.isNaN(figures.joulesPerTransform())
            ? "energy not declared"
            : Quantity.number(figures.joulesPerTransform()) + " J predicted";
    return new TextTable(
            "throughput",
            Quantity.number(figures.transformsPerSecond()) + " transforms/s",
            Quantity.seconds(figures.secondsPerTransform())
                + " each, median of "
                + Quantity.count(figures.batchRuns(), "run"))
        .row(
            "raw FFT",
            Quantity.seconds(figures.rawFftSeconds()),
            "each by engine "
                + figures.fftKernel()
                + "; the device takes "
                + Quantity.number(figures.timesRawFft())
                + " times as long")
        .row(
            "one alone",
            Quantity.seconds(figures.latencyP50()),
            "median, "
                + Quantity.seconds(figures.latencyP99())
                + " 99th percentile of "
                + figures.latencyRuns())
        .row(
            "device",
            Quantity.seconds(figures.deviceSecondsPerTransform()),
            count(figures.framesPerTransform(), "frame")
                + ", "
                + count(figures.readsPerTransform(), "read")
                + ", "
                + energy)
        .row("allocation", Quantity.number(Math.rint(figures.bytesPerTransform())) + " bytes", "");
  }

  private static TextTable stages(Map<String, Double> stages) {
    double total = stages.values().stream().mapToDouble(Double::doubleValue).sum();
    TextTable table = new TextTable("stage", "time", "share");
    stages.forEach(
        (stage, seconds) ->
            table.row(stage, Quantity.seconds(seconds), Quantity.percent(seconds / total)));
    return table.row("all", Quantity.seconds(total), "");
  }
}
