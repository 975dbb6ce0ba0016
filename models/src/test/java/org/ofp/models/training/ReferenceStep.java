// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.Reference;
import org.ofp.models.data.Samples;
import org.ofp.models.network.NamedRandom;

/** The training step of src/test/python/training_step.py: what goes in, and what came out there. */
final class ReferenceStep {
  static final double LEARNING_RATE = 1e-4;

  private static final int PROJECTIONS = 4;
  private static final int BLOCK = 4;
  private static final int BATCH = 2;

  private final double loss;
  private final Map<String, Summary> gradients = new LinkedHashMap<>();
  private final Map<String, Summary> changes = new LinkedHashMap<>();

  /**
   * What is known of a tensor.
   *
   * @param projections inner products with directions made by formula
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Summary(double norm, double[] projections) {
    /**
     * The expected square of the distance from a tensor, see training_step.py. It varies about the
     * true one as a χ² of four degrees of freedom over four does.
     */
    double squaredDistance(Summary other) {
      double sum = 0;
      for (int k = 0; k < PROJECTIONS; k++) {
        double d = projections[k] - other.projections[k];
        sum += d * d;
      }
      return 3 * sum / PROJECTIONS;
    }

    double relativeDistance(Summary other) {
      return Math.sqrt(squaredDistance(other)) / norm;
    }
  }

  private ReferenceStep(String network, LossKind kind) {
    String file = "step-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".f64";
    DoubleBuffer stored =
        ByteBuffer.wrap(Reference.resource(network, file))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer();
    loss = stored.get();
    for (Reference.Parameter p : Reference.parameters(network)) {
      if (p.reached()) {
        gradients.put(p.name(), next(stored));
        changes.put(p.name(), next(stored));
      }
    }
    if (stored.hasRemaining()) {
      throw new IllegalStateException(file + " has more numbers than there are parameters");
    }
  }

  private static Summary next(DoubleBuffer stored) {
    double norm = stored.get();
    double[] projections = new double[PROJECTIONS];
    stored.get(projections);
    return new Summary(norm, projections);
  }

  static ReferenceStep of(String network, LossKind kind) {
    return new ReferenceStep(network, kind);
  }

  double loss() {
    return loss;
  }

  /** By parameter. */
  Map<String, Summary> gradients() {
    return gradients;
  }

  /** What Adam added, by parameter. */
  Map<String, Summary> changes() {
    return changes;
  }

  static int side(String network) {
    return network.equals("unet-efficientnet-b0") ? 64 : 32;
  }

  /** {@code [2, 3, size, size]}, float32. */
  static Tensor images(int size) {
    Tensor first = Reference.image(size);
    return torch.cat(new TensorVector(first, first.flip(2)), 0);
  }

  /** {@code [2, size, size]}, int64. */
  static Tensor labels(int size) {
    int blocks = size / BLOCK;
    NamedRandom random = new NamedRandom(Reference.SEED, "labels");
    long[] labels = new long[BATCH * size * size];
    for (int i = 0; i < labels.length; i++) {
      int sample = i / (size * size);
      int row = i / size % size / BLOCK;
      int col = i % size / BLOCK;
      double u = random.symmetric((sample * blocks + row) * (long) blocks + col);
      long number = (long) Math.floor((u + 1) / 2 * 22.2);
      labels[i] = number >= 20 ? Samples.IGNORED : number;
    }
    return AbstractTensor.create(labels, BATCH, size, size);
  }

  static double[] classWeights() {
    NamedRandom random = new NamedRandom(Reference.SEED, "class weights");
    double[] weights = new double[Reference.CLASSES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i == 3 ? 0 : 1 + 0.75 * random.symmetric(i);
    }
    return weights;
  }

  /** Norm and projections of a parameter's gradient or change. */
  static Summary summary(String parameter, Tensor values) {
    double[] elements = elements(values);
    List<NamedRandom> directions =
        IntStream.range(0, PROJECTIONS)
            .mapToObj(k -> new NamedRandom(Reference.SEED, "projection " + k + " of " + parameter))
            .toList();
    double squares = 0;
    for (double element : elements) {
      squares += element * element;
    }
    double[] projections = new double[PROJECTIONS];
    for (int k = 0; k < PROJECTIONS; k++) {
      NamedRandom direction = directions.get(k);
      double sum = 0;
      for (int i = 0; i < elements.length; i++) {
        sum += direction.symmetric(i) * elements[i];
      }
      projections[k] = sum;
    }
    return new Summary(Math.sqrt(squares), projections);
  }

  private static double[] elements(Tensor values) {
    Tensor doubles = values.detach().to(torch.ScalarType.Double).contiguous();
    try {
      DoubleBuffer buffer = doubles.createBuffer();
      double[] elements = new double[buffer.capacity()];
      buffer.get(elements);
      return elements;
    } finally {
      java.lang.ref.Reference.reachabilityFence(doubles);
    }
  }
}
