// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.ofp.cli.bench.ConvolutionBench;
import org.ofp.cli.bench.ConvolutionFigures;
import org.ofp.cli.bench.ConvolutionSize;
import org.ofp.cli.bench.FigureText;
import org.ofp.cli.bench.TransformBench;
import org.ofp.cli.bench.TransformFigures;
import org.ofp.cli.device.Opening;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.option.DeviceParameter;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceUri;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ofp bench URI}. */
@Command(
    name = "bench",
    description = {
      "Measures how fast a device transforms random complex fields, and where the time goes.",
      "Throughput is of whole batches, from the caller's fields to the caller's fields; latency is"
          + " the wall time of one transform submitted alone; the raw FFT is this computer's FFT"
          + " engine on the same batch and processors. They run in turn, after a warm-up, and the"
          + " figures are medians.",
      "Stages are processor seconds per transform, summed over threads: encoding and reconstruction"
          + " by the SDK, and between them the stages that the device tells of."
    })
final class BenchCommand implements Callable<Integer> {
  private static final double LONGEST_SECONDS = 600;

  @ParentCommand private Ofp ofp;

  @Mixin private DeviceParameter address;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Fields of NxN pixels (default: 512, or as many as the device shows).")
  private Integer size;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Fields transformed at once (default: enough to keep all processors busy).")
  private Integer batch;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description =
          "How long to measure, after a warm-up of as long at most (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--conv",
      paramLabel = "CIN,COUT,K,SIZE",
      converter = ConvolutionSize.Converter.class,
      description =
          "Measure a convolution layer instead, by the device and by libtorch in turn: CIN maps of"
              + " SIZExSIZE, COUT kernels of KxK, stride 1, padding (K-1)/2. Kernel spectra are kept"
              + " from run to run.")
  private ConvolutionSize convolution;

  @Override
  public Integer call() {
    requireSoundOptions();
    if (convolution == null) {
      transforms(address.uri());
    } else {
      convolutions();
    }
    return ExitStatus.SUCCESS;
  }

  private void requireSoundOptions() {
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw CliException.usage("--seconds " + seconds + " must be above 0 and up to 600");
    }
    requireAtLeastOne("--size", size);
    requireAtLeastOne("--batch", batch);
    if (convolution != null && (size != null || batch != null)) {
      throw CliException.usage(
          "--conv measures one image of its own SIZE; leave out --size and --batch");
    }
  }

  private static void requireAtLeastOne(String option, Integer value) {
    if (value != null && value < 1) {
      throw CliException.usage(option + " " + value + " must be at least 1");
    }
  }

  private void transforms(DeviceUri uri) {
    FrameShape wanted = size == null ? null : square(size);
    try (OpticalFourierDevice device = Opening.open(uri)) {
      FrameShape shape =
          wanted == null
              ? TransformBench.defaultShape(device.description().capabilities())
              : wanted;
      int fields = batch == null ? TransformBench.defaultBatch(shape) : batch;
      TransformFigures figures =
          new TransformBench(ofp.terminal(), device, shape, fields, seconds).run(uri.toString());
      if (ofp.json()) {
        JsonOutput.write(out(), figures);
      } else {
        FigureText.print(figures, out());
      }
    }
  }

  private static FrameShape square(int side) {
    try {
      return new FrameShape(side, side);
    } catch (DeviceException e) {
      throw CliException.usage("--size " + side + ": " + e.getMessage());
    }
  }

  private void convolutions() {
    try (Engine engine = Engine.open(address.uriOrNone())) {
      ConvolutionFigures figures =
          ConvolutionBench.run(ofp.terminal(), engine, convolution, seconds);
      if (ofp.json()) {
        JsonOutput.write(out(), figures);
      } else {
        FigureText.print(figures, out());
      }
    }
  }

  private PrintStream out() {
    return ofp.terminal().out();
  }
}
