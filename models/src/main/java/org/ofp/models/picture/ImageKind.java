// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The formats that are read, told by the first bytes of the file. */
enum ImageKind {
  JPEG("\u00ff\u00d8\u00ff"),
  PNG("\u0089PNG\r\n\u001a\n");

  /** One character per byte. */
  private final String magic;

  ImageKind(String magic) {
    this.magic = magic;
  }

  /** Recognises a file by its content. */
  static ImageKind of(byte[] file) throws ImageFormatException {
    for (ImageKind kind : values()) {
      if (has(file, 0, kind.magic)) {
        return kind;
      }
    }
    throw new ImageFormatException(
        "not a JPEG or PNG picture (" + looksLike(file) + "); convert it to PNG");
  }

  /** Names what people mistake for a JPEG most often, whatever the file is called. */
  private static String looksLike(byte[] file) {
    if (file.length == 0) {
      return "the file is empty";
    }
    if (has(file, 8, "WEBP")) {
      return "it is WebP";
    }
    if (has(file, 4, "ftyphei") || has(file, 4, "ftypmif1")) {
      return "it is HEIC";
    }
    if (has(file, 4, "ftypavif")) {
      return "it is AVIF";
    }
    if (has(file, 0, "GIF8")) {
      return "it is GIF";
    }
    if (has(file, 0, "II*\0") || has(file, 0, "MM\0*")) {
      return "it is TIFF";
    }
    if (has(file, 0, "BM")) {
      return "it is BMP";
    }
    return "unknown content";
  }

  private static boolean has(byte[] file, int at, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    return file.length >= at + expected.length
        && ByteBuffer.wrap(file, at, expected.length).equals(ByteBuffer.wrap(expected));
  }
}
