// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic depth: in training, drops the branch of a residual block for each image of the batch
 * with probability {@code rate} and scales it by 1/(1 − rate) otherwise, so that its expectation
 * stays.
 *
 * <p>The choices depend on the seed, the name and the number of images seen so far.
 *
 * <p>Reference: G. Huang et al., "Deep networks with stochastic depth", ECCV 2016.
 */
final class StochasticDepth {
  private final float rate;
  private final NamedRandom random;
  private final AtomicLong imagesSeen = new AtomicLong();

  /**
   * Has seen no images yet.
   *
   * @param rate probability to drop, in [0, 1)
   * @param name distinguishes the blocks of a network
   */
  StochasticDepth(double rate, long seed, String name) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("drop rate = " + rate + " must be in [0, 1)");
    }
    this.rate = (float) rate;
    random = new NamedRandom(seed, name);
  }

  /** The branch {@code [n, c, h, w]} with whole images dropped; a new tensor. */
  Tensor drop(Tensor branch) {
    int images = Math.toIntExact(branch.size(0));
    long first = imagesSeen.getAndAdd(images);
    float[] factors = new float[images];
    for (int i = 0; i < images; i++) {
      factors[i] = random.unit(first + i) < rate ? 0 : 1 / (1 - rate);
    }
    return Scoped.call(() -> branch.mul(AbstractTensor.create(factors, images, 1, 1, 1)));
  }
}
