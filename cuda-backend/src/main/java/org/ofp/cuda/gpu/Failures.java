// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.driver.JCudaDriver;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Typed errors out of status codes: what was tried, what said no and how, what to do. */
final class Failures {
  private static final String LOST_REMEDY =
      "; close the device and open it anew, and if that fails restart the program; nvidia-smi and"
          + " the kernel's log (Xid) say more";
  private static final String MEMORY_REMEDY =
      "; use smaller batches or frames, or end other programs on this GPU (nvidia-smi lists them)";

  private Failures() {}

  /** The driver refused a call; asks it for its own words. */
  static DeviceException driver(String attempt, String call, int status, String detail) {
    return of(CudaStatus.Library.DRIVER, attempt, call, status, words(status), detail);
  }

  /**
   * A library refused a call.
   *
   * @param attempt what was tried, such as {@code "cuda:0: copying to the GPU"}
   * @param words the library's own text, or empty
   * @param detail figures that help, or empty
   */
  static DeviceException of(
      CudaStatus.Library library,
      String attempt,
      String call,
      int status,
      String words,
      String detail) {
    ErrorCode code = CudaStatus.errorCode(library, status);
    String remedy =
        switch (code) {
          case DEVICE_LOST -> LOST_REMEDY;
          case OUT_OF_MEMORY -> MEMORY_REMEDY;
          default -> "";
        };
    return new DeviceException(
        code,
        attempt
            + " failed: "
            + call
            + " returned "
            + CudaStatus.name(library, status)
            + (words.isEmpty() ? "" : ": " + words)
            + (detail.isEmpty() ? "" : "; " + detail)
            + remedy);
  }

  private static String words(int status) {
    String[] words = new String[1];
    return JCudaDriver.cuGetErrorString(status, words) == CudaStatus.SUCCESS && words[0] != null
        ? words[0]
        : "";
  }
}
