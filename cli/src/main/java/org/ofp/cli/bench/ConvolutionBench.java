// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Tensors;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;
import org.ofp.optconv.torch.OptConv2d;

/** One convolution layer on a device and by libtorch, in turn, on one image. */
public final class ConvolutionBench {
  private final ConvolutionSize size;
  private final Engine optical;
  private final OptConv2d onDevice;
  private final OptConv2d byTorch;
  private final Tensor maps;

  private ConvolutionBench(ConvolutionSize size, Engine optical, Engine electronic) {
    this.size = size;
    this.optical = optical;
    onDevice = new OptConv2d(optical.context(), size.spec());
    byTorch = new OptConv2d(electronic.context(), size.spec());
    byTorch.weight().copy_(onDevice.weight());
    byTorch.bias().copy_(onDevice.bias());
    int side = size.side();
    float[] values = RandomFields.of(size.inChannels() * side * side);
    maps = Tensors.of(NpyArray.real(values, 1, size.inChannels(), side, side));
  }

  /**
   * Measures.
   *
   * @param optical the engine on the device
   * @param seconds about how long, after a warm-up of as long at most
   */
  public static ConvolutionFigures run(
      Terminal terminal, Engine optical, ConvolutionSize size, double seconds) {
    try (Engine electronic = Engine.electronic();
        PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      torch.set_num_threads(processors());
      return new ConvolutionBench(size, optical, electronic).measure(terminal, seconds);
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private ConvolutionFigures measure(Terminal terminal, double seconds) {
    double warmUp = Repeat.untilSteady(terminal, seconds, new Rounds()::run);
    Rounds rounds = new Rounds();
    long framesBefore = optical.context().frames();
    double busyBefore = busySeconds();
    int runs;
    try (Progress progress = Repeat.progress(terminal, "seconds measured", seconds)) {
      runs = Repeat.until(seconds, new Stopwatch(), progress, rounds::run);
    }
    return new ConvolutionFigures(
        optical.name(),
        size.inChannels(),
        size.outChannels(),
        size.kernel(),
        size.side(),
        size.spec().paddingRows(),
        processors(),
        optical.context().route(size.spec()).name().toLowerCase(Locale.ROOT),
        rounds.onDevice.median(),
        rounds.onDevice.min(),
        rounds.byTorch.median(),
        rounds.byTorch.min(),
        rounds.onDevice.median() / rounds.byTorch.median(),
        (double) (optical.context().frames() - framesBefore) / runs,
        (busySeconds() - busyBefore) / runs,
        runs,
        warmUp);
  }

  private double busySeconds() {
    return optical.busy().toNanos() * 1e-9;
  }

  /** What runs in turn, and how long each took. */
  private final class Rounds {
    final Samples onDevice = new Samples();
    final Samples byTorch = new Samples();

    /** A pass either way; seconds of that on the device. */
    double run() {
      double took = pass(ConvolutionBench.this.onDevice);
      onDevice.add(took);
      byTorch.add(pass(ConvolutionBench.this.byTorch));
      return took;
    }

    private double pass(OptConv2d layer) {
      try (PointerScope scope = new PointerScope()) {
        return Stopwatch.time(() -> layer.forward(maps));
      }
    }
  }
}
