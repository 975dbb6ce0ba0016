// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.io.NpyWriter;
import org.ofp.cli.io.OutputTarget;
import org.ofp.cli.io.RealArrayFile;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Inference;
import org.ofp.cli.network.PeakMemory;
import org.ofp.cli.option.DeviceOption;
import org.ofp.cli.option.ModelOptions;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.StopSignal;
import org.ofp.models.SegmentationModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp forward X.npy Y.npy}. */
@Command(
    name = "forward",
    description = {
      "Runs a network on arrays and writes its logits.",
      "Images run one after the other, so the result does not depend on how they are batched."
    })
final class ForwardCommand implements Callable<Integer> {
  private static final int CHANNELS = 3;

  @ParentCommand private Ofp ofp;

  @Mixin private ModelOptions options;

  @Mixin private DeviceOption address;

  @Mixin private PrecisionOptions precision;

  @Parameters(
      index = "0",
      paramLabel = "X.npy",
      description = "Images, <f4 [n, 3, h, w], normalised already (ImageNet mean and deviation).")
  private Path in;

  @Parameters(index = "1", paramLabel = "Y.npy", description = "Logits, <f4 [n, classes, h, w].")
  private Path out;

  /** What was done, for JSON. */
  record Report(
      String model,
      String weights,
      String device,
      Path output,
      List<Integer> shape,
      double forwardSeconds,
      long frames,
      double deviceBusySeconds,
      Long peakRssBytes) {}

  @Override
  public Integer call() throws IOException {
    OutputTarget.checkFile(out);
    try (StopSignal stop = StopSignal.watch(ofp.terminal(), "nothing was written");
        Engine engine = Engine.open(address.uriOrNone(), precision.transformOptions())) {
      SegmentationModel model = options.create(engine.context());
      NpyArray x = RealArrayFile.read(in, "X", "n", "3", "h", "w");
      if (x.dimension(1) != CHANNELS) {
        throw CliException.failure(
            in + ": X must be <f4 [n, 3, h, w]; this is " + x + ", which has no three channels");
      }
      options.announce(ofp.terminal(), model.classes());
      Totals totals = new Totals();
      NpyArray y = run(new Inference(engine, model), x, totals, stop);
      NpyWriter.write(out, y);
      OptionalLong peak = PeakMemory.bytes();
      show(
          new Report(
              model.name(),
              options.weightsName(model.classes()).orElse(null),
              engine.name(),
              out,
              y.extents(),
              totals.seconds,
              totals.frames,
              totals.busySeconds,
              peak.isPresent() ? peak.getAsLong() : null),
          y);
    }
    return ExitStatus.SUCCESS;
  }

  private NpyArray run(Inference inference, NpyArray x, Totals totals, StopSignal stop) {
    int n = x.dimension(0);
    int rows = x.dimension(2);
    int cols = x.dimension(3);
    int classes = inference.model().classes();
    long values = (long) n * classes * rows * cols;
    if (values > Integer.MAX_VALUE) {
      throw CliException.failure(
          in + ": the logits would have " + values + " values, too many; split the batch");
    }
    float[] logits = new float[(int) values];
    long layers = (long) n * inference.model().layerCount();
    try (Progress progress = Progress.start(ofp.terminal(), "layers", layers)) {
      Runnable afterLayer =
          () -> {
            progress.advance(1);
            stop.check();
          };
      for (int i = 0; i < n; i++) {
        int offset = i * CHANNELS * rows * cols;
        Inference.Result result = inference.run(i, x.values(), offset, rows, cols, afterLayer);
        float[] image = result.logits().values();
        System.arraycopy(image, 0, logits, i * image.length, image.length);
        totals.add(result);
      }
    }
    return NpyArray.real(logits, n, classes, rows, cols);
  }

  private void show(Report report, NpyArray y) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
      return;
    }
    ofp.terminal().out().println(out + ": " + y);
    String device = Quantity.deviceUse(report.frames, report.deviceBusySeconds);
    String memory =
        report.peakRssBytes == null ? "" : ", peak memory " + Quantity.bytes(report.peakRssBytes);
    ofp.terminal()
        .out()
        .println(
            report.model
                + " on "
                + report.device
                + ": "
                + Quantity.seconds(report.forwardSeconds)
                + " here"
                + device
                + memory);
  }

  /** Sums over the images. */
  private static final class Totals {
    double seconds;
    long frames;
    double busySeconds;

    void add(Inference.Result result) {
      seconds += result.seconds();
      frames += result.frames();
      busySeconds += result.busySeconds();
    }
  }
}
