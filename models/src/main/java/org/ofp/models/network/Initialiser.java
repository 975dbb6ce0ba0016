// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Random initial weights of convolutions, plain and transposed. Normalisation layers keep scale 1
 * and offset 0.
 *
 * <p>By default those of PyTorch's layers: weight and bias uniform in ±1/√fan-in (for the weight
 * that is "Kaiming-uniform with a = √5"). Layers that a network {@linkplain
 * Network#isInitialisedForRelu asks} to be prepared for ReLU have weights uniform in ±√(6/fan-in),
 * which keeps the mean square of the activations, and no bias. Fan-in is, as PyTorch has it, the
 * product of the weight's sizes but the first: input channels per group × taps (of a transposed
 * convolution, output channels per group × taps).
 *
 * <p>Reproducible everywhere: see {@link NamedRandom}.
 *
 * <p>Reference: K. He et al., "Delving deep into rectifiers", ICCV 2015, equation 10.
 */
public final class Initialiser {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private Initialiser() {}

  /** Overwrites the convolutions' parameters of {@code network}; the same seed, the same bits. */
  public static void initialise(Network network, long seed) {
    Map<String, Tensor> parameters = Parameters.of(network);
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.dim() == 4) { // only the weights of convolutions have four axes
            String layer = name.substring(0, name.length() - WEIGHT.length());
            boolean forRelu = network.isInitialisedForRelu(layer);
            initialise(layer, parameter, parameters.get(layer + BIAS), forRelu, seed);
          }
        });
  }

  private static void initialise(
      String layer, Tensor weight, Tensor bias, boolean forRelu, long seed) {
    long[] shape = weight.shape();
    double fanIn = (double) shape[1] * shape[2] * shape[3];
    float bound = (float) (forRelu ? Math.sqrt(6 / fanIn) : 1 / Math.sqrt(fanIn));
    fill(weight, bound, new NamedRandom(seed, layer + WEIGHT));
    if (bias != null && forRelu) {
      clear(bias);
    } else if (bias != null) {
      fill(bias, bound, new NamedRandom(seed, layer + BIAS));
    }
  }

  private static void fill(Tensor parameter, float bound, NamedRandom random) {
    FloatBuffer values = parameter.createBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, random.symmetric(i) * bound);
    }
  }

  private static void clear(Tensor parameter) {
    FloatBuffer values = parameter.createBuffer();
    while (values.hasRemaining()) {
      values.put(0);
    }
  }
}
