// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ofp.cli.bench.ConvolutionBench;
import org.ofp.cli.bench.ConvolutionFigures;
import org.ofp.cli.bench.ConvolutionSize;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.Terminal;
import org.ofp.cli.term.TextTable;
import org.ofp.device.DeviceUri;
import org.ofp.kernels.Kernels;

/**
 * One layer of 64→64 channels on {@code sim:ideal} against libtorch's own convolution, over kernel
 * sizes, in one process and in turn. Libtorch's rate is printed too, since a slow baseline would
 * prove nothing.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.ConvolutionReport [SECONDS [SIDE]]
 * </pre>
 */
public final class ConvolutionReport {
  private static final int CHANNELS = 64;

  /** Time over libtorch's that is the target, by kernel. */
  private static final Map<Integer, Double> TARGETS =
      new TreeMap<>(Map.of(3, 1.2, 5, 0.6, 7, 0.33, 15, 0.09, 31, 0.035));

  private ConvolutionReport() {}

  /** Prints the report; the arguments are seconds for each kernel, 10, and the maps' side, 256. */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    int side = args.length > 1 ? Integer.parseInt(args[1]) : 256;
    run(System.out, seconds, side);
  }

  static void run(PrintStream out, double seconds, int side) {
    TextTable table =
        new TextTable("kernel", "optical", "libtorch", "GMAC/s", "ratio", "target", "runs");
    for (Map.Entry<Integer, Double> entry : TARGETS.entrySet()) {
      int kernel = entry.getKey();
      try (Engine optical = Engine.open(Optional.of(DeviceUri.parse("sim:ideal")))) {
        ConvolutionFigures f =
            ConvolutionBench.run(
                Terminal.ofProcess(),
                optical,
                new ConvolutionSize(CHANNELS, CHANNELS, kernel, side),
                seconds);
        double macs = (double) CHANNELS * CHANNELS * kernel * kernel * side * side;
        table.row(
            kernel + "×" + kernel,
            Quantity.seconds(f.opticalSeconds()),
            Quantity.seconds(f.electronicSeconds()),
            String.format(Locale.ROOT, "%.0f", macs / f.electronicSeconds() * 1e-9),
            String.format(Locale.ROOT, "%.3f", f.opticalSeconds() / f.electronicSeconds()),
            "at most " + entry.getValue(),
            String.valueOf(f.runs()));
      }
    }
    out.printf(
        "%d to %d channels, %d×%d, sim:ideal (transforms %s, products %s), %s, medians%n",
        CHANNELS,
        CHANNELS,
        side,
        side,
        Kernels.fft().name(),
        Kernels.complexProduct().name(),
        Quantity.count(Runtime.getRuntime().availableProcessors(), "processor"));
    table.print(out, "");
  }
}
