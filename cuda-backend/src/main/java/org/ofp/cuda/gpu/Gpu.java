// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * One GPU as this backend uses it: memory, streams of work and compiled kernels. The edge to the
 * machine: everything above it is the same on the CUDA driver and on the interpreter that the tests
 * use where there is no GPU.
 *
 * <p>Every method throws {@link DeviceException} that names the call that failed: with {@link
 * ErrorCode#OUT_OF_MEMORY}, with {@link ErrorCode#DEVICE_LOST} if the GPU cannot be used any more
 * by this process, else with {@link ErrorCode#DEVICE_FAILURE}.
 *
 * <p>Safe for use by several threads; a {@link GpuStream} is used by one thread at a time.
 */
public interface Gpu extends AutoCloseable {
  /** What the driver says about the GPU. */
  GpuDescription description();

  /** Bytes of its memory that nobody uses now. */
  long freeBytes();

  /**
   * Takes memory, whose contents are undefined.
   *
   * @param purpose what it is for, in a few words for the error message
   * @param bytes at least 1
   */
  GpuMemory allocate(String purpose, long bytes);

  /**
   * Takes page-locked memory of the host, which copies need to run beside transforms.
   *
   * @param bytes at least 1, up to 2³¹−1
   */
  HostMemory allocateHost(String purpose, long bytes);

  /** A new stream. */
  GpuStream openStream();

  /**
   * A kernel of this backend.
   *
   * @param module name of a file of compiled kernels without its ending, such as {@code "bench"}
   * @param name of the kernel
   */
  GpuFunction function(String module, String name);

  /** Gives up what is left; the GPU itself is shared by the process and stays in use. */
  @Override
  void close();
}
