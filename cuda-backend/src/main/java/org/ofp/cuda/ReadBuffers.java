// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.ByteBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/**
 * What host and GPU tell each other about reads: records there, results back. On both sides lie,
 * one after the other, records, for metering the numbers of the frames, the first results, and for
 * metering the second results; so that one copy takes them there and one brings the results back.
 * Used by one thread at a time, which synchronises the stream before it writes again.
 */
final class ReadBuffers implements AutoCloseable {
  private final Gpu gpu;
  private final GpuStream stream;
  private long capacity;
  private HostMemory host;
  private GpuMemory device;
  private ByteBuffer bytes;

  /** Reads at present, and how many results each has: a second one, and frame numbers, or not. */
  private int reads;

  private int results;

  ReadBuffers(Gpu gpu, GpuStream stream) {
    this.gpu = gpu;
    this.stream = stream;
  }

  /** Begins with reads of all frames in turn, which have one result each. */
  void begin(int count) {
    begin(count, 1);
  }

  /** Begins with metering reads, which have numbers of frames and two results each. */
  void beginListed(int count) {
    begin(count, 2);
  }

  private void begin(int count, int resultsEach) {
    reads = count;
    results = resultsEach;
    long size = offset(3);
    if (size > capacity) {
      close();
      device = gpu.allocate("parameters of reads", size);
      host = gpu.allocateHost("parameters of reads", size);
      bytes = host.bytes();
      capacity = size;
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

  /** Queues the upload of all that was written, and of results that are 0. */
  void send() {
    for (int at = (int) offset(1); at < offset(3); at += Integer.BYTES) {
      bytes.putInt(at, 0);
    }
    stream.upload(host, 0, device.address(), offset(3));
  }

  /** Queues the download of the results. */
  void fetch() {
    stream.download(device.address() + offset(1), host, offset(1), offset(3) - offset(1));
  }

  /** First result of read {@code i}, once it was fetched and the stream synchronised. */
  int first(int i) {
    return bytes.getInt((int) offset(1) + Integer.BYTES * i);
  }

  /** Second result of read {@code i}, of a metering read. */
  int second(int i) {
    return bytes.getInt((int) offset(2) + Integer.BYTES * i);
  }

  /** Address of the record of read {@code i}. */
  long record(int i) {
    return device.address() + (long) ReadRecord.BYTES * i;
  }

  /** Address of the frame number of read {@code i}. */
  long frameAt(int i) {
    return device.address() + offset(0) + (long) Integer.BYTES * i;
  }

  /** Address of the first result of read {@code i}. */
  long firstAt(int i) {
    return device.address() + offset(1) + (long) Integer.BYTES * i;
  }

  /** Address of the second result of read {@code i}. */
  long secondAt(int i) {
    return device.address() + offset(2) + (long) Integer.BYTES * i;
  }

  /** Where frame numbers, first results and second results begin, and where all ends. */
  private long offset(int region) {
    // Without a list the regions of frame numbers and of second results are empty.
    int before = results == 2 ? region : Math.min(1, region / 2);
    return ((long) ReadRecord.BYTES + (long) Integer.BYTES * before) * reads;
  }

  @Override
  public void close() {
    capacity = 0;
    try (GpuMemory oldDevice = device;
        HostMemory oldHost = host) {
      device = null;
      host = null;
    }
  }
}
