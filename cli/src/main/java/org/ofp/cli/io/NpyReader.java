// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.ofp.cli.error.CliException;
import org.ofp.models.io.InputFile;

/**
 * Reads {@code .npy} files of version 1 and 2 that hold {@code <f4} or {@code <c8}, in C order or
 * in Fortran order, which NumPy chooses by itself for transposed arrays. Files are taken to be
 * hostile: nothing is allocated before the shape in the header and the length of the file have been
 * found to agree.
 */
public final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** As in NumPy, which needs 118 bytes for usual arrays. */
  private static final int MAX_HEADER_BYTES = 10_000;

  private static final int CHUNK_BYTES = 1 << 20;

  private NpyReader() {}

  /**
   * Whether a file is meant to be an array: by its name, or by its first bytes.
   *
   * @throws CliException if the file is missing or cannot be read
   */
  public static boolean recognises(Path file) {
    InputFile.check(file);
    if (file.toString().endsWith(".npy")) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads an array.
   *
   * @throws CliException if the file is missing or not such an array; the message names the file,
   *     what is wrong with it and the remedy
   */
  public static NpyArray read(Path file) {
    InputFile.check(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return read(channel);
    } catch (NpyFormatException e) {
      throw CliException.failure(file + ": " + e.getMessage(), e);
    } catch (EOFException e) {
      throw CliException.failure(
          file + ": the file ends within the .npy header; save the array again", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NpyArray read(FileChannel channel) throws IOException, NpyFormatException {
    NpyHeader header = NpyHeader.parse(literal(channel));
    int count = header.valueCount();
    long expected = (long) count * Float.BYTES;
    long present = channel.size() - channel.position();
    if (present != expected) {
      throw new NpyFormatException(
          String.format(
              Locale.ROOT,
              "the shape %s needs %d bytes of values, the file has %d (%s); save the array again",
              Arrays.toString(header.shape()),
              expected,
              present,
              present < expected ? "truncated" : "trailing bytes"));
    }
    float[] values = values(channel, count);
    if (header.isFortranOrder()) {
      values = rowMajor(values, header.shape(), header.isComplex() ? 2 : 1);
    }
    return header.isComplex()
        ? NpyArray.complex(values, header.shape())
        : NpyArray.real(values, header.shape());
  }

  /** Reads everything up to the values and returns the dictionary literal. */
  private static byte[] literal(FileChannel channel) throws IOException, NpyFormatException {
    byte[] magic = new byte[MAGIC.length];
    int got = channel.read(ByteBuffer.wrap(magic));
    if (got < MAGIC.length || !Arrays.equals(magic, MAGIC)) {
      throw new NpyFormatException("not a .npy file; write it with np.save");
    }
    ByteBuffer version = read(channel, 2);
    int major = version.get() & 0xff;
    int minor = version.get() & 0xff;
    if (major < 1 || major > 2 || minor != 0) {
      throw new NpyFormatException(
          ".npy format " + major + "." + minor + " is not supported, only 1.0 and 2.0");
    }
    long length =
        major == 1
            ? read(channel, Short.BYTES).getShort() & 0xffffL
            : read(channel, Integer.BYTES).getInt() & 0xffff_ffffL;
    if (length > MAX_HEADER_BYTES) {
      throw new NpyFormatException(
          "the .npy header claims " + length + " bytes, more than " + MAX_HEADER_BYTES);
    }
    return read(channel, (int) length).array();
  }

  private static float[] values(FileChannel channel, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < count; ) {
      int n = Math.min(CHUNK_BYTES / Float.BYTES, count - at);
      fill(channel, chunk.clear().limit(n * Float.BYTES));
      chunk.asFloatBuffer().get(values, at, n);
      at += n;
    }
    return values;
  }

  /**
   * Reorders values whose first dimension varies fastest.
   *
   * @param unit values that make up an element
   */
  private static float[] rowMajor(float[] values, int[] shape, int unit) {
    int[] strides = new int[shape.length];
    int stride = unit;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    float[] ordered = new float[values.length];
    int[] index = new int[shape.length];
    int from = 0;
    for (int to = 0; to < ordered.length; to += unit) {
      System.arraycopy(values, from, ordered, to, unit);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return ordered;
  }

  private static ByteBuffer read(FileChannel channel, int bytes) throws IOException {
    return fill(channel, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static ByteBuffer fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }
}
