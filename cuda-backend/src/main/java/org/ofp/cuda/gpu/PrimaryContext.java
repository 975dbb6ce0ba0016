// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * The primary context of a GPU: the one that cuFFT and cuBLAS work in, so that addresses and
 * streams are the same for all. Made when the GPU is first opened, which takes some tenths of a
 * second, and kept for the life of the process; libraries besides this one may use it, too.
 *
 * <p>After a fatal error the context is of no use any more. The next opening makes a new one, and
 * for that everything on the old one must have been closed: resetting takes away the page-locked
 * memory that a forgotten buffer may still point to.
 */
final class PrimaryContext {
  private static final Map<Integer, PrimaryContext> ALL = new ConcurrentHashMap<>();

  private final int ordinal;
  private final CUdevice device = new CUdevice();
  private CUcontext context;
  private int users;
  private boolean lost;

  private PrimaryContext(int ordinal) {
    this.ordinal = ordinal;
  }

  /** That of a GPU of which the driver says that it is there. */
  static PrimaryContext of(int ordinal) {
    return ALL.computeIfAbsent(ordinal, PrimaryContext::new);
  }

  /** One more user; to be given back by {@link #leave}. */
  synchronized CUcontext enter() {
    if (lost) {
      renew();
    }
    if (context == null) {
      check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
      CUcontext retained = new CUcontext();
      check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(retained, device));
      context = retained;
    }
    users++;
    return context;
  }

  synchronized void leave() {
    users--;
  }

  /** A user saw a fatal error. */
  synchronized void lost() {
    lost = true;
  }

  private void renew() {
    if (users > 0) {
      throw new DeviceException(
          ErrorCode.DEVICE_LOST,
          "GPU "
              + ordinal
              + " was lost after a fatal error and "
              + users
              + " of its users are still open; close every device on it, then open it again");
    }
    // Nothing is left to be done about an error here: what counts is whether retaining succeeds.
    JCudaDriver.cuDevicePrimaryCtxRelease(device);
    JCudaDriver.cuDevicePrimaryCtxReset(device);
    context = null;
    lost = false;
  }

  private void check(String call, int status) {
    if (status != CudaStatus.SUCCESS) {
      throw Failures.driver("opening GPU " + ordinal, call, status, "");
    }
  }
}
