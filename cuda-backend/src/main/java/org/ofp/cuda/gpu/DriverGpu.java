// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.JCudaDriver;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * A GPU through NVIDIA's driver.
 *
 * <p>The context is made the calling thread's at every call: some 50 ns, and right whatever other
 * libraries did on that thread.
 *
 * <p>After a fatal error every call throws {@link ErrorCode#DEVICE_LOST} without asking the driver,
 * and closing what is open only forgets it: the driver has taken it back with the context.
 */
public final class DriverGpu implements Gpu {
  private final GpuDescription description;
  private final PrimaryContext primary;
  private final CUcontext context;

  /** In the order of their making; synchronised on itself. */
  private final Set<DriverResource> open = new LinkedHashSet<>();

  private final Map<String, DriverModule> modules = new ConcurrentHashMap<>();
  private volatile String lost = "";
  private volatile boolean closed;

  private DriverGpu(GpuDescription description) {
    this.description = description;
    primary = PrimaryContext.of(description.ordinal());
    context = primary.enter();
  }

  /**
   * Opens a GPU.
   *
   * @param ordinal number N of {@code cuda:N}
   * @throws DeviceException {@link ErrorCode#UNAVAILABLE} if there is no such GPU, or the codes of
   *     {@link Gpu}
   */
  public static DriverGpu open(int ordinal) {
    GpuSurvey survey = CudaDriver.survey();
    if (survey.gpus().isEmpty()) {
      throw new DeviceException(
          ErrorCode.UNAVAILABLE, "cuda:" + ordinal + " cannot be opened here: " + survey.reason());
    }
    if (ordinal < 0 || ordinal >= survey.gpus().size()) {
      throw new DeviceException(
          ErrorCode.UNAVAILABLE,
          "there is no cuda:"
              + ordinal
              + "; "
              + (survey.gpus().size() == 1
                  ? "the only GPU here is cuda:0"
                  : "the GPUs here are cuda:0 to cuda:" + (survey.gpus().size() - 1)));
    }
    GpuDescription gpu = survey.gpus().get(ordinal);
    if (gpu.computeCapability() < GpuSurvey.MIN_COMPUTE_CAPABILITY) {
      throw new DeviceException(
          ErrorCode.UNAVAILABLE, "cuda:" + ordinal + ": " + GpuSurvey.tooOld(gpu));
    }
    return new DriverGpu(gpu);
  }

  @Override
  public GpuDescription description() {
    return description;
  }

  @Override
  public long freeBytes() {
    enter();
    long[] free = new long[1];
    check("asking for free memory", "cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, new long[1]));
    return free[0];
  }

  @Override
  public GpuMemory allocate(String purpose, long bytes) {
    requireSize(bytes, Long.MAX_VALUE);
    enter();
    Address address = new Address();
    int status = JCudaDriver.cuMemAlloc(address, bytes);
    if (status != CudaStatus.SUCCESS) {
      throw failure(
          Failures.driver(at("taking memory for " + purpose), "cuMemAlloc", status, needed(bytes)));
    }
    return adopt(new DriverMemory(this, address, bytes));
  }

  @Override
  public HostMemory allocateHost(String purpose, long bytes) {
    requireSize(bytes, Integer.MAX_VALUE);
    enter();
    Pointer pointer = new Pointer();
    check(
        "taking " + count(bytes) + " bytes of page-locked host memory for " + purpose,
        "cuMemHostAlloc",
        JCudaDriver.cuMemHostAlloc(pointer, bytes, 0));
    return adopt(new DriverHostMemory(this, pointer, bytes));
  }

  @Override
  public GpuStream openStream() {
    enter();
    Address.Stream stream = new Address.Stream();
    check(
        "opening a stream",
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(stream, DriverStream.NON_BLOCKING));
    return adopt(new DriverStream(this, stream));
  }

  @Override
  public GpuFunction function(String module, String name) {
    enter();
    return modules.computeIfAbsent(module, m -> adopt(DriverModule.load(this, m))).function(name);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    DeviceException failure = null;
    for (DriverResource resource : leftovers()) {
      try {
        resource.close();
      } catch (DeviceException e) {
        failure = e;
      }
    }
    closed = true;
    primary.leave();
    if (failure != null) {
      throw failure;
    }
  }

  /** Makes the GPU the calling thread's, for a call of the driver or of a library on it. */
  void enter() {
    if (closed) {
      throw new DeviceException(ErrorCode.CLOSED, at("the GPU") + " was closed; open it again");
    }
    if (isLost()) {
      throw new DeviceException(ErrorCode.DEVICE_LOST, at("the GPU") + " was lost: " + lost);
    }
    check("choosing the GPU", "cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
  }

  /** Whether a fatal error was seen; what it held is then the driver's business. */
  boolean isLost() {
    return !lost.isEmpty();
  }

  /** Notes what is to be freed with the GPU. */
  <R extends DriverResource> R adopt(R resource) {
    synchronized (open) {
      open.add(resource);
    }
    return resource;
  }

  void forget(DriverResource resource) {
    synchronized (open) {
      open.remove(resource);
    }
  }

  /** What is still open, the youngest first: plans before the streams that they work on. */
  private List<DriverResource> leftovers() {
    synchronized (open) {
      List<DriverResource> left = new ArrayList<>(open);
      Collections.reverse(left);
      return left;
    }
  }

  /** Throws if a call of the driver failed. */
  void check(String attempt, String call, int status) {
    if (status != CudaStatus.SUCCESS) {
      throw failure(Failures.driver(at(attempt), call, status, ""));
    }
  }

  /**
   * Throws if a call of cuFFT or cuBLAS failed. Their codes do not tell a lost GPU from other
   * failures, but the driver's does.
   */
  void check(CudaStatus.Library library, String attempt, String call, int status) {
    if (status == CudaStatus.SUCCESS) {
      return;
    }
    check(attempt + " with " + call, "cuCtxSynchronize", JCudaDriver.cuCtxSynchronize());
    ErrorCode code = CudaStatus.errorCode(library, status);
    String detail = code == ErrorCode.OUT_OF_MEMORY ? count(freeBytes()) + " bytes are free" : "";
    throw Failures.of(library, at(attempt), call, status, "", detail);
  }

  /** For messages. */
  String at(String attempt) {
    return "cuda:" + description.ordinal() + ": " + attempt;
  }

  /** Keeps in mind that the GPU is lost, if it is. */
  private DeviceException failure(DeviceException e) {
    if (e.code() == ErrorCode.DEVICE_LOST && !isLost()) {
      lost = e.getMessage();
      primary.lost();
    }
    return e;
  }

  private String needed(long bytes) {
    long[] free = new long[1];
    String known =
        JCudaDriver.cuMemGetInfo(free, new long[1]) == CudaStatus.SUCCESS
            ? ", " + count(free[0]) + " are free"
            : "";
    return count(bytes) + " bytes are needed" + known;
  }

  private static String count(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static void requireSize(long bytes, long max) {
    if (bytes < 1 || bytes > max) {
      throw new IllegalArgumentException(bytes + " bytes; 1 to " + max + " are possible");
    }
  }
}
