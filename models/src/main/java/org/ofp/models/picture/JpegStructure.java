// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.nio.ByteBuffer;

/**
 * What the markers of a JPEG say (ITU-T T.81, annex B): the number of components, the Exif
 * orientation, and whether the picture is whole. {@code ImageIO} fills the missing part of a
 * truncated picture with grey and says nothing that could be relied on, so the walk to the end
 * marker is done here. Entropy-coded data cannot contain a marker: every 0xFF in it is followed by
 * 0x00 or a restart marker. Bytes after the end marker are common (phones append videos) and fine.
 */
final class JpegStructure {
  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int APP1 = 0xe1;
  private static final int TEM = 0x01;

  /** Where the number of components is in a start-of-frame segment: after precision and size. */
  private static final int COMPONENTS_AT = 5;

  private final ByteBuffer bytes;
  private int components;
  private int orientation = ExifOrientation.UPRIGHT;

  private JpegStructure(byte[] file) {
    bytes = ByteBuffer.wrap(file);
  }

  /** Walks all markers of the file. */
  static JpegStructure of(byte[] file) throws ImageFormatException {
    JpegStructure structure = new JpegStructure(file);
    structure.walk();
    return structure;
  }

  /** Colour components: 1 grey, 3 colour, 4 CMYK; 0 if there is no frame header. */
  int components() {
    return components;
  }

  /** The Exif orientation, 1 to 8. */
  int orientation() {
    return orientation;
  }

  private void walk() throws ImageFormatException {
    for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
      if (marker != SOI && marker != TEM && (marker < RST0 || marker > RST7)) {
        segment(marker);
      }
    }
  }

  private void segment(int marker) throws ImageFormatException {
    if (bytes.remaining() < Short.BYTES) {
      throw truncated();
    }
    int length = (bytes.getShort() & 0xffff) - Short.BYTES;
    if (length < 0) {
      throw new ImageFormatException(
          "the JPEG is damaged: a segment of negative length at byte " + bytes.position());
    }
    if (length > bytes.remaining()) {
      throw truncated();
    }
    ByteBuffer payload = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    if (isFrameHeader(marker) && length > COMPONENTS_AT) {
      components = payload.get(COMPONENTS_AT) & 0xff;
    } else if (marker == APP1 && ExifOrientation.isExif(payload)) {
      orientation = ExifOrientation.of(payload);
    }
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  /** Skips entropy-coded data, stuffed bytes and fill bytes up to the next marker. */
  private int nextMarker() throws ImageFormatException {
    while (bytes.hasRemaining()) {
      if (bytes.get() == (byte) 0xff) {
        int code = 0xff;
        while (code == 0xff && bytes.hasRemaining()) {
          code = bytes.get() & 0xff;
        }
        if (code != 0 && code != 0xff) {
          return code;
        }
      }
    }
    throw truncated();
  }

  private static ImageFormatException truncated() {
    return new ImageFormatException(
        "the JPEG is truncated (no end marker); copy or download it again");
  }
}
