// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.ImageFile;

/**
 * Reads masks: PNG files of one sample a pixel (grey or a palette), whose stored values are the
 * classes, or of red, green and blue, which the table of classes explains. Transparency is passed
 * over. Immutable and thread-safe.
 *
 * <p>A palette that shows the classes' colours in another order than the table's is refused: such a
 * file was a colour mask before some program shrank it, and its values are not the classes.
 */
public final class MaskReader {
  private static final int UNKNOWN = -1;
  private static final int NONE = -2;
  private static final int RGB = 0xFFFFFF;

  /** Without a table, values are classes up to this one. */
  private static final int MAX_VALUE = ClassCsv.MAX_CLASSES - 1;

  private final Optional<ClassTable> table;
  private final Map<Integer, Integer> labelOfColour = new HashMap<>();

  /**
   * A reader of masks of known classes.
   *
   * @param classes their numbers and colours; {@link ClassPalette#DRONE} comes with the colour and
   *     the values, 23 and 255, of pixels that do not count
   */
  public static MaskReader of(ClassPalette classes) {
    boolean drone = classes.equals(ClassPalette.DRONE);
    return new MaskReader(
        Optional.of(drone ? ClassTable.DRONE : new ClassTable(classes, OptionalInt.empty())));
  }

  MaskReader(Optional<ClassTable> table) {
    this.table = table;
    table.ifPresent(this::noteColours);
  }

  private void noteColours(ClassTable known) {
    for (ClassPalette.Entry entry : known.classes().classes()) {
      labelOfColour.put(entry.argb() & RGB, labelOfColour.size());
    }
    known.ignored().ifPresent(colour -> labelOfColour.put(colour, Samples.IGNORED));
  }

  /**
   * Reads the labels of a mask.
   *
   * @param width of the picture
   * @param height of the picture
   * @return a class per pixel as unsigned bytes, row-major, or {@link Samples#IGNORED}
   * @throws UnusableFileException if it is not of the size, damaged, or has a value or colour that
   *     is no class
   */
  public byte[] read(Path file, int width, int height) {
    BufferedImage mask = ImageFile.readStored(file);
    if (mask.getWidth() != width || mask.getHeight() != height) {
      throw new UnusableFileException(
          file
              + ": the mask has "
              + mask.getWidth()
              + "×"
              + mask.getHeight()
              + " pixels, its picture "
              + width
              + "×"
              + height
              + " (the right way up); make them the same");
    }
    if (mask.getRaster().getNumBands() <= 2) {
      return ofValues(file, mask);
    }
    if (mask.getColorModel().getComponentSize(0) != Byte.SIZE) {
      throw new UnusableFileException(
          file + ": colour masks of 16 bits a channel are not supported; save it with 8");
    }
    if (table.isEmpty()) {
      throw new UnusableFileException(
          file
              + ": a colour mask needs a table of classes; add classes.csv with rows 'name, r, g,"
              + " b' beside the folder of masks");
    }
    return ofColours(file, mask.getRaster());
  }

  private byte[] ofValues(Path file, BufferedImage mask) {
    Raster raster = mask.getRaster();
    int width = raster.getWidth();
    int[] row = new int[width];
    byte[] labels = new byte[width * raster.getHeight()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int label = labelOfValue(row[x]);
        if (label == UNKNOWN) {
          throw unknown(file, "the value " + row[x], y, x, allowedValues());
        }
        labels[y * width + x] = (byte) label;
      }
    }
    if (mask.getColorModel() instanceof IndexColorModel palette) {
      checkPalette(file, palette, labels);
    }
    return labels;
  }

  private int labelOfValue(int value) {
    if (table.isEmpty()) {
      return value <= MAX_VALUE ? value : UNKNOWN;
    }
    int classes = table.get().classes().size();
    if (value < classes) {
      return value;
    }
    boolean ignored = value == classes || value == Samples.IGNORED;
    return ignored && table.get().ignored().isPresent() ? Samples.IGNORED : UNKNOWN;
  }

  private String allowedValues() {
    if (table.isEmpty()) {
      return "classes are numbered from 0 to " + MAX_VALUE;
    }
    int classes = table.get().classes().size();
    String allowed = "classes are numbered from 0 to " + (classes - 1);
    return table.get().ignored().isPresent()
        ? allowed + ", " + classes + " and " + Samples.IGNORED + " are ignored"
        : allowed;
  }

  /** All colours in use are classes', yet not those that their places stand for. */
  private void checkPalette(Path file, IndexColorModel palette, byte[] labels) {
    int[] histogram = ClassWeights.histogram(labels);
    boolean moved = false;
    for (int value = 0; value < Samples.IGNORED; value++) {
      if (histogram[value] > 0) {
        int label = labelOfColour.getOrDefault(palette.getRGB(value) & RGB, UNKNOWN);
        if (label == UNKNOWN) {
          return;
        }
        moved |= label != value;
      }
    }
    if (moved) {
      throw new UnusableFileException(
          file
              + ": its palette has the classes' colours in another order than their table; save it"
              + " as RGB, or as grey with the classes' numbers");
    }
  }

  private byte[] ofColours(Path file, Raster raster) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    byte[] labels = new byte[width * raster.getHeight()];
    int lastColour = NONE;
    int label = NONE;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int colour = row[at] << 16 | row[at + 1] << 8 | row[at + 2];
        if (colour != lastColour) { // masks are patches: few look-ups
          lastColour = colour;
          label = labelOfColour.getOrDefault(colour, UNKNOWN);
        }
        if (label == UNKNOWN) {
          String named = "the colour " + row[at] + ", " + row[at + 1] + ", " + row[at + 2];
          throw unknown(file, named, y, x, "the table of classes does not have it");
        }
        labels[y * width + x] = (byte) label;
      }
    }
    return labels;
  }

  private static UnusableFileException unknown(
      Path file, String what, int row, int column, String allowed) {
    return new UnusableFileException(
        file
            + ": "
            + what
            + " at row "
            + row
            + ", column "
            + column
            + " is no class ("
            + allowed
            + "); correct the mask or the table of classes");
  }
}
