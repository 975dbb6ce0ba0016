// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.evaluate.Evaluation;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.term.Terminal;
import org.ofp.cli.term.TextTable;
import org.ofp.device.DeviceUri;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.scene.SceneOptions;
import org.ofp.models.training.LossKind;
import org.ofp.models.training.Trainer;
import org.ofp.models.training.TrainingData;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.TrainingOptions;
import org.ofp.models.training.TrainingResult;
import org.ofp.optconv.torch.Torch;

/**
 * Whether training on a poor device helps on that device. A network is trained electronically; then
 * it is trained on for some epochs, once electronically as before and once on the device, whose
 * noise it thus meets; all three are judged electronically and on the device, on pictures that none
 * of them was trained on.
 *
 * <pre>
 *   java -XX:+UseParallelGC -Xmx2g -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.NoiseAwareReport [EPOCHS [MORE [SCENES [SIDE [URI]]]]]
 * </pre>
 */
public final class NoiseAwareReport {
  private static final String MODEL = "unet-efficientnet-b0";
  private static final String FOUR_BITS =
      "sim:demonstrator?slm.amplitude-bits=4&slm.phase-bits=4&adc.bits=6&sensor.black-level=8";
  private static final int BATCH = 8;
  private static final double LEARNING_RATE = 1e-3;

  /** Lower than before, so that the last epochs' chance matters less. */
  private static final double RATE_OF_MORE = 3e-4;

  private final SegmentationData data;
  private final DeviceUri uri;
  private final TextTable table = new TextTable("network", "electronic", "on the device", "lost");

  private NoiseAwareReport(SegmentationData data, DeviceUri uri) {
    this.data = data;
    this.uri = uri;
  }

  /** Prints the report; by default 12 epochs and 3 more over 500 scenes of 64×64. */
  public static void main(String[] args) throws IOException {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 12;
    int more = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int scenes = args.length > 2 ? Integer.parseInt(args[2]) : 500;
    int side = args.length > 3 ? Integer.parseInt(args[3]) : 64;
    String uri = args.length > 4 ? args[4] : FOUR_BITS;
    run(System.out, epochs, more, scenes, side, uri);
  }

  static void run(PrintStream out, int epochs, int more, int scenes, int side, String uri)
      throws IOException {
    Torch.initialize();
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    try (Scenery scenery = Scenery.of(scenes, new SceneOptions(side, 8, 14))) {
      NoiseAwareReport report = new NoiseAwareReport(scenery.data(), DeviceUri.parse(uri));
      Path start =
          report.train(Optional.empty(), Optional.empty(), epochs, scenery.folder("start"));
      report.judge("trained electronically, " + epochs + " epochs", start);
      Path control =
          report.train(Optional.empty(), Optional.of(start), more, scenery.folder("control"));
      report.judge("trained on electronically, " + more + " epochs", control);
      Path aware =
          report.train(Optional.of(report.uri), Optional.of(start), more, scenery.folder("aware"));
      report.judge("trained on on the device, " + more + " epochs", aware);
      out.printf(
          Locale.ROOT,
          "%s, %d scenes of %d×%d, mIoU in percent on the %d held out, %s%n",
          MODEL,
          scenes,
          side,
          side,
          report.data.validation().size(),
          uri);
      report.table.print(out, "");
    }
  }

  /** Trains, and gives the weights of the last epoch: choosing the best would favour one side. */
  private Path train(Optional<DeviceUri> device, Optional<Path> weights, int epochs, Path folder)
      throws IOException {
    try (Engine engine = Engine.open(device)) {
      SegmentationModel model = model(engine, weights);
      TrainingOptions options =
          new TrainingOptions(
              epochs,
              BATCH,
              weights.isPresent() ? RATE_OF_MORE : LEARNING_RATE,
              LossKind.CROSS_ENTROPY,
              0,
              1,
              true,
              Duration.ofMinutes(5));
      TrainingData samples =
          new TrainingData(data.training(), data.validation(), data.classWeights());
      TrainingResult result =
          new Trainer(model, engine.context(), samples, options, folder)
              .run(false, new TrainingListener() {});
      return result.lastWeights();
    }
  }

  private void judge(String what, Path weights) throws IOException {
    double electronic = mIoU(Optional.empty(), weights);
    double optical = mIoU(Optional.of(uri), weights);
    table.row(
        what,
        String.format(Locale.ROOT, "%.1f", electronic),
        String.format(Locale.ROOT, "%.1f", optical),
        String.format(Locale.ROOT, "%.1f", electronic - optical));
  }

  private double mIoU(Optional<DeviceUri> device, Path weights) throws IOException {
    Terminal terminal = Terminal.ofProcess();
    try (Engine engine = Engine.open(device);
        Engine unused = Engine.electronic();
        StopSignal stop = StopSignal.watch(terminal, "the report is not complete")) {
      SegmentationModel model = model(engine, Optional.of(weights));
      Evaluation evaluation = new Evaluation(engine, model, unused, Optional.empty());
      evaluation.run(data.validation(), Trainer.FIRST_VALIDATION_IMAGE, BATCH, terminal, stop);
      return evaluation.outcome(data.classes()).figures().mIoU();
    }
  }

  private SegmentationModel model(Engine engine, Optional<Path> weights) throws IOException {
    SegmentationModel model = Models.create(MODEL, data.classes().size(), engine.context(), 1);
    if (weights.isPresent()) {
      Weights.load(model, weights.get());
    }
    return model;
  }
}
