// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Tables in a GPU's memory, uploaded once; owns them. Made by one thread, then not changed. */
final class TableStore implements AutoCloseable {
  private final Gpu gpu;
  private final GpuStream stream;
  private final String purpose;
  private final List<GpuMemory> tables = new ArrayList<>();

  /**
   * An empty store.
   *
   * @param stream for the uploads
   * @param purpose of the tables, for error messages
   */
  TableStore(Gpu gpu, GpuStream stream, String purpose) {
    this.gpu = gpu;
    this.stream = stream;
    this.purpose = purpose;
  }

  /** Uploads a table; 0, the null address, for null. */
  long floats(float[] values) {
    return values == null
        ? 0
        : upload((long) Float.BYTES * values.length, to -> to.asFloatBuffer().put(values));
  }

  /** As {@link #floats(float[])}. */
  long doubles(double[] values) {
    return values == null
        ? 0
        : upload((long) Double.BYTES * values.length, to -> to.asDoubleBuffer().put(values));
  }

  /** As {@link #floats(float[])}. */
  long ints(int[] values) {
    return values == null
        ? 0
        : upload((long) Integer.BYTES * values.length, to -> to.asIntBuffer().put(values));
  }

  /** As {@link #floats(float[])}. */
  long bytes(byte[] values) {
    return values == null ? 0 : upload(values.length, to -> to.put(values));
  }

  /** Planes of floats, one after the other. */
  long planes(float[][] planes) {
    if (planes == null) {
      return 0;
    }
    long values = 0;
    for (float[] plane : planes) {
      values += plane.length;
    }
    return upload(
        Float.BYTES * values,
        to -> {
          for (float[] plane : planes) {
            to.asFloatBuffer().put(plane);
            to.position(to.position() + Float.BYTES * plane.length);
          }
        });
  }

  /** Memory that the caller fills; all zero. */
  long zeros(long bytes) {
    GpuMemory memory = gpu.allocate(purpose, bytes);
    tables.add(memory);
    stream.clear(memory.address(), bytes);
    return memory.address();
  }

  /** Uploads what {@code writer} writes. */
  long upload(long bytes, Consumer<ByteBuffer> writer) {
    if (bytes > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "a table of "
              + bytes
              + " bytes for the "
              + purpose
              + " is too large; use smaller frames");
    }
    GpuMemory memory = gpu.allocate(purpose, bytes);
    tables.add(memory);
    try (HostMemory host = gpu.allocateHost(purpose, bytes)) {
      writer.accept(host.bytes());
      stream.upload(host, 0, memory.address(), bytes);
      stream.synchronize();
    }
    return memory.address();
  }

  @Override
  public void close() {
    List<Runnable> closings = new ArrayList<>();
    tables.forEach(table -> closings.add(table::close));
    tables.clear();
    Closing.all(closings);
  }
}
