// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;

/** Keeps work until it is synchronised, or does it at once if the GPU is eager. */
final class EmulatedStream implements GpuStream {
  private final EmulatedGpu gpu;
  private final Holdings.Held held;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private boolean closed;

  /**
   * Work.
   *
   * @param host memory of the host that it copies from or to, or null
   */
  private record Queued(EmulatedHostMemory host, Runnable work) {
    void end() {
      if (host != null) {
        host.end();
      }
    }
  }

  EmulatedStream(EmulatedGpu gpu) {
    this.gpu = gpu;
    this.held = gpu.holdings().take("cuStreamCreate", "stream", 0);
  }

  EmulatedGpu gpu() {
    return gpu;
  }

  @Override
  public long handle() {
    return 0;
  }

  @Override
  public void upload(HostMemory from, long fromByte, long toAddress, long bytes) {
    EmulatedHostMemory host = (EmulatedHostMemory) from;
    long queued = host.checksum(fromByte, bytes);
    submit(
        "cuMemcpyHtoDAsync",
        host,
        () -> {
          if (host.checksum(fromByte, bytes) != queued) {
            throw new GpuFault(
                "host memory '" + host.purpose() + "' was written while an upload was under way");
          }
          Region region = gpu.addresses().find(toAddress, bytes);
          int at = (int) (toAddress - region.base);
          host.slice(fromByte, bytes).get(region.data, at, (int) bytes);
          Arrays.fill(region.written, at, at + (int) bytes, (byte) 1);
        });
  }

  @Override
  public void download(long fromAddress, HostMemory to, long toByte, long bytes) {
    EmulatedHostMemory host = (EmulatedHostMemory) to;
    host.slice(toByte, bytes);
    submit(
        "cuMemcpyDtoHAsync",
        host,
        () -> {
          Region region = gpu.addresses().readable(fromAddress, bytes);
          ByteBuffer target = host.slice(toByte, bytes);
          target.put(region.data, (int) (fromAddress - region.base), (int) bytes);
        });
  }

  @Override
  public void copy(long fromAddress, long toAddress, long bytes) {
    submit(
        "cuMemcpyDtoDAsync",
        () -> {
          Region from = gpu.addresses().find(fromAddress, bytes);
          Region to = gpu.addresses().find(toAddress, bytes);
          int start = (int) (fromAddress - from.base);
          int target = (int) (toAddress - to.base);
          System.arraycopy(from.data, start, to.data, target, (int) bytes);
          System.arraycopy(from.written, start, to.written, target, (int) bytes);
        });
  }

  @Override
  public void clear(long address, long bytes) {
    submit(
        "cuMemsetD8Async",
        () -> {
          Region region = gpu.addresses().find(address, bytes);
          int at = (int) (address - region.base);
          Arrays.fill(region.data, at, at + (int) bytes, (byte) 0);
          Arrays.fill(region.written, at, at + (int) bytes, (byte) 1);
        });
  }

  @Override
  public void launch(GpuFunction function, int blocks, int threads, Object... arguments) {
    Kernel kernel = (Kernel) function;
    Object[] given = arguments.clone();
    submit("cuLaunchKernel", () -> kernel.run(blocks, threads, given));
  }

  /** Queues work under the name of the call that a GPU would have got. */
  void submit(String call, Runnable work) {
    submit(call, null, work);
  }

  private void submit(String call, EmulatedHostMemory host, Runnable work) {
    boolean loses = gpu.failures().call(call);
    synchronized (queue) {
      if (closed) {
        throw new GpuFault(call + " on a stream that was closed");
      }
      queue.add(new Queued(host, () -> execute(call, work, loses)));
      if (host != null) {
        host.begin();
      }
    }
    if (gpu.isEager()) {
      drain();
    }
  }

  private void execute(String call, Runnable work, boolean loses) {
    if (loses) {
      gpu.failures().lose("failure of " + call + " that the test asked for");
    }
    gpu.failures().check(call);
    try {
      work.run();
    } catch (LaneFault fault) {
      gpu.failures().lose(fault.getMessage());
      throw new GpuFault(call + ": " + fault.getMessage());
    } catch (GpuFault fault) {
      gpu.failures().lose(fault.getMessage());
      throw fault;
    }
  }

  /** Does what is queued. */
  void drain() {
    synchronized (queue) {
      try {
        while (!queue.isEmpty()) {
          queue.element().work().run();
          queue.remove().end();
        }
      } finally {
        queue.forEach(Queued::end);
        queue.clear();
      }
    }
  }

  @Override
  public void synchronize() {
    gpu.failures().check("cuStreamSynchronize");
    drain();
  }

  @Override
  public void close() {
    synchronized (queue) {
      if (closed) {
        return;
      }
      try {
        drain();
      } catch (DeviceException e) {
        // The GPU is lost now; closing does not fail for that.
      } finally {
        closed = true;
        gpu.forget(this);
        held.close();
      }
    }
  }
}
