// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: the Exif tag 0x0112 in the first directory of the TIFF structure that a
 * JPEG carries in its APP1 segment. Phones store every picture as the sensor sees it and rely on
 * this tag.
 */
final class ExifOrientation {
  /** Rows and columns are as they should be. */
  static final int UPRIGHT = 1;

  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final int TAG = 0x0112;
  private static final int TYPE_SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** Whether a segment's payload is Exif, and not the XMP text that may also be in APP1. */
  static boolean isExif(ByteBuffer payload) {
    return payload.remaining() > EXIF.length
        && payload.slice(payload.position(), EXIF.length).equals(ByteBuffer.wrap(EXIF));
  }

  /**
   * Reads the tag from an Exif payload. Damaged metadata does not spoil a picture: anything that
   * makes no sense counts as upright.
   */
  static int of(ByteBuffer payload) {
    ByteBuffer tiff =
        payload.slice(payload.position() + EXIF.length, payload.remaining() - EXIF.length);
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    short byteOrder = tiff.getShort(0);
    if (byteOrder != 0x4949 && byteOrder != 0x4d4d) {
      return UPRIGHT;
    }
    tiff.order(byteOrder == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffff_ffffL;
    if (tiff.getShort(2) != 42 || directory + Short.BYTES > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      long entry = directory + Short.BYTES + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        return UPRIGHT;
      }
      int at = (int) entry;
      if ((tiff.getShort(at) & 0xffff) == TAG && tiff.getShort(at + 2) == TYPE_SHORT) {
        int value = tiff.getShort(at + 8) & 0xffff;
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Turns the stored picture the right way up. */
  static RgbImage apply(int orientation, RgbImage stored) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    // As in the standard's table: where the stored row 0 and column 0 belong on the display.
    boolean transposed = orientation >= 5;
    boolean rowsFromEnd =
        orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    boolean columnsFromEnd =
        orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    int[] from = stored.pixels();
    int[] to = new int[from.length];
    for (int row = 0; row < height; row++) {
      int y = rowsFromEnd ? height - 1 - row : row;
      for (int column = 0; column < width; column++) {
        int x = columnsFromEnd ? width - 1 - column : column;
        int source = transposed ? x * stored.width() + y : y * stored.width() + x;
        to[row * width + column] = from[source];
      }
    }
    return new RgbImage(width, height, to);
  }
}
