// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.scene.SceneOptions;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.LossKind;
import org.ofp.models.training.Trainer;
import org.ofp.models.training.TrainingData;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.TrainingOptions;
import org.ofp.optconv.torch.OpticalContext;
import org.ofp.optconv.torch.Torch;

/**
 * Training of the U-Net on EfficientNet-b0 without a device, pictures read and augmented beside it,
 * against the same libtorch operations in a bare loop over one batch that is there already. In one
 * process and in turn: after every epoch of the one as many steps of the other.
 *
 * <pre>
 *   java -XX:+UseParallelGC -Xmx2g -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.TrainingReport [ROUNDS [STEPS [SIDE [BATCH]]]]
 * </pre>
 */
public final class TrainingReport {
  private static final String MODEL = "unet-efficientnet-b0";
  private static final double LEARNING_RATE = 1e-4;
  private static final double TARGET = 0.8;
  private static final float TRAINING_SHARE = 0.8f;

  private TrainingReport() {}

  /** Prints the report; by default 5 rounds of 12 steps of 8 scenes of 128×128. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 12;
    int side = args.length > 2 ? Integer.parseInt(args[2]) : 128;
    int batch = args.length > 3 ? Integer.parseInt(args[3]) : 8;
    run(System.out, rounds, steps, side, batch);
  }

  static void run(PrintStream out, int rounds, int steps, int side, int batch) throws IOException {
    Torch.initialize();
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    int count = Math.round(steps * batch / TRAINING_SHARE);
    try (OpticalContext context = OpticalContext.electronic();
        Scenery scenery = Scenery.of(count, SceneOptions.of(side))) {
      SegmentationData data = scenery.data();
      SegmentationModel model = Models.create(MODEL, data.classes().size(), context, 1);
      TrainingOptions options =
          new TrainingOptions(
              rounds + 1,
              batch,
              LEARNING_RATE,
              LossKind.CROSS_ENTROPY,
              0,
              1,
              true,
              Duration.ofMinutes(5));
      Rounds measured = new Rounds(bare(data.classes().size(), side, batch), steps, batch);
      new Trainer(
              model,
              context,
              new TrainingData(data.training(), data.validation(), data.classWeights()),
              options,
              scenery.folder("run"))
          .run(false, measured);
      out.printf(
          "%s, %d×%d, batches of %d, %s, %s of %d steps%n",
          MODEL,
          side,
          side,
          batch,
          Quantity.count(Runtime.getRuntime().availableProcessors(), "processor"),
          Quantity.count(rounds, "round"),
          steps);
      measured.print(out);
    }
  }

  private static BareTraining bare(int classes, int side, int batch) {
    Tensor images = torch.randn(batch, 3, side, side);
    Tensor labels = torch.rand(batch, classes, side, side).argmax(new LongOptional(1), false);
    return new BareTraining(classes, LEARNING_RATE, images, labels);
  }

  /** Epochs and bare loops in turn; the first of both warms up and is not counted. */
  private static final class Rounds implements TrainingListener {
    private final BareTraining bare;
    private final int steps;
    private final int batch;
    private final Samples ratios = new Samples();
    private final TextTable table =
        new TextTable("round", "bare loop", "training", "ratio", "waited for data");
    private Stopwatch watch = new Stopwatch();
    private double seconds;

    Rounds(BareTraining bare, int steps, int batch) {
      this.bare = bare;
      this.steps = steps;
      this.batch = batch;
    }

    @Override
    public void stepped(int epoch, int step, long globalStep, double loss) {
      seconds = watch.seconds();
    }

    @Override
    public void finished(EpochRecord record, long globalStep, boolean best) {
      double plain = bare.samplesPerSecond(steps);
      if (record.epoch() > 1) {
        double trained = steps * batch / seconds; // waiting for data and all else included
        ratios.add(trained / plain);
        table.row(
            String.valueOf(record.epoch() - 1),
            String.format(Locale.ROOT, "%.2f/s", plain),
            String.format(Locale.ROOT, "%.2f/s", trained),
            String.format(Locale.ROOT, "%.2f", trained / plain),
            String.format(Locale.ROOT, "%.3f s of %.1f s", record.waitSeconds(), seconds));
      }
      watch = new Stopwatch();
    }

    void print(PrintStream out) {
      table.print(out, "");
      out.printf(
          Locale.ROOT, "median ratio %.2f (target: at least %.2f)%n", ratios.median(), TARGET);
    }
  }
}
