// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.io.UnusableFileException;

/** Pictures of every kind a user may bring, and every way in which a file can be none. */
class ImageFileTest {
  /** The quick tier flips every fifth byte, the full one all. */
  private static final int STRIDE = System.getProperty("ofp.tests", "quick").equals("full") ? 1 : 5;

  @TempDir private Path folder;

  @Test
  void colourComesAsItIs() throws IOException {
    BufferedImage noise = Pictures.noise(7, 5, BufferedImage.TYPE_INT_RGB);
    RgbImage read = read(Pictures.png(noise));
    assertEquals(7, read.width());
    assertEquals(5, read.height());
    assertEquals(noise.getRGB(3, 4) & 0xffffff, read.pixels()[4 * 7 + 3]);
  }

  @Test
  void writtenPicturesAreReadBack() throws IOException {
    Path file = folder.resolve("out.png");
    int[] pixels = {0x010203, 0xffffff, 0, 0xff0080, 0x7f8081, 0x102030};
    PngFile.write(file, new RgbImage(3, 2, pixels));
    assertArrayEquals(pixels, ImageFile.read(file).pixels());
  }

  @Test
  void writtenLevelsAreReadBack() throws IOException {
    Path file = folder.resolve("grey.png");
    PngFile.writeGrey(file, 3, 2, new byte[] {0, 1, 127, -128, -2, -1});
    int[] levels = new int[6];
    ImageFile.readStored(file).getRaster().getSamples(0, 0, 3, 2, 0, levels);
    assertArrayEquals(new int[] {0, 1, 127, 128, 254, 255}, levels);
    PngFile.writeGrey(folder.resolve("same.png"), 3, 2, levels);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("same.png")));
  }

  @Test
  void jpegIsReadWhateverTheNameSays() throws IOException {
    RgbImage read = read(Pictures.jpeg(Pictures.quadrants(32, 16)));
    assertNear(0xff0000, read.pixels()[0]);
    assertNear(0xffffff, read.pixels()[32 * 16 - 1]);
    assertNear(0x00ff00, read(Pictures.progressiveJpeg(Pictures.quadrants(32, 16))).pixels()[31]);
  }

  /** ImageIO's getRGB takes grey for linear light and would make 188 of it. */
  @Test
  void greyIsNotBrightened() throws IOException {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    fill(grey, 128);
    assertEquals(0x808080, read(Pictures.png(grey)).pixels()[0]);
    assertNear(0x808080, read(Pictures.jpeg(grey)).pixels()[0]);
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    fill(deep, 0x8080);
    assertEquals(0x808080, read(Pictures.png(deep)).pixels()[0]);
  }

  @Test
  void sixteenBitColourIsReduced() throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {65535, 0x8080, 0});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertEquals(0xff8000, read(Pictures.png(image)).pixels()[0]);
  }

  @Test
  void transparencyShowsWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ff0000);
    image.setRGB(1, 0, 0xffff0000);
    image.setRGB(2, 0, 0x80000000);
    assertArrayEquals(new int[] {0xffffff, 0xff0000, 0x7f7f7f}, read(Pictures.png(image)).pixels());
  }

  @Test
  void palettesAreResolved() throws IOException {
    byte[] red = {(byte) 255, 0, 10};
    byte[] green = {0, (byte) 200, 20};
    byte[] blue = {0, 0, 30};
    IndexColorModel palette = new IndexColorModel(2, 3, red, green, blue, 0);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
    assertArrayEquals(new int[] {0xffffff, 0x00c800, 0x0a141e}, read(Pictures.png(image)).pixels());
  }

  @Test
  void profilesOtherThanSrgbAreApplied() throws ImageFormatException {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    ComponentColorModel model =
        new ComponentColorModel(
            linear, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {55, 255, 0});
    RgbImage image = SrgbPixels.of(new BufferedImage(model, raster, false, null));
    // IEC 61966-2-1: 1.055·(55/255)^(1/2.4) − 0.055 = 0.502
    assertNear(0x80ff00, image.pixels()[0]);
  }

  /** Where red, green, blue and white of the stored quadrants belong, by rows of the display. */
  @ParameterizedTest
  @CsvSource({
    "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB",
    "0, RGBW", "9, RGBW"
  })
  void photographsStandUpright(int orientation, String quadrants) throws IOException {
    for (boolean bigEndian : new boolean[] {true, false}) {
      byte[] jpeg = Pictures.jpeg(Pictures.quadrants(64, 32));
      RgbImage read = read(withExif(jpeg, orientation, bigEndian));
      boolean turned = orientation >= 5 && orientation <= 8;
      assertEquals(turned ? 32 : 64, read.width());
      assertEquals(turned ? 64 : 32, read.height());
      for (int i = 0; i < 4; i++) {
        int x = read.width() * (1 + 2 * (i % 2)) / 4;
        int y = read.height() * (1 + 2 * (i / 2)) / 4;
        assertNear(colour(quadrants.charAt(i)), read.pixels()[y * read.width() + x]);
      }
    }
  }

  @Test
  void damagedExifDoesNotSpoilAPicture() throws IOException {
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(32, 32));
    byte[] exif = exif(6, true);
    for (int length = 0; length < exif.length - 4; length++) {
      assertNear(0xff0000, read(withSegment(jpeg, Arrays.copyOf(exif, length))).pixels()[0]);
    }
    for (int i = 6; i < exif.length; i++) {
      byte[] mutated = exif.clone();
      mutated[i] = (byte) 0xff;
      assertEquals(1024, read(withSegment(jpeg, mutated)).pixels().length);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void truncatedJpegsAreRefused(boolean progressive) throws IOException {
    BufferedImage noise = Pictures.noise(48, 48, BufferedImage.TYPE_INT_RGB);
    byte[] whole = progressive ? Pictures.progressiveJpeg(noise) : Pictures.jpeg(noise);
    for (int length = 3; length < whole.length; length += 7) {
      assertRefused(Arrays.copyOf(whole, length), "JPEG", "again");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "truncated");
  }

  /** An end marker glued to the rest of a picture does not make it whole. */
  @Test
  void jpegsWithLostDataAreRefused() throws IOException {
    byte[] whole = Pictures.jpeg(Pictures.noise(48, 48, BufferedImage.TYPE_INT_RGB));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    assertRefused(cut, "JPEG cannot be decoded", "premature end");
  }

  @Test
  void bytesAfterAJpegAreFine() throws IOException {
    byte[] whole = Pictures.jpeg(Pictures.quadrants(32, 32));
    assertNear(0xff0000, read(Arrays.copyOf(whole, whole.length + 1000)).pixels()[0]);
  }

  @Test
  void truncatedPngsAreRefused() throws IOException {
    byte[] whole = Pictures.png(Pictures.noise(48, 48, BufferedImage.TYPE_INT_RGB));
    int end = whole.length - 12 - 8; // within the compressed pixels, before their checksum and IEND
    for (int length = 8; length < end; length += 37) {
      assertRefused(Arrays.copyOf(whole, length), "PNG cannot be decoded", "again");
    }
  }

  @Test
  void absurdSizesAreRefusedBeforeDecoding() throws IOException {
    byte[] png = Pictures.png(Pictures.quadrants(16, 16));
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 20_000).putInt(20, 5_001);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertRefused(png, "20000×5001 pixels", "100 megapixels");
    header.putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
    assertRefused(png, "2147483647×2147483647 pixels");
    header.putInt(16, 0).putInt(20, -1);
    assertRefused(png, "cannot be decoded");
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(16, 16));
    ByteBuffer.wrap(jpeg).putShort(frameHeader(jpeg) + 5, (short) 65000);
    ByteBuffer.wrap(jpeg).putShort(frameHeader(jpeg) + 7, (short) 65000);
    assertRefused(jpeg, "65000×65000 pixels");
  }

  @Test
  void cmykIsRefusedWithARemedy() throws IOException {
    byte[] frame = {(byte) 0xff, (byte) 0xc0, 0, 20, 8, 0, 1, 0, 1, 4};
    byte[] jpeg = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8}, 26);
    System.arraycopy(frame, 0, jpeg, 2, frame.length);
    jpeg[24] = (byte) 0xff;
    jpeg[25] = (byte) 0xd9;
    assertRefused(jpeg, "CMYK", "colorspace sRGB");
  }

  @ParameterizedTest
  @CsvSource({
    "'', the file is empty",
    "'hello, world', unknown content",
    "'RIFF....WEBPVP8 ', it is WebP",
    "'....ftypheic....', it is HEIC",
    "'....ftypavif....', it is AVIF",
    "'GIF89a..........', it is GIF",
    "'BM..............', it is BMP",
    "'II*\0............', it is TIFF",
  })
  void otherContentIsNamed(String content, String what) throws IOException {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "not a JPEG or PNG", what);
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertRefused(folder.resolve("missing.jpg"), "missing.jpg: no such file");
    assertRefused(folder, "is a folder");
  }

  /** Whatever is flipped, the picture is read or refused in one line. */
  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(16, 16));
    byte[] png = Pictures.png(Pictures.noise(8, 8, BufferedImage.TYPE_INT_RGB));
    for (byte[] whole : new byte[][] {jpeg, png}) {
      for (int i = 0; i < whole.length; i += STRIDE) {
        byte[] mutated = whole.clone();
        mutated[i] ^= (byte) 0xa5;
        Path file = write(mutated);
        try {
          ImageFile.read(file);
        } catch (UnusableFileException e) {
          assertOneLine(e, file.toString());
        }
      }
    }
  }

  private RgbImage read(byte[] bytes) throws IOException {
    return ImageFile.read(write(bytes));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("picture.png"), bytes);
  }

  private void assertRefused(byte[] bytes, String... parts) throws IOException {
    assertRefused(write(bytes), parts);
  }

  private static void assertRefused(Path file, String... parts) {
    UnusableFileException e = assertThrows(UnusableFileException.class, () -> ImageFile.read(file));
    assertOneLine(e, file.toString());
    assertOneLine(e, parts);
  }

  private static void assertOneLine(UnusableFileException e, String... parts) {
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "'" + part + "' is not in: " + e);
    }
  }

  /** JPEG at default quality is off by a few counts. */
  private static void assertNear(int expected, int actual) {
    Color a = new Color(expected);
    Color b = new Color(actual);
    int error =
        Math.max(
            Math.abs(a.getRed() - b.getRed()),
            Math.max(Math.abs(a.getGreen() - b.getGreen()), Math.abs(a.getBlue() - b.getBlue())));
    assertTrue(error <= 4, () -> String.format("%06x is not %06x", actual, expected));
  }

  private static void fill(BufferedImage image, int sample) {
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        raster.setSample(x, y, 0, sample);
      }
    }
  }

  private static int colour(char name) {
    return switch (name) {
      case 'R' -> 0xff0000;
      case 'G' -> 0x00ff00;
      case 'B' -> 0x0000ff;
      default -> 0xffffff;
    };
  }

  private static int frameHeader(byte[] jpeg) {
    int at = 0;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xc0) {
      at++;
    }
    return at;
  }

  private static byte[] withExif(byte[] jpeg, int orientation, boolean bigEndian) {
    return withSegment(jpeg, exif(orientation, bigEndian));
  }

  /** A TIFF directory of one entry, the orientation. */
  private static byte[] exif(int orientation, boolean bigEndian) {
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    exif.put((bigEndian ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    exif.putShort((short) 42).putInt(8);
    exif.putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0);
    return exif.putInt(0).array();
  }

  /** The file with an APP1 segment after its start. */
  private static byte[] withSegment(byte[] jpeg, byte[] payload) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + payload.length);
    file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (payload.length + 2));
    return file.put(payload).put(jpeg, 2, jpeg.length - 2).array();
  }
}
