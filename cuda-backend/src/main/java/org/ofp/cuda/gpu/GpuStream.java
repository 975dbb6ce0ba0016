// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/**
 * Work that a GPU does in order, beside other streams. All methods but {@link #synchronize} return
 * at once. Used by one thread at a time.
 */
public interface GpuStream extends AutoCloseable {
  /** The driver's handle, for libraries that queue work of their own; 0 on the interpreter. */
  long handle();

  /**
   * Copies to the GPU.
   *
   * @param from stays unchanged until the stream has been synchronised
   * @param fromByte offset in {@code from}
   */
  void upload(HostMemory from, long fromByte, long toAddress, long bytes);

  /** Copies from the GPU. */
  void download(long fromAddress, HostMemory to, long toByte, long bytes);

  /** Copies within the GPU. */
  void copy(long fromAddress, long toAddress, long bytes);

  /** Fills with zero bytes. */
  void clear(long address, long bytes);

  /**
   * Runs a kernel on a line of blocks.
   *
   * @param blocks at least 1
   * @param threads of each block, 1 to 1024
   * @param arguments as the kernel declares them: each an {@link Integer}, {@link Long} (addresses,
   *     too), {@link Float} or {@link Double} of its very type
   */
  void launch(GpuFunction function, int blocks, int threads, Object... arguments);

  /** Waits until everything is done; the errors of what was queued are thrown here. */
  void synchronize();

  /** Waits, then gives the stream back. Closing again does nothing. */
  @Override
  void close();
}
