// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.bench.Samples;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.PeakMemory;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.device.DeviceUri;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.Torch;

/**
 * Whole networks, electronically and on simulated devices, in one process and in turn.
 *
 * <pre>
 *   java -Xmx2g -cp benchmarks/target/benchmarks.jar org.ofp.benchmarks.NetworkReport \
 *       [ROUNDS [SIDE [MODEL …]]]
 * </pre>
 *
 * <p>Peak memory is that of the process so far; for a network's own, name it alone.
 */
public final class NetworkReport {
  private static final int CLASSES = 23;
  private static final List<String> DEVICES = List.of("sim:ideal", "sim:demonstrator");
  private static final List<String> TARGETS = List.of("at most 1.5", "at most 3");

  private NetworkReport() {}

  /** Prints the report; by default 3 rounds at 512×512 over all networks. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int side = args.length > 1 ? Integer.parseInt(args[1]) : 512;
    List<String> models =
        args.length > 2 ? List.of(Arrays.copyOfRange(args, 2, args.length)) : Models.names();
    run(System.out, rounds, side, models);
  }

  static void run(PrintStream out, int rounds, int side, List<String> models) {
    Torch.initialize();
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    TextTable table =
        new TextTable("network", "electronic", "device", "first", "median", "ratio", "target");
    for (String model : models) {
      measure(model, rounds, side, table);
    }
    out.printf(
        "%d×%d, batch 1, %s, medians of %s%n",
        side,
        side,
        Quantity.count(Runtime.getRuntime().availableProcessors(), "processor"),
        Quantity.count(rounds, "round"));
    table.print(out, "");
    PeakMemory.bytes()
        .ifPresent(
            bytes ->
                out.printf(
                    Locale.ROOT,
                    "peak resident memory of the process %.2f GB (target: at most 4 GB)%n",
                    bytes * 1e-9));
  }

  private static void measure(String name, int rounds, int side, TextTable table) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Engine none = Engine.electronic()) {
      Tensor image = torch.randn(1, 3, side, side);
      SegmentationModel electronic = Models.create(name, CLASSES, none.context(), 1);
      pass(electronic, image);
      for (int i = 0; i < DEVICES.size(); i++) {
        try (Engine engine = Engine.open(Optional.of(DeviceUri.parse(DEVICES.get(i))))) {
          SegmentationModel optical = Models.create(name, CLASSES, engine.context(), 1);
          double first = pass(optical, image);
          pass(optical, image);
          Samples reference = new Samples();
          Samples times = new Samples();
          for (int round = 0; round < rounds; round++) {
            reference.add(pass(electronic, image));
            times.add(pass(optical, image));
          }
          table.row(
              name,
              Quantity.seconds(reference.median()),
              DEVICES.get(i),
              Quantity.seconds(first),
              Quantity.seconds(times.median()),
              String.format(Locale.ROOT, "%.2f", times.median() / reference.median()),
              TARGETS.get(i));
        }
      }
    }
  }

  private static double pass(SegmentationModel model, Tensor image) {
    try (PointerScope scope = new PointerScope()) {
      return Stopwatch.time(() -> model.infer(image));
    }
  }
}
