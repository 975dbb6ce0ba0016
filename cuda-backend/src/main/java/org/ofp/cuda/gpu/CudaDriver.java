// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jcuda.LogLevel;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/**
 * NVIDIA's driver, {@code libcuda.so.1}: loaded when first asked for, once for the process, and
 * with the reason kept where it fails. Asking opens no GPU: no context is made and no memory taken.
 *
 * <p>Only functions that CUDA 11.0 has are called. The binding resolves each at its first call, and
 * one that is missing would end the process; hence the version is asked for first.
 */
public final class CudaDriver {
  private static final int MIN_VERSION = 11000;
  private static final int NAME_BYTES = 256;

  private CudaDriver() {}

  /** What there is; the same answer for the life of the process. */
  public static GpuSurvey survey() {
    return Once.SURVEY;
  }

  private static final class Once {
    static final GpuSurvey SURVEY = look();
  }

  /** Why there is no CUDA on a platform; empty if there is. */
  static Optional<String> unsupported(String system, String architecture) {
    boolean os = system.startsWith("Linux") || system.startsWith("Windows");
    boolean cpu = architecture.equals("amd64") || architecture.equals("x86_64");
    return os && cpu
        ? Optional.empty()
        : Optional.of(
            "CUDA is supported on x86-64 Linux and Windows, not on "
                + system
                + " ("
                + architecture
                + ")");
  }

  private static GpuSurvey look() {
    Optional<String> unsupported =
        unsupported(System.getProperty("os.name"), System.getProperty("os.arch"));
    if (unsupported.isPresent()) {
      return GpuSurvey.none(unsupported.get(), 0);
    }
    try {
      JcudaNatives.load("JCudaDriver", () -> JCudaDriver.setLogLevel(LogLevel.LOG_QUIET));
      return ask();
    } catch (LinkageError | RuntimeException e) {
      return GpuSurvey.none("no NVIDIA driver: " + LinkFailure.reason(e), 0);
    }
  }

  private static GpuSurvey ask() {
    JCudaDriver.setExceptionsEnabled(false);
    int[] version = new int[1];
    int status = JCudaDriver.cuDriverGetVersion(version);
    if (status == CudaStatus.SUCCESS && version[0] < MIN_VERSION) {
      return tooOld(version[0]);
    }
    if (status == CudaStatus.SUCCESS) {
      status = JCudaDriver.cuInit(0);
    }
    if (status != CudaStatus.SUCCESS) {
      return refused(status, version[0], System.getenv("CUDA_VISIBLE_DEVICES"));
    }
    int[] count = new int[1];
    status = JCudaDriver.cuDeviceGetCount(count);
    if (status != CudaStatus.SUCCESS || count[0] < 1) {
      return refused(
          status == CudaStatus.SUCCESS ? CudaStatus.NO_DEVICE : status,
          version[0],
          System.getenv("CUDA_VISIBLE_DEVICES"));
    }
    List<GpuDescription> gpus = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      gpus.add(describe(i, version[0]));
    }
    return GpuSurvey.of(version[0], gpus);
  }

  static GpuSurvey tooOld(int version) {
    return GpuSurvey.none(
        String.format(
            Locale.ROOT,
            "the NVIDIA driver supports CUDA %d.%d; 11.0 or newer is needed, update the driver",
            version / 1000,
            version % 1000 / 10),
        version);
  }

  /**
   * The driver is there and does not work.
   *
   * @param visible the environment variable CUDA_VISIBLE_DEVICES, or null
   */
  static GpuSurvey refused(int status, int version, String visible) {
    String name = CudaStatus.name(CudaStatus.Library.DRIVER, status);
    String reason =
        switch (status) {
          case CudaStatus.NO_DEVICE ->
              "the NVIDIA driver shows no GPU: "
                  + name
                  + (visible == null
                      ? ""
                      : "; CUDA_VISIBLE_DEVICES is '" + visible + "', which may hide them");
          case CudaStatus.STUB_LIBRARY ->
              "libcuda.so.1 is the stub of the CUDA toolkit: "
                  + name
                  + "; install the driver, or take the toolkit's stubs off the library path";
          case CudaStatus.SYSTEM_DRIVER_MISMATCH ->
              "the NVIDIA driver's library and kernel module differ: "
                  + name
                  + "; restart the host";
          default -> "the NVIDIA driver does not start: cuInit: " + name;
        };
    return GpuSurvey.none(reason, version);
  }

  private static GpuDescription describe(int ordinal, int driverVersion) {
    CUdevice device = new CUdevice();
    check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
    byte[] name = new byte[NAME_BYTES];
    check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, device));
    long[] bytes = new long[1];
    check("cuDeviceTotalMem", JCudaDriver.cuDeviceTotalMem(bytes, device));
    int major = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
    int minor = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    return new GpuDescription(
        ordinal,
        text(name),
        10 * major + minor,
        driverVersion,
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        bytes[0]);
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  private static void check(String call, int status) {
    if (status != CudaStatus.SUCCESS) {
      throw new IllegalStateException(
          call + ": " + CudaStatus.name(CudaStatus.Library.DRIVER, status));
    }
  }

  private static String text(byte[] zeroTerminated) {
    int length = 0;
    while (length < zeroTerminated.length && zeroTerminated[length] != 0) {
      length++;
    }
    return new String(zeroTerminated, 0, length, StandardCharsets.UTF_8);
  }
}
