// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.cli.error.CliException;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;
import org.ofp.models.SegmentationModel;

/**
 * Runs a network on one image at a time: memory does not grow with their number, and a result does
 * not depend on which images are run together.
 */
public final class Inference {
  private static final int CHANNELS = 3;

  private final Engine engine;
  private final SegmentationModel model;
  private final Terminal terminal;

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
  public Inference(Engine engine, SegmentationModel model, Terminal terminal) {
    this.engine = engine;
    this.model = model;
    this.terminal = terminal;
  }

  /** Where the network runs. */
  public Engine engine() {
    return engine;
  }

  /** The network. */
  public SegmentationModel model() {
    return model;
  }

  /**
   * Runs the network.
   *
   * @param number of the image; keys the noise of a simulated device
   * @param planes {@code [3, rows, cols]} from {@code offset} on, normalised
   */
  public Result run(long number, float[] planes, int offset, int rows, int cols) {
    String label = engine.optical() ? "layers" : "electronic layers";
    try (PointerScope scope = new PointerScope();
        Progress progress = Progress.start(terminal, label, model.layerCount())) {
      engine.context().firstImage(number);
      engine.context().onLayer(layer -> progress.advance(1));
      Tensor images = Tensors.of(planes, offset, 1, CHANNELS, rows, cols);
      long framesBefore = engine.context().frames();
      long busyBefore = engine.busy().toNanos();
      long start = System.nanoTime();
      Tensor logits = infer(images);
      double seconds = (System.nanoTime() - start) * 1e-9;
      return new Result(
          NpyArray.real(Tensors.values(logits), model.classes(), rows, cols),
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
