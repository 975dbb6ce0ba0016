// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.Map;
import java.util.Set;
import jcuda.driver.CUresult;
import org.ofp.device.ErrorCode;

/**
 * What the status codes of CUDA's libraries mean. Pure tables: no library is needed.
 *
 * <p>The codes of the driver are those of {@code cuda.h} up to CUDA 13, of cuFFT those of {@code
 * cufft.h}, of cuBLAS those of {@code cublas_api.h}.
 */
final class CudaStatus {
  static final int SUCCESS = 0;
  static final int NO_DEVICE = 100;
  static final int STUB_LIBRARY = 34;
  static final int SYSTEM_DRIVER_MISMATCH = 803;

  private static final int OUT_OF_MEMORY = 2;
  private static final int CUFFT_ALLOC_FAILED = 2;
  private static final int CUBLAS_ALLOC_FAILED = 3;

  /**
   * After one of these every later call of the process fails on that GPU: its context is gone or in
   * an undefined state. Code 999, "unknown", is what a GPU says that has fallen off the bus.
   */
  private static final Set<Integer> FATAL =
      Set.of(
          4, // deinitialised
          46, // device unavailable
          201, // the context is not valid any more
          214, // uncorrectable ECC error
          220, // uncorrectable NVLink error
          226, // contained memory error
          700, // illegal address
          702, // launch timeout
          709, // context destroyed
          710, // device-side assertion
          714, // hardware stack error
          715, // illegal instruction
          716, // misaligned address
          717, // invalid address space
          718, // invalid program counter
          719, // launch failed
          721, // tensor memory leak
          805, // MPS: connection failed
          806, // MPS: remote procedure failed
          810, // MPS: client terminated
          911, // asynchronous failure of an external device
          999);

  /** Names that came after CUDA 11.8, which the binding was made for. */
  private static final Map<Integer, String> NEWER =
      Map.of(
          36, "CUDA_ERROR_CALL_REQUIRES_NEWER_DRIVER",
          225, "CUDA_ERROR_UNSUPPORTED_DEVSIDE_SYNC",
          226, "CUDA_ERROR_CONTAINED",
          721, "CUDA_ERROR_TENSOR_MEMORY_LEAK",
          811, "CUDA_ERROR_CDP_NOT_SUPPORTED",
          812, "CUDA_ERROR_CDP_VERSION_MISMATCH",
          913, "CUDA_ERROR_LOST_NVLINK_CONNECTION",
          914, "CUDA_ERROR_INVALID_RESOURCE_TYPE",
          915, "CUDA_ERROR_INVALID_RESOURCE_CONFIGURATION",
          916, "CUDA_ERROR_KEY_ROTATION");

  private static final Map<Integer, String> CUFFT =
      Map.ofEntries(
          Map.entry(1, "CUFFT_INVALID_PLAN"),
          Map.entry(2, "CUFFT_ALLOC_FAILED"),
          Map.entry(3, "CUFFT_INVALID_TYPE"),
          Map.entry(4, "CUFFT_INVALID_VALUE"),
          Map.entry(5, "CUFFT_INTERNAL_ERROR"),
          Map.entry(6, "CUFFT_EXEC_FAILED"),
          Map.entry(7, "CUFFT_SETUP_FAILED"),
          Map.entry(8, "CUFFT_INVALID_SIZE"),
          Map.entry(9, "CUFFT_UNALIGNED_DATA"),
          Map.entry(11, "CUFFT_INVALID_DEVICE"),
          Map.entry(13, "CUFFT_NO_WORKSPACE"),
          Map.entry(14, "CUFFT_NOT_IMPLEMENTED"),
          Map.entry(16, "CUFFT_NOT_SUPPORTED"),
          Map.entry(17, "CUFFT_MISSING_DEPENDENCY"),
          Map.entry(18, "CUFFT_NVRTC_FAILURE"),
          Map.entry(19, "CUFFT_NVJITLINK_FAILURE"),
          Map.entry(20, "CUFFT_NVSHMEM_FAILURE"));

  private static final Map<Integer, String> CUBLAS =
      Map.ofEntries(
          Map.entry(1, "CUBLAS_STATUS_NOT_INITIALIZED"),
          Map.entry(3, "CUBLAS_STATUS_ALLOC_FAILED"),
          Map.entry(7, "CUBLAS_STATUS_INVALID_VALUE"),
          Map.entry(8, "CUBLAS_STATUS_ARCH_MISMATCH"),
          Map.entry(11, "CUBLAS_STATUS_MAPPING_ERROR"),
          Map.entry(13, "CUBLAS_STATUS_EXECUTION_FAILED"),
          Map.entry(14, "CUBLAS_STATUS_INTERNAL_ERROR"),
          Map.entry(15, "CUBLAS_STATUS_NOT_SUPPORTED"),
          Map.entry(16, "CUBLAS_STATUS_LICENSE_ERROR"));

  private CudaStatus() {}

  /** The libraries, each with codes of its own. */
  enum Library {
    DRIVER,
    CUFFT,
    CUBLAS
  }

  /** What a code other than {@link #SUCCESS} means for who called. */
  static ErrorCode errorCode(Library library, int status) {
    return switch (library) {
      case DRIVER ->
          status == OUT_OF_MEMORY
              ? ErrorCode.OUT_OF_MEMORY
              : FATAL.contains(status) ? ErrorCode.DEVICE_LOST : ErrorCode.DEVICE_FAILURE;
      case CUFFT ->
          status == CUFFT_ALLOC_FAILED ? ErrorCode.OUT_OF_MEMORY : ErrorCode.DEVICE_FAILURE;
      case CUBLAS ->
          status == CUBLAS_ALLOC_FAILED ? ErrorCode.OUT_OF_MEMORY : ErrorCode.DEVICE_FAILURE;
    };
  }

  /** The code's name in the library's header with its number, such as {@code CUFFT_… (5)}. */
  static String name(Library library, int status) {
    String name =
        switch (library) {
          case DRIVER -> NEWER.containsKey(status) ? NEWER.get(status) : CUresult.stringFor(status);
          case CUFFT -> CUFFT.getOrDefault(status, "an unknown code of cuFFT");
          case CUBLAS -> CUBLAS.getOrDefault(status, "an unknown code of cuBLAS");
        };
    return (name.startsWith("INVALID") ? "an unknown code of the driver" : name)
        + " ("
        + status
        + ")";
  }
}
