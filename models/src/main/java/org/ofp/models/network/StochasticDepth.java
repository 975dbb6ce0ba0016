// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Stochastic depth: in training, drops the branch of a residual block for each image of the batch
 * with probability {@code rate} and scales it by 1/(1 − rate) otherwise, so that its expectation
 * stays.
 *
 * <p>The choices are a pure function of the seed, the name and the image's number, which is {@link
 * OpticalContext#firstImage} for the first of the batch: a training that goes on where another was
 * killed makes the same ones.
 *
 * <p>Reference: G. Huang et al., "Deep networks with stochastic depth", ECCV 2016.
 */
final class StochasticDepth {
  private final float rate;
  private final NamedRandom random;
  private final OpticalContext context;

  /**
   * Choices for the images that the context numbers.
   *
   * @param rate probability to drop, in [0, 1)
   * @param name distinguishes the blocks of a network
   */
  StochasticDepth(double rate, long seed, String name, OpticalContext context) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("drop rate = " + rate + " must be in [0, 1)");
    }
    this.rate = (float) rate;
    random = new NamedRandom(seed, name);
    this.context = context;
  }

  /** The branch {@code [n, c, h, w]} with whole images dropped; a new tensor. */
  Tensor drop(Tensor branch) {
    int images = Math.toIntExact(branch.size(0));
    long first = context.firstImage();
    float[] factors = new float[images];
    for (int i = 0; i < images; i++) {
      factors[i] = random.unit(first + i) < rate ? 0 : 1 / (1 - rate);
    }
    return Scoped.call(() -> branch.mul(AbstractTensor.create(factors, images, 1, 1, 1)));
  }
}
