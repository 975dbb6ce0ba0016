// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.nio.file.Path;
import java.util.Arrays;
import org.ofp.cli.error.CliException;

/** Reads {@code .npy} files that must hold finite real numbers in given dimensions. */
public final class RealArrayFile {
  private RealArrayFile() {}

  /**
   * Reads an array.
   *
   * @param what its name for people
   * @param axes names of the dimensions it must have, none of which may be empty
   * @throws CliException if the file is missing, damaged or holds something else
   */
  public static NpyArray read(Path file, String what, String... axes) {
    NpyArray array = NpyReader.read(file);
    boolean empty = Arrays.stream(array.shape()).anyMatch(size -> size == 0);
    if (array.isComplex() || array.rank() != axes.length || empty) {
      throw CliException.failure(
          file
              + ": "
              + what
              + " must be "
              + NpyHeader.type(false)
              + " ["
              + String.join(", ", axes)
              + "]"
              + (empty ? ", none of them 0" : "")
              + "; this is "
              + array);
    }
    requireFinite(file, what, array);
    return array;
  }

  private static void requireFinite(Path file, String what, NpyArray array) {
    float[] values = array.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw CliException.failure(
            file
                + ": the value at "
                + Arrays.toString(position(i, array.shape()))
                + " is "
                + values[i]
                + "; "
                + what
                + " must be finite, check what was computed before");
      }
    }
  }

  private static int[] position(int index, int[] shape) {
    int[] position = new int[shape.length];
    int rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return position;
  }
}
