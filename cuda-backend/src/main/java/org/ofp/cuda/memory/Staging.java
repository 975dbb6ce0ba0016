// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;

/**
 * Copies between the caller's buffers and the GPU, by way of two pieces of page-locked memory:
 * while one travels the other is filled or emptied. Not thread-safe.
 */
final class Staging implements AutoCloseable {
  private final Gpu gpu;
  private final GpuStream stream;
  private final int floats;
  private final HostMemory[] halves = new HostMemory[2];
  private final FloatBuffer[] views = new FloatBuffer[2];

  /** Whether what was uploaded from a piece may not have left yet. */
  private final boolean[] leaving = new boolean[2];

  private int next;

  /**
   * @param floats of each piece
   */
  Staging(Gpu gpu, GpuStream stream, int floats) {
    this.gpu = gpu;
    this.stream = stream;
    this.floats = floats;
  }

  private FloatBuffer half(int i) {
    if (halves[i] == null) {
      halves[i] = gpu.allocateHost("copies to and from the GPU", (long) floats * Float.BYTES);
      views[i] = halves[i].bytes().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
    return views[i];
  }

  /** Queues an upload; the caller's buffer may be changed at once. */
  void upload(FloatBuffer from, int first, long to, int n) {
    for (int done = 0; done < n; done += floats) {
      int run = Math.min(floats, n - done);
      int half = next;
      next = 1 - next;
      if (leaving[half]) {
        await();
      }
      half(half).put(0, from, first + done, run);
      if (done > 0) {
        // The one before has left, so that its half may be filled while this one travels.
        await();
      }
      leaving[half] = true;
      stream.upload(halves[half], 0, to + (long) done * Float.BYTES, (long) run * Float.BYTES);
    }
  }

  private void await() {
    stream.synchronize();
    leaving[0] = false;
    leaving[1] = false;
  }

  void download(long from, FloatBuffer to, int first, int n) {
    int half = 0;
    int waiting = 0;
    for (int done = 0; done < n; done += floats) {
      int run = Math.min(floats, n - done);
      half(half);
      stream.download(from + (long) done * Float.BYTES, halves[half], 0, (long) run * Float.BYTES);
      if (waiting > 0) {
        to.put(first + done - waiting, half(1 - half), 0, waiting);
      }
      await();
      waiting = run;
      half = 1 - half;
    }
    if (waiting > 0) {
      to.put(first + n - waiting, half(1 - half), 0, waiting);
    }
  }

  /** Waits for what is under way, then frees the pieces. To be closed before the stream. */
  @Override
  public void close() {
    try {
      if (leaving[0] || leaving[1]) {
        await();
      }
    } catch (DeviceException e) {
      // A GPU that is lost is not waited for; who asks for results is told.
    }
    for (int i = 0; i < halves.length; i++) {
      if (halves[i] != null) {
        halves[i].close();
        halves[i] = null;
      }
    }
  }
}
