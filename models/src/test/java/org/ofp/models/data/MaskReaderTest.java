// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.Pictures;

class MaskReaderTest {
  private static final byte X = (byte) Samples.IGNORED;
  private static final int[] COLOURS = {0x102030, 0x405060, 0x708090};
  private static final ClassPalette THREE =
      new ClassPalette(
          List.of(
              new ClassPalette.Entry("a", 0xFF000000 | COLOURS[0]),
              new ClassPalette.Entry("b", 0xFF000000 | COLOURS[1]),
              new ClassPalette.Entry("c", 0xFF000000 | COLOURS[2])));
  private static final MaskReader PLAIN =
      new MaskReader(Optional.of(new ClassTable(THREE, OptionalInt.empty())));
  private static final MaskReader IGNORING =
      new MaskReader(Optional.of(new ClassTable(THREE, OptionalInt.of(0xFF0000))));
  private static final MaskReader NO_TABLE = new MaskReader(Optional.empty());

  @TempDir Path folder;

  @Test
  void theDroneSetsClassesComeWithWhatDoesNotCount() throws IOException {
    Path grey = DataFiles.grey(file(), 2, 0, 22, 23, 255);
    assertArrayEquals(new byte[] {0, 22, X, X}, MaskReader.of(ClassPalette.DRONE).read(grey, 2, 2));
    UnusableFileException thrown =
        assertThrows(UnusableFileException.class, () -> MaskReader.of(THREE).read(grey, 2, 2));
    assertTrue(thrown.getMessage().contains("the value 22"), thrown.getMessage());
  }

  /** Through sRGB, grey 1 and 2 would become 13 and 22. */
  @Test
  void valuesAreTakenAsStored() throws IOException {
    Path grey = DataFiles.grey(file(), 2, 0, 1, 2, 1);
    assertArrayEquals(new byte[] {0, 1, 2, 1}, PLAIN.read(grey, 2, 2));
    int[] unrelated = {0xFF0000, 0x00FF00, 0x0000FF};
    Path palette = DataFiles.palette(file(), unrelated, 2, 0, 1, 2, 1);
    assertArrayEquals(new byte[] {0, 1, 2, 1}, PLAIN.read(palette, 2, 2));
    Path same = DataFiles.palette(file(), COLOURS, 2, 0, 1, 2, 1);
    assertArrayEquals(new byte[] {0, 1, 2, 1}, PLAIN.read(same, 2, 2));
    Path deep = DataFiles.image(file(), BufferedImage.TYPE_USHORT_GRAY, 2, 0, 1, 2, 1);
    assertArrayEquals(new byte[] {0, 1, 2, 1}, PLAIN.read(deep, 2, 2));
    Path bits = DataFiles.image(file(), BufferedImage.TYPE_BYTE_BINARY, 2, 0, 1, 1, 0);
    assertArrayEquals(new byte[] {0, 1, 1, 0}, PLAIN.read(bits, 2, 2));
    Path two = DataFiles.shallowGrey(file(), 2, 5, 0b00_01_10_01, 0b10_00_00_00);
    assertArrayEquals(new byte[] {0, 1, 2, 1, 2}, PLAIN.read(two, 5, 1));
    Path four = DataFiles.shallowGrey(file(), 4, 3, 0x2_1, 0xf_0);
    assertArrayEquals(new byte[] {2, 1, 15}, NO_TABLE.read(four, 3, 1));
    Path high = DataFiles.grey(file(), 2, 0, 128, 254, 1);
    assertArrayEquals(new byte[] {0, (byte) 128, (byte) 254, 1}, NO_TABLE.read(high, 2, 2));
  }

  @Test
  void coloursAreLookedUp() throws IOException {
    Path rgb = DataFiles.rgb(file(), 3, COLOURS[2], COLOURS[0], COLOURS[1]);
    assertArrayEquals(new byte[] {2, 0, 1}, PLAIN.read(rgb, 3, 1));
    int[] samples = {0x40, 0x50, 0x60, 0, 0x10, 0x20, 0x30, 255};
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.getRaster().setPixels(0, 0, 2, 1, samples);
    Path transparent = DataFiles.write(file(), Pictures.png(image));
    assertArrayEquals(new byte[] {1, 0}, PLAIN.read(transparent, 2, 1));
  }

  @Test
  void theIgnoredRowHasAColourAndTwoValues() throws IOException {
    Path rgb = DataFiles.rgb(file(), 2, 0xFF0000, COLOURS[1]);
    assertArrayEquals(new byte[] {X, 1}, IGNORING.read(rgb, 2, 1));
    assertRefused(PLAIN, rgb, 2, 1, "the colour 255, 0, 0 at row 0, column 0", "does not have it");
    Path grey = DataFiles.grey(file(), 3, 3, 255, 2);
    assertArrayEquals(new byte[] {X, X, 2}, IGNORING.read(grey, 3, 1));
    assertRefused(PLAIN, grey, 3, 1, "the value 3 at row 0, column 0", "from 0 to 2)");
  }

  @Test
  void unknownValuesAreNamedWithTheirPlace() throws IOException {
    Path grey = DataFiles.grey(file(), 2, 0, 1, 2, 7);
    assertRefused(PLAIN, grey, 2, 2, "the value 7 at row 1, column 1", "from 0 to 2");
    assertRefused(IGNORING, grey, 2, 2, "from 0 to 2, 3 and 255 are ignored");
    Path binary = DataFiles.grey(file(), 2, 0, 255, 0, 0);
    assertRefused(NO_TABLE, binary, 2, 2, "the value 255 at row 0, column 1", "from 0 to 254");
    assertRefused(PLAIN, binary, 2, 2, "the value 255 at row 0, column 1");
    Path deep = DataFiles.image(file(), BufferedImage.TYPE_USHORT_GRAY, 1, 257);
    assertRefused(NO_TABLE, deep, 1, 1, "the value 257");
    Path rgb = DataFiles.rgb(file(), 1, COLOURS[0], COLOURS[0] + 1);
    assertRefused(PLAIN, rgb, 1, 2, "the colour 16, 32, 49 at row 1, column 0");
  }

  /** Programs that shrink a PNG of few colours give it a palette in an order of their own. */
  @Test
  void paletteThatHidesColoursIsRefused() throws IOException {
    int[] moved = {COLOURS[1], COLOURS[0], COLOURS[2]};
    Path mask = DataFiles.palette(file(), moved, 2, 0, 1);
    assertRefused(PLAIN, mask, 2, 1, "the classes' colours in another order");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path rgb = DataFiles.rgb(file(), 1, COLOURS[0]);
    assertRefused(NO_TABLE, rgb, 1, 1, "needs a table of classes");
    assertRefused(PLAIN, rgb, 2, 1, "1×1 pixels, its picture 2×1");
    Path jpeg = DataFiles.write(file(), Pictures.jpeg(Pictures.quadrants(8, 8)));
    assertRefused(PLAIN, jpeg, 8, 8, "a JPEG cannot be a mask");
    byte[] png = Pictures.png(Pictures.noise(8, 8, BufferedImage.TYPE_BYTE_GRAY));
    Path damaged = DataFiles.write(file(), Arrays.copyOf(png, png.length / 2));
    assertRefused(NO_TABLE, damaged, 8, 8, "the PNG cannot be decoded");
    assertRefused(PLAIN, folder.resolve("absent.png"), 1, 1, "no such file");
  }

  private Path file() {
    return folder.resolve("mask.png");
  }

  private static void assertRefused(
      MaskReader reader, Path file, int width, int height, String... parts) {
    String message =
        assertThrows(UnusableFileException.class, () -> reader.read(file, width, height))
            .getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
