// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Path;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Inference;
import org.ofp.models.image.ClassMask;
import org.ofp.models.tiling.Region;
import org.ofp.models.tiling.TileNetwork;

/** A network's way through the tiles of one picture, and what came of it. */
final class NetworkPass implements TileNetwork {
  private final Inference network;
  private final PictureReader.Picture picture;
  private final long firstImage;
  private final Runnable afterLayer;
  private final byte[] classes;
  private double seconds;
  private long frames;
  private double busySeconds;

  NetworkPass(
      Inference network, PictureReader.Picture picture, long firstImage, Runnable afterLayer) {
    this.network = network;
    this.picture = picture;
    this.firstImage = firstImage;
    this.afterLayer = afterLayer;
    classes = new byte[picture.image().pixels().length];
  }

  @Override
  public float[] logits(int tile, float[] planes, int rows, int cols) {
    Inference.Result result = network.run(firstImage + tile, planes, 0, rows, cols, afterLayer);
    seconds += result.seconds();
    frames += result.frames();
    busySeconds += result.busySeconds();
    return result.logits().values();
  }

  /**
   * Finds the classes of a region.
   *
   * @param logits blended, {@code [classes, rows, cols]}
   * @return the class of every pixel of the region, row-major
   * @throws CliException if one is NaN
   */
  int[] finish(Region region, float[] logits) {
    int[] mask = argmax(picture.file(), logits);
    int width = picture.image().width();
    for (int row = 0; row < region.rows(); row++) {
      int at = (region.row() + row) * width + region.col();
      for (int col = 0; col < region.cols(); col++) {
        classes[at + col] = (byte) mask[row * region.cols() + col];
      }
    }
    return mask;
  }

  private int[] argmax(Path file, float[] logits) {
    try {
      return ClassMask.argmax(logits, network.model().classes());
    } catch (IllegalArgumentException e) {
      String why =
          network.engine().optical()
              ? "on "
                  + network.engine().name()
                  + ": its weights do not suit such a picture, or the device saturated; try --device"
                  + " none"
              : "in libtorch: its weights do not suit such a picture; pass others with --weights";
      throw CliException.failure(file + ": the network gave NaN " + why, e);
    }
  }

  /** The class of every pixel. */
  byte[] classes() {
    return classes;
  }

  double seconds() {
    return seconds;
  }

  long frames() {
    return frames;
  }

  double busySeconds() {
    return busySeconds;
  }
}
