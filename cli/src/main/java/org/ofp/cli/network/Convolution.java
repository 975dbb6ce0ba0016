// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.ofp.cli.error.CliException;
import org.ofp.cli.io.NpyArray;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;

/** One convolution layer on arrays. */
public final class Convolution {
  private Convolution() {}

  /**
   * What came of it.
   *
   * @param y {@code [n, cout, h', w']}
   * @param route where it ran, lower case
   * @param frames frames shown on the device
   * @param seconds wall-clock time of the layer
   */
  public record Result(NpyArray y, String route, long frames, double seconds) {}

  /**
   * Runs the layer.
   *
   * @param x {@code [n, cin, h, w]}
   * @param w {@code [cout, cin/groups, kh, kw]}
   * @param b {@code [cout]}, null if the layer has no bias
   * @throws CliException if the maps are smaller than the kernel, or the result is too large
   */
  public static Result run(
      Engine engine, ConvolutionSpec spec, NpyArray x, NpyArray w, NpyArray b) {
    requireOutput(spec, x);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      OptConv2d layer = new OptConv2d(engine.context(), spec);
      layer.weight().copy_(Tensors.of(w));
      if (b != null) {
        layer.bias().copy_(Tensors.of(b));
      }
      Tensor maps = Tensors.of(x);
      long start = System.nanoTime();
      Tensor y = layer.forward(maps);
      double seconds = (System.nanoTime() - start) * 1e-9;
      return new Result(
          Tensors.array(y.contiguous()),
          engine.context().route(spec).name().toLowerCase(Locale.ROOT),
          engine.context().frames(),
          seconds);
    }
  }

  private static void requireOutput(ConvolutionSpec spec, NpyArray x) {
    try {
      long rows = spec.outputRows(x.dimension(2));
      long cols = spec.outputCols(x.dimension(3));
      long maps = Math.multiplyExact((long) x.dimension(0), spec.outChannels());
      Math.toIntExact(Math.multiplyExact(Math.multiplyExact(rows, cols), maps));
    } catch (IllegalArgumentException e) {
      throw CliException.failure(e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw CliException.failure(
          "the result would have more values than an array can hold; use less padding, a larger"
              + " stride or fewer maps",
          e);
    }
  }
}
