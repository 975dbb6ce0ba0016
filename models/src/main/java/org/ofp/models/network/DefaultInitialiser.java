// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Random initial weights with the distribution of PyTorch's {@code Conv2d}: weight and bias uniform
 * in ±1/√fan-in, where fan-in = input channels per group × taps (for the weight that is
 * "Kaiming-uniform with a = √5"). Normalisation layers keep scale 1 and offset 0.
 *
 * <p>Reproducible everywhere: see {@link NamedRandom}.
 */
public final class DefaultInitialiser {
  private DefaultInitialiser() {}

  /** Overwrites the convolutions' parameters of {@code network}; the same seed, the same bits. */
  public static void initialise(Network network, long seed) {
    Map<String, Tensor> parameters = Parameters.of(network);
    for (String layer : network.convolutions().keySet()) {
      String weight = layer + ".weight";
      String bias = layer + ".bias";
      long[] shape = parameters.get(weight).shape();
      double fanIn = (double) shape[1] * shape[2] * shape[3];
      float bound = (float) (1 / Math.sqrt(fanIn));
      fill(parameters.get(weight), bound, new NamedRandom(seed, weight));
      if (parameters.containsKey(bias)) {
        fill(parameters.get(bias), bound, new NamedRandom(seed, bias));
      }
    }
  }

  private static void fill(Tensor parameter, float bound, NamedRandom random) {
    FloatBuffer values = parameter.createBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, random.symmetric(i) * bound);
    }
  }
}
