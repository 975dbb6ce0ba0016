// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuDescription;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * A GPU in software: runs the compiled kernels that the product ships, bit for bit as IEEE
 * arithmetic prescribes, and checks every access to memory. Memory and host memory hold NaN until
 * they are written. What it finds wrong it throws as {@link GpuFault} from {@link
 * GpuStream#synchronize}; afterwards the GPU counts as lost.
 *
 * <p>Streams are lazy: what is queued is done at the next synchronisation, so that results read too
 * early are not there. Safe for use by several threads.
 */
public final class EmulatedGpu implements Gpu {
  private static final long GIB = 1L << 30;

  private final AddressSpace addresses = new AddressSpace();
  private final Map<String, EmulatedModule> modules = new ConcurrentHashMap<>();
  private final List<EmulatedStream> streams = new CopyOnWriteArrayList<>();
  private final Holdings holdings;
  private final Failures failures = new Failures();
  private volatile boolean eager;
  private volatile boolean closed;

  /** With 1 GiB of memory. */
  public EmulatedGpu() {
    this(GIB);
  }

  /** With so many bytes of memory. */
  public EmulatedGpu(long totalBytes) {
    this.holdings = new Holdings(totalBytes);
  }

  /** Makes streams do everything at once. */
  public EmulatedGpu eager() {
    eager = true;
    return this;
  }

  boolean isEager() {
    return eager;
  }

  @Override
  public GpuDescription description() {
    return new GpuDescription(0, "emulated GPU", 75, 13000, 1, holdings.total());
  }

  @Override
  public long freeBytes() {
    failures.check("cuMemGetInfo");
    return holdings.free();
  }

  @Override
  public GpuMemory allocate(String purpose, long bytes) {
    failures.call("cuMemAlloc");
    Holdings.Held held = holdings.take("cuMemAlloc", purpose, bytes);
    return new EmulatedMemory(this, addresses.add(purpose, bytes), held);
  }

  @Override
  public HostMemory allocateHost(String purpose, long bytes) {
    failures.call("cuMemHostAlloc");
    return new EmulatedHostMemory(this, purpose, bytes);
  }

  @Override
  public GpuStream openStream() {
    failures.call("cuStreamCreate");
    EmulatedStream stream = new EmulatedStream(this);
    streams.add(stream);
    return stream;
  }

  @Override
  public GpuFunction function(String module, String name) {
    failures.call("cuModuleGetFunction");
    return modules.computeIfAbsent(module, this::read).kernel(name);
  }

  /** Takes kernels from a text instead of the product's. */
  public EmulatedGpu load(String module, String ptx) {
    modules.put(module, new EmulatedModule(module, ptx, addresses));
    return this;
  }

  private EmulatedModule read(String module) {
    try (InputStream in = Gpu.class.getResourceAsStream("/org/ofp/cuda/" + module + ".ptx")) {
      if (in == null) {
        throw new DeviceException(
            ErrorCode.DEVICE_FAILURE, "cuModuleLoadData: there is no module " + module);
      }
      String ptx = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new EmulatedModule(module, ptx, addresses);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Lets a call fail. With {@link ErrorCode#DEVICE_LOST} the failure comes when the stream is
   * synchronised, and everything fails afterwards; with another code the call itself fails, once.
   *
   * @param call such as {@code cuMemAlloc}, {@code cuMemFree} (which frees all the same), {@code
   *     cuLaunchKernel}, {@code cuMemcpyHtoDAsync}, {@code cuMemcpyDtoHAsync}, {@code
   *     cufftExecC2C}, {@code cublasSgemm}
   * @param number 1 for the next one
   */
  public void failAt(String call, int number, ErrorCode code) {
    failures.plan(call, number, code);
  }

  /** Loses the GPU now, by nobody's call. */
  public void lose() {
    failures.lose("the test wants it");
  }

  /** What was taken and not given back: memory, host memory, streams and plans, by purpose. */
  public List<String> alive() {
    return holdings.alive();
  }

  Failures failures() {
    return failures;
  }

  Holdings holdings() {
    return holdings;
  }

  AddressSpace addresses() {
    return addresses;
  }

  void forget(EmulatedStream stream) {
    streams.remove(stream);
  }

  /** Does what is queued anywhere, as freeing memory does on a GPU. */
  void drain() {
    for (EmulatedStream stream : streams) {
      try {
        stream.drain();
      } catch (DeviceException e) {
        // The GPU is lost now; who synchronises is told.
      }
    }
  }

  /** Whether it was closed since it was made; it can be used all the same. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    drain();
  }
}
