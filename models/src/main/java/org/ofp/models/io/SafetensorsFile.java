// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Reads a safetensors file: eight bytes of little-endian header length, a JSON header, the data.
 *
 * <p>The file is not trusted: its header is checked in full when it is opened, and no value in it
 * is followed before. Tensors are streamed in pieces of 256 KiB straight into the caller's buffer.
 * (Not memory-mapped: a file that shrinks while it is mapped kills the JVM.)
 *
 * <p>Not thread-safe.
 */
public final class SafetensorsFile implements Closeable {
  /** The longest header accepted, in bytes: some 100,000 tensors. */
  static final int MAX_HEADER_BYTES = 16 << 20;

  private static final int PREFIX_BYTES = Long.BYTES;
  private static final int CHUNK_BYTES = 256 << 10;

  private final String name;
  private final Source source;
  private final Closeable resource;
  private final SafetensorsHeader header;
  private final long dataStart;

  /** Gives bytes from a position on: at least one, if there is room and the file has more. */
  @FunctionalInterface
  private interface Source {
    /** Returns how many bytes it gave, or −1 at the end. */
    int read(ByteBuffer into, long position) throws IOException;
  }

  /**
   * @param name what messages call the file
   * @param resource is closed with this
   */
  private SafetensorsFile(String name, Source source, long fileBytes, Closeable resource)
      throws IOException {
    this.name = name;
    this.source = source;
    this.resource = resource;
    if (fileBytes < PREFIX_BYTES) {
      throw damaged("only " + fileBytes + " bytes long, too short for a safetensors file");
    }
    long headerBytes = readFully(0, PREFIX_BYTES).getLong();
    if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
      throw damaged(
          "a header of "
              + Long.toUnsignedString(headerBytes)
              + " bytes is beyond the limit of "
              + MAX_HEADER_BYTES
              + "; is it a safetensors file?");
    }
    dataStart = PREFIX_BYTES + headerBytes;
    if (dataStart > fileBytes) {
      throw damaged(
          "truncated: the header alone needs " + dataStart + " of " + fileBytes + " bytes");
    }
    try {
      header =
          SafetensorsHeader.parse(
              readFully(PREFIX_BYTES, Math.toIntExact(headerBytes)), fileBytes - dataStart);
    } catch (WeightsException e) {
      throw damaged(e.getMessage());
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws WeightsException if it is not a valid safetensors file
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new SafetensorsFile(path.toString(), channel::read, channel.size(), channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The same of a file whose bytes are in memory already.
   *
   * @param name what messages call it
   * @param bytes from position to limit; borrowed, not to be changed while this is in use
   * @throws WeightsException if they are not those of a valid safetensors file
   */
  public static SafetensorsFile of(String name, ByteBuffer bytes) {
    ByteBuffer own = bytes.slice();
    try {
      return new SafetensorsFile(
          name, (into, position) -> copy(own, into, position), own.limit(), () -> {});
    } catch (IOException e) {
      throw new IllegalStateException("reading memory failed", e);
    }
  }

  private static int copy(ByteBuffer from, ByteBuffer into, long position) {
    int count = (int) Math.min(into.remaining(), from.limit() - position);
    into.put(from.slice((int) position, count));
    return count;
  }

  /** The tensors by name, in the header's order; unmodifiable. */
  public Map<String, TensorInfo> tensors() {
    return header.tensors();
  }

  /** Free text about the file; unmodifiable. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads a tensor as float32, row-major.
   *
   * @param into takes the elements from its position on; the position moves behind them
   * @throws IllegalArgumentException if there is no such tensor or {@code into} is too small
   * @throws WeightsException if its type is not F32, F16 or BF16, or a value is NaN or infinite
   * @throws IOException if the file cannot be read
   */
  public void read(String name, FloatBuffer into) throws IOException {
    TensorInfo tensor = tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + Quoted.of(name) + " in " + this.name);
    }
    if (!tensor.type().isReadable()) {
      throw damaged(
          "tensor "
              + Quoted.of(name)
              + " has dtype "
              + tensor.type()
              + "; weights must be F32, F16"
              + " or BF16");
    }
    if (into.remaining() < tensor.elements()) {
      throw new IllegalArgumentException(
          into.remaining() + " floats of room for " + tensor.elements() + " of " + Quoted.of(name));
    }
    int first = into.position();
    for (long at = tensor.begin(); at < tensor.end(); at += CHUNK_BYTES) {
      int bytes = (int) Math.min(CHUNK_BYTES, tensor.end() - at);
      decode(tensor.type(), readFully(dataStart + at, bytes), into);
    }
    requireFinite(name, into, first);
  }

  @Override
  public void close() throws IOException {
    resource.close();
  }

  private static void decode(ElementType type, ByteBuffer bytes, FloatBuffer into) {
    switch (type) {
      case F32 -> into.put(bytes.asFloatBuffer());
      case F16 -> {
        while (bytes.hasRemaining()) {
          into.put(HalfPrecision.toFloat(bytes.getShort()));
        }
      }
      case BF16 -> {
        while (bytes.hasRemaining()) {
          into.put(Float.intBitsToFloat(bytes.getShort() << 16));
        }
      }
      default -> throw new AssertionError(type);
    }
  }

  private void requireFinite(String name, FloatBuffer values, int first) {
    for (int i = first; i < values.position(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw damaged(
            "tensor "
                + Quoted.of(name)
                + " has the value "
                + values.get(i)
                + " at index "
                + (i - first)
                + "; weights must be finite");
      }
    }
  }

  private ByteBuffer readFully(long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (source.read(buffer, position + buffer.position()) < 0) {
        throw damaged("it became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private WeightsException damaged(String reason) {
    return new WeightsException(name + ": " + reason);
  }
}
