// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.cli.error.CliException;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.FloatTensors;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.LayerRun;

/**
 * Runs a network on one image at a time: memory does not grow with their number, and a result does
 * not depend on which images are run together.
 */
public final class Inference {
  private static final int CHANNELS = 3;

  private final Engine engine;
  private final SegmentationModel model;
  private Consumer<LayerRun> listener = run -> {};

  /**
   * What came of one image.
   *
   * @param logits {@code [classes, rows, cols]}
   * @param seconds wall-clock time of the network
   * @param frames frames shown on the device
   * @param busySeconds how long the device itself was busy
   */
  public record Result(NpyArray logits, double seconds, long frames, double busySeconds) {}

  /**
   * @param engine that the model was made with
   */
  public Inference(Engine engine, SegmentationModel model) {
    this.engine = engine;
    this.model = model;
  }

  /** Where the network runs. */
  public Engine engine() {
    return engine;
  }

  /** The network. */
  public SegmentationModel model() {
    return model;
  }

  /** Tells a listener of every layer that has run. */
  public void onLayer(Consumer<LayerRun> layerListener) {
    listener = layerListener;
  }

  /**
   * Runs the network.
   *
   * @param number of the image; keys the noise of a simulated device
   * @param planes {@code [3, rows, cols]} from {@code offset} on, normalised
   * @param afterLayer called after each of the network's {@linkplain SegmentationModel#layerCount
   *     layers}; what it throws ends the run and is passed on, and what was allocated is freed
   */
  public Result run(
      long number, float[] planes, int offset, int rows, int cols, Runnable afterLayer) {
    try (PointerScope scope = new PointerScope()) {
      engine.context().firstImage(number);
      engine
          .context()
          .onLayer(
              layer -> {
                listener.accept(layer);
                afterLayer.run();
              });
      Tensor images = FloatTensors.of(planes, offset, 1, CHANNELS, rows, cols);
      long framesBefore = engine.context().frames();
      long busyBefore = engine.busy().toNanos();
      long start = System.nanoTime();
      Tensor logits = infer(images);
      double seconds = (System.nanoTime() - start) * 1e-9;
      return new Result(
          NpyArray.real(FloatTensors.values(logits), model.classes(), rows, cols),
          seconds,
          engine.context().frames() - framesBefore,
          (engine.busy().toNanos() - busyBefore) * 1e-9);
    }
  }

  /** The images have the right shape; what layers may still refuse is their size. */
  private Tensor infer(Tensor images) {
    try {
      return model.infer(images);
    } catch (IllegalArgumentException e) {
      throw CliException.failure(
          "the network cannot take images of this size: " + e.getMessage(), e);
    }
  }
}
