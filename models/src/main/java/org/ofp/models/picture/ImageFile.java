// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.UnusableFileException;

/**
 * Reads photographs: JPEG and PNG, recognised by content and not by name, as opaque sRGB the right
 * way up. Files are taken to be hostile: the size in the header is checked before anything is
 * decoded, and a picture that is not whole is refused rather than completed with grey.
 */
public final class ImageFile {
  /** Larger than any camera's picture; decoding one takes about 1 GB. */
  static final long MAX_PIXELS = 100_000_000;

  /** A hundred megapixels of noise as PNG are 300 MB; sensible pictures are far below. */
  private static final long MAX_BYTES = 400_000_000;

  /** Signature, length and type of the first chunk, and its width and height. */
  private static final int PNG_HEADER_BYTES = 24;

  private static final int PNG_WIDTH_AT = 16;
  private static final int PNG_HEIGHT_AT = 20;

  /** From the bytes of a file to a picture. */
  private interface Decoder<T> {
    T decode(byte[] bytes) throws ImageFormatException;
  }

  private ImageFile() {}

  /**
   * Reads a picture.
   *
   * @throws UnusableFileException if the file is missing or not a whole picture; the message names
   *     the file, what is wrong with it and the remedy
   */
  public static RgbImage read(Path file) {
    return read(file, ImageFile::decode);
  }

  /**
   * Reads the samples of a PNG as they are stored, not turned into colours: the indices of a
   * palette, the values of grey at their depth. For masks, whose values are classes.
   *
   * @throws UnusableFileException as above, and if the file is a JPEG
   */
  public static BufferedImage readStored(Path file) {
    return read(
        file,
        bytes -> {
          checkPng(ImageKind.of(bytes));
          return decode("png", bytes);
        });
  }

  /**
   * The size of a PNG as its header claims, without decoding it.
   *
   * @throws UnusableFileException if the file is missing, no PNG, or damaged at its beginning
   */
  public static Dimension storedSize(Path file) {
    InputFile.check(file);
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(PNG_HEADER_BYTES));
      checkPng(ImageKind.of(header.array()));
      if (header.capacity() < PNG_HEADER_BYTES) {
        throw new ImageFormatException("the PNG is truncated; copy or download it again");
      }
      int width = header.getInt(PNG_WIDTH_AT);
      int height = header.getInt(PNG_HEIGHT_AT);
      if (width <= 0 || height <= 0) {
        throw damaged("png", "size " + width + "×" + height, null);
      }
      checkSize(width, height);
      return new Dimension(width, height);
    } catch (ImageFormatException e) {
      throw new UnusableFileException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkPng(ImageKind kind) throws ImageFormatException {
    if (kind != ImageKind.PNG) {
      throw new ImageFormatException(
          "a JPEG cannot be a mask: its compression mixes the classes; use the PNG it was made of");
    }
  }

  private static <T> T read(Path file, Decoder<T> decoder) {
    InputFile.check(file);
    try {
      long length = Files.size(file);
      if (length > MAX_BYTES) {
        throw new ImageFormatException(
            "the file has " + length + " bytes, more than " + MAX_BYTES + "; make it smaller");
      }
      return decoder.decode(Files.readAllBytes(file));
    } catch (ImageFormatException e) {
      throw new UnusableFileException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RgbImage decode(byte[] bytes) throws ImageFormatException {
    return switch (ImageKind.of(bytes)) {
      case PNG -> SrgbPixels.of(decode("png", bytes));
      case JPEG -> {
        JpegStructure structure = JpegStructure.of(bytes);
        if (structure.components() == 4) {
          throw new ImageFormatException(
              "CMYK pictures are not supported; convert it to sRGB, for example with 'magick IN"
                  + " -colorspace sRGB OUT.png'");
        }
        yield ExifOrientation.apply(structure.orientation(), SrgbPixels.of(decode("jpeg", bytes)));
      }
    };
  }

  private static BufferedImage decode(String format, byte[] bytes) throws ImageFormatException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    List<String> damage = new ArrayList<>();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener((source, warning) -> noteDamage(warning, damage));
      checkSize(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (!damage.isEmpty()) {
        throw damaged(format, damage.get(0), null);
      }
      return image;
    } catch (IOException | RuntimeException e) {
      // The decoders of the JDK answer some damaged files with unchecked exceptions.
      throw damaged(format, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /**
   * Warnings of the JPEG decoder that speak of lost picture data. Others, such as surplus bytes
   * between segments or odd metadata, are common in the files of real cameras.
   */
  private static void noteDamage(String warning, List<String> damage) {
    boolean corrupt =
        warning.startsWith("Corrupt JPEG data") || warning.startsWith("Premature end");
    if (corrupt && !warning.contains("extraneous bytes")) {
      damage.add(warning);
    }
  }

  private static void checkSize(int width, int height) throws ImageFormatException {
    if ((long) width * height > MAX_PIXELS) {
      throw new ImageFormatException(
          "the picture claims "
              + width
              + "×"
              + height
              + " pixels, more than "
              + MAX_PIXELS / 1_000_000
              + " megapixels; make it smaller");
    }
  }

  private static ImageFormatException damaged(String format, String reason, Throwable cause) {
    return new ImageFormatException(
        "the "
            + format.toUpperCase(Locale.ROOT)
            + " cannot be decoded ("
            + reason
            + "); copy it again, or save it anew with an image editor",
        cause);
  }
}
