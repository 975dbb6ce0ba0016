// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.field;

import java.nio.file.Path;
import org.ofp.cli.error.CliException;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.io.NpyReader;
import org.ofp.device.FrameShape;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.RgbImage;

/** Complex fields of one shape. */
public final class Fields {
  /** ITU-R BT.601, as most software has it that turns pictures grey. */
  private static final double RED = 0.299;

  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private final FrameShape shape;
  private final int count;
  private final boolean batch;
  private final float[] values;

  private Fields(FrameShape shape, int count, boolean batch, float[] values) {
    this.shape = shape;
    this.count = count;
    this.batch = batch;
    this.values = values;
  }

  /**
   * Reads fields from a {@code .npy} file, real or complex, {@code [rows, cols]} or {@code [n,
   * rows, cols]}; or one from a picture, as its grey value from 0 to 1.
   *
   * @throws CliException if the file is missing, damaged or holds something else
   */
  public static Fields read(Path file) {
    return NpyReader.recognises(file)
        ? ofArray(file, NpyReader.read(file))
        : ofPicture(ImageFile.read(file));
  }

  /** Rows and columns of each. */
  public FrameShape shape() {
    return shape;
  }

  /** How many there are, at least 1. */
  public int count() {
    return count;
  }

  /** The values themselves, {@code [count, rows, cols, 2]}, real before imaginary. */
  public float[] values() {
    return values;
  }

  /** Values in one field, two per pixel. */
  public int stride() {
    return 2 * shape.pixels();
  }

  /** The shape of an array that holds {@code [inner…, rows, cols]} for each field. */
  int[] shapeOf(int... inner) {
    int[] extents = new int[inner.length + (batch ? 3 : 2)];
    int at = 0;
    if (batch) {
      extents[at++] = count;
    }
    for (int size : inner) {
      extents[at++] = size;
    }
    extents[at++] = shape.rows();
    extents[at] = shape.cols();
    return extents;
  }

  private static Fields ofArray(Path file, NpyArray array) {
    int rank = array.rank();
    if (rank < 2 || rank > 3) {
      throw CliException.failure(
          file + ": a field is [rows, cols], several are [n, rows, cols]; this is " + array);
    }
    for (int size : array.shape()) {
      if (size == 0) {
        throw CliException.failure(file + ": there is nothing to transform in " + array);
      }
    }
    FrameShape shape = new FrameShape(array.dimension(rank - 2), array.dimension(rank - 1));
    int count = rank == 3 ? array.dimension(0) : 1;
    float[] values = array.isComplex() ? array.values() : complex(file, array);
    return new Fields(shape, count, rank == 3, values);
  }

  private static float[] complex(Path file, NpyArray array) {
    float[] real = array.values();
    if (real.length > Integer.MAX_VALUE / 2) {
      throw CliException.failure(file + ": " + array + " is too large; split the batch");
    }
    float[] complex = new float[2 * real.length];
    for (int i = 0; i < real.length; i++) {
      complex[2 * i] = real[i];
    }
    return complex;
  }

  private static Fields ofPicture(RgbImage picture) {
    int[] pixels = picture.pixels();
    float[] values = new float[2 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int rgb = pixels[i];
      double grey = RED * (rgb >> 16 & 255) + GREEN * (rgb >> 8 & 255) + BLUE * (rgb & 255);
      values[2 * i] = (float) (grey / 255);
    }
    return new Fields(new FrameShape(picture.height(), picture.width()), 1, false, values);
  }
}
