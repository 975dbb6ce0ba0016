// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The stem and the blocks 0 to 10 of EfficientNet-b0, with group normalisation (one group per
 * channel) in place of batch normalisation.
 *
 * <p>The article's class also builds the blocks 11 to 15, 2,743,580 parameters whose output its
 * U-Net never uses. They are left out here; {@link #unreachedParameters} describes them, so that
 * weights which contain them can be told from weights that do not fit.
 *
 * <p>Reference: M. Tan, Q. Le, "EfficientNet: Rethinking model scaling for convolutional neural
 * networks", ICML 2019, table 1.
 */
public final class EfficientNetEncoder extends Block {
  /** The blocks that the U-Net uses; the network has {@code SHAPES.size()}. */
  static final int REACHED_BLOCKS = 11;

  private static final int STEM_CHANNELS = 32;
  private static final double DROP_RATE = 0.2;

  /** All sixteen blocks, those of one stage on a line. */
  private static final List<BlockShape> SHAPES =
      Stream.of(
              stage(32, 16, 3, 1, 1, 1),
              stage(16, 24, 3, 2, 6, 2),
              stage(24, 40, 5, 2, 6, 2),
              stage(40, 80, 3, 2, 6, 3),
              stage(80, 112, 5, 1, 6, 3),
              stage(112, 192, 5, 2, 6, 4),
              stage(192, 320, 3, 1, 6, 1))
          .flatMap(List::stream)
          .toList();

  private record BlockShape(int in, int out, int kernel, int stride, int expand) {}

  private final Sequence stem;
  private final Sequence blocks = new Sequence();

  /**
   * An encoder with parameters yet to be initialised.
   *
   * @param context decides where the convolutions run
   * @param seed of the stochastic depth in training
   */
  public EfficientNetEncoder(OpticalContext context, long seed) {
    super("EfficientNetEncoder");
    ConvolutionSpec first = ConvolutionSpec.of(3, STEM_CHANNELS, 3).stride(2).padding(1);
    stem = child("stem_conv", MBConvBlock.normalised(context, first).thenApply(torch::silu));
    for (int i = 0; i < REACHED_BLOCKS; i++) {
      blocks.then(block(context, i, seed));
    }
    child("blocks", blocks);
  }

  /** {@code [n, 3, h, w]} to {@code [n, 32, h/2, w/2]}. */
  public Tensor stem(Tensor x) {
    return stem.forward(x);
  }

  /**
   * Runs the blocks {@code from} (inclusive) to {@code to} (exclusive) on the one before's output.
   */
  public Tensor blocks(Tensor x, int from, int to) {
    return blocks.forward(x, from, to);
  }

  /**
   * Names, relative to the encoder, and shapes of the parameters of the blocks 11 to 15.
   *
   * <p>They are built to be asked, which takes milliseconds: the shapes then have one source.
   */
  public static Map<String, long[]> unreachedParameters() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    OpticalContext unused = OpticalContext.electronic();
    for (int i = REACHED_BLOCKS; i < SHAPES.size(); i++) {
      String prefix = "blocks." + i + ".";
      Parameters.of(block(unused, i, 0))
          .forEach((name, tensor) -> shapes.put(prefix + name, tensor.shape()));
    }
    return shapes;
  }

  private static MBConvBlock block(OpticalContext context, int index, long seed) {
    BlockShape s = SHAPES.get(index);
    // the rate grows with depth over all blocks of the network, used or not
    double rate = DROP_RATE * index / SHAPES.size();
    StochasticDepth depth =
        new StochasticDepth(rate, seed, "stochastic depth, block " + index, context);
    return new MBConvBlock(context, s.in, s.out, s.kernel, s.stride, s.expand, depth);
  }

  /** The first block of a stage changes the shape of the map, the others keep it. */
  private static List<BlockShape> stage(
      int in, int out, int kernel, int stride, int expand, int repeats) {
    List<BlockShape> blocks = new ArrayList<>();
    blocks.add(new BlockShape(in, out, kernel, stride, expand));
    blocks.addAll(Collections.nCopies(repeats - 1, new BlockShape(out, out, kernel, 1, expand)));
    return blocks;
  }
}
