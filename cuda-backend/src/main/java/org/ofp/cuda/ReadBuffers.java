// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.ByteBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/**
 * What host and GPU tell each other about reads: records there, and two results for each back. Four
 * regions of the same layout on both sides: records, frame numbers, first results, second results.
 * Used by one thread at a time, which synchronises the stream before it writes again.
 */
final class ReadBuffers implements AutoCloseable {
  private final Gpu gpu;
  private final GpuStream stream;
  private int capacity;
  private HostMemory host;
  private GpuMemory device;
  private ByteBuffer bytes;

  ReadBuffers(Gpu gpu, GpuStream stream) {
    this.gpu = gpu;
    this.stream = stream;
  }

  /** Makes room for so many reads; what was there is lost. */
  void reserve(int reads) {
    if (reads > capacity) {
      close();
      long size = (ReadRecord.BYTES + 3L * Integer.BYTES) * reads;
      device = gpu.allocate("parameters of reads", size);
      host = gpu.allocateHost("parameters of reads", size);
      bytes = host.bytes();
      capacity = reads;
    }
  }

  /** The host's records, to be written from byte {@code ReadRecord.BYTES·i} on. */
  ByteBuffer records() {
    return bytes;
  }

  /** Sets the number of the frame that read {@code i} is of. */
  void frame(int i, int frame) {
    bytes.putInt((int) offset(0) + Integer.BYTES * i, frame);
  }

  /** Queues the upload of {@code n} records and frame numbers, and the clearing of the results. */
  void send(int n) {
    stream.upload(host, 0, device.address(), (long) ReadRecord.BYTES * n);
    stream.upload(host, offset(0), frames(), (long) Integer.BYTES * n);
    stream.clear(first(), (long) Integer.BYTES * n);
    stream.clear(second(), (long) Integer.BYTES * n);
  }

  /** Queues the download of the results of {@code n} reads. */
  void fetch(int n) {
    stream.download(first(), host, offset(1), (long) Integer.BYTES * n);
    stream.download(second(), host, offset(2), (long) Integer.BYTES * n);
  }

  /** First result of read {@code i}, once it was fetched and the stream synchronised. */
  int first(int i) {
    return bytes.getInt((int) offset(1) + Integer.BYTES * i);
  }

  /** Second result of read {@code i}. */
  int second(int i) {
    return bytes.getInt((int) offset(2) + Integer.BYTES * i);
  }

  /** Address of the records. */
  long reads() {
    return device.address();
  }

  /** Address of the frame numbers. */
  long frames() {
    return device.address() + offset(0);
  }

  /** Address of the first results. */
  long first() {
    return device.address() + offset(1);
  }

  /** Address of the second results. */
  long second() {
    return device.address() + offset(2);
  }

  private long offset(int region) {
    return ((long) ReadRecord.BYTES + (long) Integer.BYTES * region) * capacity;
  }

  @Override
  public void close() {
    if (device != null) {
      device.close();
      host.close();
      capacity = 0;
      device = null;
    }
  }
}
