// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.List;
import java.util.stream.IntStream;
import org.ofp.models.image.ClassPalette;

/** Names and colours for the classes of masks that come without a table. */
final class NumberedClasses {
  private static final int OPAQUE = 0xFF000000;

  private NumberedClasses() {}

  /** As many as the largest label that occurs needs. */
  static ClassPalette upTo(List<int[]> histograms) {
    int classes = 1;
    for (int[] histogram : histograms) {
      for (int label = classes; label < Samples.IGNORED; label++) {
        if (histogram[label] > 0) {
          classes = label + 1;
        }
      }
    }
    return new ClassPalette(
        IntStream.range(0, classes)
            .mapToObj(label -> new ClassPalette.Entry("class-" + label, OPAQUE | colour(label)))
            .toList());
  }

  /**
   * Colours far apart, as the Pascal VOC set numbers them: bits 0, 3, 6 of the label lead in red,
   * 1, 4, 7 in green, 2, 5 in blue.
   */
  private static int colour(int label) {
    int colour = 0;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      if ((label >> bit & 1) != 0) {
        int channelShift = 16 - 8 * (bit % 3);
        colour |= (0x80 >> (bit / 3)) << channelShift;
      }
    }
    return colour;
  }
}
