// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ofp.models.io.AtomicFile;

/** Writes {@code .npy} files of version 1, as {@code np.save} does. */
public final class NpyWriter {
  private static final byte[] MAGIC_AND_VERSION = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The values start at a multiple of this, so that the file can be memory-mapped. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK_BYTES = 1 << 20;

  private NpyWriter() {}

  /** Writes the array; afterwards the file holds all of it or is as it was. */
  public static void write(Path file, NpyArray array) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(header(array));
          values(out, array.values());
        });
  }

  private static byte[] header(NpyArray array) {
    byte[] literal = NpyHeader.format(array).getBytes(StandardCharsets.US_ASCII);
    int prefix = MAGIC_AND_VERSION.length + Short.BYTES;
    int unpadded = prefix + literal.length + 1;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC_AND_VERSION).putShort((short) (length - prefix)).put(literal);
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }

  private static void values(OutputStream out, float[] values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; ) {
      int n = Math.min(CHUNK_BYTES / Float.BYTES, values.length - at);
      chunk.asFloatBuffer().put(values, at, n);
      out.write(chunk.array(), 0, n * Float.BYTES);
      at += n;
    }
  }
}
