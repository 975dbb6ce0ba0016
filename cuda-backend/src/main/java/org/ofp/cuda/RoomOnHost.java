// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * Page-locked memory that grows as needed and is used again; not for several threads at once. Only
 * one stream copies from and to it.
 */
final class RoomOnHost implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RoomOnHost.class.getName());

  private final Gpu gpu;
  private final GpuStream stream;
  private final String purpose;
  private HostMemory memory;
  private FloatBuffer floats;

  RoomOnHost(Gpu gpu, GpuStream stream, String purpose) {
    this.gpu = gpu;
    this.stream = stream;
    this.purpose = purpose;
  }

  /**
   * Makes it at least so large; what was there is lost if it has to grow.
   *
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} beyond 2³¹−1 bytes
   */
  void reserve(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          purpose
              + " of "
              + bytes
              + " bytes are copied at once, the most are "
              + Integer.MAX_VALUE
              + "; use smaller frames or fewer reads of each");
    }
    if (memory == null || floats.capacity() < bytes / Float.BYTES) {
      close();
      memory = gpu.allocateHost(purpose, bytes);
      floats = memory.bytes().asFloatBuffer();
    }
  }

  HostMemory memory() {
    return memory;
  }

  /** All of it; relative positions mean nothing. */
  FloatBuffer floats() {
    return floats;
  }

  /** Waits for copies that a failed call left under way. */
  @Override
  public void close() {
    HostMemory old = memory;
    memory = null;
    floats = null;
    if (old != null) {
      try {
        stream.synchronize();
      } catch (DeviceException e) {
        LOG.log(System.Logger.Level.DEBUG, "work before had failed", e);
      } finally {
        old.close();
      }
    }
  }
}
