// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.bench.Stopwatch;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.OpticalContext;

/** The loop of every tutorial: {@link BareUNet}, cross-entropy, libtorch's own Adam, one batch. */
final class BareTraining {
  private final BareUNet network;
  private final Adam adam;
  private final Tensor images;
  private final Tensor labels;

  /**
   * A network with random weights, and the batch that it is trained on.
   *
   * @param images {@code [n, 3, h, w]}
   * @param labels {@code [n, h, w]}, int64
   */
  BareTraining(int classes, double learningRate, Tensor images, Tensor labels) {
    SegmentationModel model =
        Models.create("unet-efficientnet-b0", classes, OpticalContext.electronic(), 1);
    network = new BareUNet(model.parameters(), BareUNet.DROP_RATE);
    Tensor[] parameters = model.parameters().values().toArray(new Tensor[0]);
    adam = new Adam(new TensorVector(parameters), new AdamOptions(learningRate));
    this.images = images;
    this.labels = labels;
  }

  /** Samples per second over some steps. */
  double samplesPerSecond(int steps) {
    Stopwatch watch = new Stopwatch();
    for (int i = 0; i < steps; i++) {
      try (PointerScope scope = new PointerScope()) {
        adam.zero_grad();
        Tensor loss = torch.cross_entropy_loss(network.forward(images), labels);
        loss.backward();
        adam.step();
      }
    }
    return steps * images.size(0) / watch.seconds();
  }
}
