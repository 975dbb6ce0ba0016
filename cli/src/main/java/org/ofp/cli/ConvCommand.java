// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.io.NpyWriter;
import org.ofp.cli.io.OutputTarget;
import org.ofp.cli.io.RealArrayFile;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Convolution;
import org.ofp.cli.network.Engine;
import org.ofp.cli.option.DeviceParameter;
import org.ofp.cli.option.Pair;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.term.Quantity;
import org.ofp.optconv.ConvolutionSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp conv URI X.npy W.npy OUT.npy}. */
@Command(
    name = "conv",
    description = {
      "Convolves a batch of maps with a layer's weights, as PyTorch's Conv2d does.",
      "Kernels larger than 1x1 run on the device, 1x1 kernels on this computer; with the address"
          + " 'none' libtorch computes both."
    })
final class ConvCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private DeviceParameter address;

  @Mixin private PrecisionOptions precision;

  @Parameters(index = "1", paramLabel = "X.npy", description = "Maps, <f4 [n, cin, h, w].")
  private Path maps;

  @Parameters(
      index = "2",
      paramLabel = "W.npy",
      description = "Weights, <f4 [cout, cin/groups, kh, kw].")
  private Path weights;

  @Parameters(index = "3", paramLabel = "OUT.npy", description = "Result, <f4 [n, cout, h', w'].")
  private Path out;

  @Option(names = "--bias", paramLabel = "B.npy", description = "Bias, <f4 [cout].")
  private Path bias;

  @Option(
      names = "--stride",
      paramLabel = "N|R,C",
      defaultValue = "1",
      converter = Pair.Converter.class,
      description = "Step of the output, for rows and columns (default: ${DEFAULT-VALUE}).")
  private Pair stride;

  @Option(
      names = "--padding",
      paramLabel = "N|R,C",
      defaultValue = "0",
      converter = Pair.Converter.class,
      description = "Zeros added on each side (default: ${DEFAULT-VALUE}).")
  private Pair padding;

  @Option(
      names = "--dilation",
      paramLabel = "N|R,C",
      defaultValue = "1",
      converter = Pair.Converter.class,
      description = "Distance between taps of the kernel (default: ${DEFAULT-VALUE}).")
  private Pair dilation;

  @Option(
      names = "--groups",
      paramLabel = "N",
      defaultValue = "1",
      description = "Channel groups (default: ${DEFAULT-VALUE}).")
  private int groups;

  /** What was done, for JSON. */
  record Report(
      String device,
      String route,
      Path output,
      List<Integer> shape,
      long frames,
      double seconds,
      double deviceBusySeconds) {}

  @Override
  public Integer call() throws IOException {
    requireAtLeast(stride.atLeast(1), "--stride", stride, 1);
    requireAtLeast(padding.atLeast(0), "--padding", padding, 0);
    requireAtLeast(dilation.atLeast(1), "--dilation", dilation, 1);
    requireAtLeast(groups >= 1, "--groups", groups, 1);
    OutputTarget.checkFile(out);
    try (Engine engine = Engine.open(address.uriOrNone(), precision.transformOptions())) {
      NpyArray x = RealArrayFile.read(maps, "X", "n", "cin", "h", "w");
      NpyArray w = RealArrayFile.read(weights, "W", "cout", "cin/groups", "kh", "kw");
      NpyArray b = bias == null ? null : RealArrayFile.read(bias, "B", "cout");
      Convolution.Result result = Convolution.run(engine, spec(x, w, b), x, w, b);
      NpyWriter.write(out, result.y());
      show(
          new Report(
              engine.name(),
              result.route(),
              out,
              result.y().extents(),
              result.frames(),
              result.seconds(),
              engine.busy().toNanos() * 1e-9),
          result.y());
    }
    return ExitStatus.SUCCESS;
  }

  private static void requireAtLeast(boolean met, String option, Object value, int least) {
    if (!met) {
      throw CliException.usage(option + " " + value + " must be at least " + least);
    }
  }

  private ConvolutionSpec spec(NpyArray x, NpyArray w, NpyArray b) {
    if ((long) w.dimension(1) * groups != x.dimension(1)) {
      throw CliException.failure(
          weights
              + ": W "
              + w
              + " takes "
              + (long) w.dimension(1) * groups
              + " channels in "
              + Quantity.count(groups, "group")
              + ", X "
              + x
              + " has "
              + x.dimension(1)
              + "; W must be [cout, cin/groups, kh, kw]");
    }
    if (b != null && b.dimension(0) != w.dimension(0)) {
      throw CliException.failure(
          bias
              + ": B "
              + b
              + " must have one value for each of the "
              + w.dimension(0)
              + " output channels of W");
    }
    try {
      return ConvolutionSpec.of(x.dimension(1), w.dimension(0), 1)
          .kernel(w.dimension(2), w.dimension(3))
          .stride(stride.rows(), stride.cols())
          .padding(padding.rows(), padding.cols())
          .dilation(dilation.rows(), dilation.cols())
          .groups(groups)
          .bias(b != null);
    } catch (IllegalArgumentException e) {
      throw CliException.failure(e.getMessage(), e);
    }
  }

  private void show(Report report, NpyArray y) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
      return;
    }
    ofp.terminal().out().println(out + ": " + y);
    String device = Quantity.deviceUse(report.frames, report.deviceBusySeconds);
    ofp.terminal()
        .out()
        .println(
            report.device
                + ": "
                + report.route
                + " route"
                + device
                + ", "
                + Quantity.seconds(report.seconds)
                + " here");
  }
}
