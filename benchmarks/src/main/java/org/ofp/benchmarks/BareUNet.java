// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The U-Net on EfficientNet-b0 as calls of libtorch's functions and nothing else: no modules, no
 * layers of the SDK. What training with the SDK is compared with.
 */
final class BareUNet {
  private static final double EPSILON = 1e-5;

  /** Of the article's network; the deeper a block, the nearer its own rate is to this. */
  static final double DROP_RATE = 0.2;

  private static final int BLOCKS = 16;

  /** Per block: taps, stride, and whether input and output have the same shape. */
  private static final int[][] SHAPES = {
    {3, 1, 0}, {3, 2, 0}, {3, 1, 1}, {5, 2, 0}, {5, 1, 1}, {3, 2, 0}, {3, 1, 1}, {3, 1, 1},
    {5, 1, 0}, {5, 1, 1}, {5, 1, 1}
  };

  private final Map<String, Tensor> parameters;
  private final double dropRate;
  private final Random random = new Random(1);

  /**
   * The network over these parameters, named as those of the model are.
   *
   * @param dropRate how often blocks are dropped, in [0, 1)
   */
  BareUNet(Map<String, Tensor> parameters, double dropRate) {
    this.parameters = parameters;
    this.dropRate = dropRate;
  }

  /** Logits of images whose sides are multiples of 16. */
  Tensor forward(Tensor images) {
    Tensor x1 =
        torch.silu(
            norm(
                "optical_encoder.stem_conv.1",
                conv("optical_encoder.stem_conv.0", images, 2, 1, 1)));
    Tensor x2 = blocks(x1, 0, 3);
    Tensor x3 = blocks(x2, 3, 5);
    Tensor x4 = blocks(x3, 5, SHAPES.length);
    Tensor y3 = up("up1", x4, x3);
    Tensor y2 = up("up2", y3, x2);
    Tensor y1 = up("up3", y2, x1);
    Tensor y0 = up("up4", y1, doubleConv("inc", images));
    return conv("outc.conv", y0, 1, 0, 1);
  }

  private Tensor blocks(Tensor x, int from, int to) {
    Tensor y = x;
    for (int i = from; i < to; i++) {
      y = block(i, y);
    }
    return y;
  }

  private Tensor block(int index, Tensor x) {
    String name = "optical_encoder.blocks." + index + ".conv.";
    int[] shape = SHAPES[index];
    int part = 0;
    Tensor y = x;
    if (index > 0) {
      y = torch.silu(norm(name + "0.1", conv(name + "0.0", y, 1, 0, 1)));
      part = 1;
    }
    String depthwise = name + part + ".";
    Tensor spread = conv(depthwise + "0", y, shape[1], shape[0] / 2, y.size(1));
    Tensor map = torch.silu(norm(depthwise + "1", spread));
    String squeeze = name + (part + 1) + ".";
    Tensor means = map.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
    Tensor few = torch.silu(conv(squeeze + "se_reduce", means, 1, 0, 1));
    Tensor excited = map.mul(torch.sigmoid(conv(squeeze + "se_expand", few, 1, 0, 1)));
    String project = name + (part + 2) + ".";
    Tensor out = norm(project + "1", conv(project + "0", excited, 1, 0, 1));
    return shape[2] == 0 ? out : x.add(drop(out, dropRate * index / BLOCKS));
  }

  private Tensor drop(Tensor branch, double rate) {
    float[] factors = new float[(int) branch.size(0)];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate));
    }
    return branch.mul(AbstractTensor.create(factors, factors.length, 1, 1, 1));
  }

  private Tensor up(String name, Tensor below, Tensor skip) {
    long[] size = {2 * below.size(2), 2 * below.size(3)};
    Tensor doubled = torch.upsample_bilinear2d(below, size, true);
    return doubleConv(name + ".conv", torch.cat(new TensorVector(skip, doubled), 1));
  }

  private Tensor doubleConv(String name, Tensor x) {
    String part = name + ".double_conv.";
    Tensor mid = torch.relu(norm(part + "1", conv(part + "0", x, 1, 1, 1)));
    return torch.relu(norm(part + "4", conv(part + "3", mid, 1, 1, 1)));
  }

  private Tensor norm(String name, Tensor x) {
    return torch.group_norm(
        x, x.size(1), optional(name + ".weight"), optional(name + ".bias"), EPSILON, false);
  }

  private Tensor conv(String name, Tensor x, long stride, long padding, long groups) {
    return torch.conv2d(
        x,
        parameters.get(name + ".weight"),
        optional(name + ".bias"),
        new long[] {stride},
        new long[] {padding},
        new long[] {1},
        groups);
  }

  private TensorOptional optional(String name) {
    Tensor parameter = parameters.get(name);
    return parameter == null ? new TensorOptional() : new TensorOptional(parameter);
  }
}
