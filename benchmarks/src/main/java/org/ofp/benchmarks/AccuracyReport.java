// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.term.TextTable;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.LayerRun;
import org.ofp.optconv.torch.OpticalContext;
import org.ofp.optconv.torch.Torch;

/**
 * How well every layer of a network comes out on a device: predicted and measured signal-to-noise
 * ratios, each layer against its exact result for the input that it got. With steps of training
 * first, the network is one that segments {@link Scenes}, else its weights are random.
 *
 * <pre>
 *   java -Xmx2g -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.AccuracyReport \
 *       [STEPS [SIDE [URI [MODEL …]]]]
 * </pre>
 */
public final class AccuracyReport {
  private static final int BATCH = 4;
  private static final int TRAINING_SIDE = 96;
  private static final double WITHIN_DB = 2;
  private static final double LEAST_DB = 25;

  private AccuracyReport() {}

  /**
   * Prints the report; by default no training, 128×128, on {@code sim:demonstrator}, all models.
   */
  public static void main(String[] args) {
    int steps = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    int side = args.length > 1 ? Integer.parseInt(args[1]) : 128;
    String uri = args.length > 2 ? args[2] : "sim:demonstrator";
    List<String> models =
        args.length > 3 ? List.of(Arrays.copyOfRange(args, 3, args.length)) : Models.names();
    for (String model : models) {
      run(System.out, steps, side, uri, model);
    }
  }

  static void run(PrintStream out, int steps, int side, String uri, String name) {
    Torch.initialize();
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open(uri);
        OpticalContext none = OpticalContext.electronic();
        OpticalContext optical = OpticalContext.on(device, TransformOptions.defaults())) {
      SegmentationModel trained = Models.create(name, Scenes.CLASSES, none, 1);
      if (steps > 0) {
        train(out, none, trained, steps);
      }
      SegmentationModel model = Models.create(name, Scenes.CLASSES, optical, 1);
      try (NoGradGuard guard = new NoGradGuard()) {
        trained.parameters().forEach((key, value) -> model.parameters().get(key).copy_(value));
      }
      Scenes.Batch scene = Scenes.of(1, side, 7_000_000);
      optical.measureAccuracy(true);
      Tensor logits = model.infer(scene.pictures());
      Tensor exact = trained.infer(scene.pictures());
      print(out, name, side, uri, optical.runs());
      out.printf(
          Locale.ROOT,
          "logits %.1f dB; the same class on %.2f %% of the pixels; right electronically %.1f %%,"
              + " on the device %.1f %%%n%n",
          snr(exact, logits),
          100
              * same(
                  exact.argmax(new LongOptional(1), false),
                  logits.argmax(new LongOptional(1), false)),
          100 * same(exact.argmax(new LongOptional(1), false), scene.classes()),
          100 * same(logits.argmax(new LongOptional(1), false), scene.classes()));
    }
  }

  private static void print(
      PrintStream out, String name, int side, String uri, List<LayerRun> runs) {
    TextTable table = new TextTable("layer", "frames", "predicted", "measured", "difference");
    double worst = 0;
    double least = Double.POSITIVE_INFINITY;
    for (LayerRun run : runs) {
      if (run.accuracy() == null) {
        continue;
      }
      double predicted = run.accuracy().predictedDb();
      double measured = run.accuracy().measuredDb();
      worst = Math.max(worst, Math.abs(predicted - measured));
      least = Math.min(least, measured);
      table.row(
          run.name(),
          String.valueOf(run.frames()),
          String.format(Locale.ROOT, "%.1f dB", predicted),
          String.format(Locale.ROOT, "%.1f dB", measured),
          String.format(Locale.ROOT, "%+.1f dB", predicted - measured));
    }
    out.printf("%s, %d×%d, %s%n", name, side, side, uri);
    table.print(out, "");
    out.printf(
        Locale.ROOT,
        "predictions off by at most %.1f dB (target: %.0f dB); worst layer %.1f dB (target for a"
            + " trained network: %.0f dB)%n",
        worst,
        WITHIN_DB,
        least,
        LEAST_DB);
  }

  private static void train(
      PrintStream out, OpticalContext context, SegmentationModel model, int steps) {
    model.train(true);
    TensorVector parameters = new TensorVector(model.parameters().values().toArray(new Tensor[0]));
    AdamOptions options = new AdamOptions(2e-3);
    Adam adam = new Adam(parameters, options);
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      try (PointerScope scope = new PointerScope()) {
        Scenes.Batch batch = Scenes.of(BATCH, TRAINING_SIDE, step);
        context.firstImage((long) step * BATCH);
        adam.zero_grad();
        Tensor now = torch.cross_entropy_loss(model.forward(batch.pictures()), batch.classes());
        now.backward();
        adam.step();
        double value = now.item().toDouble();
        loss = step == 0 ? value : 0.95 * loss + 0.05 * value;
      }
    }
    model.train(false);
    out.printf(
        Locale.ROOT, "trained for %d steps of %d scenes, loss about %.3f%n", steps, BATCH, loss);
  }

  private static double snr(Tensor exact, Tensor y) {
    double signal = exact.sub(exact.mean()).square().sum().item().toDouble();
    return 10 * Math.log10(signal / y.sub(exact).square().sum().item().toDouble());
  }

  private static double same(Tensor a, Tensor b) {
    return a.eq(b).to(torch.ScalarType.Float).mean().item().toDouble();
  }
}
