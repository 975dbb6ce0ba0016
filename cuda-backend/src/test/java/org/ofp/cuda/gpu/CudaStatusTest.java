// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import jcuda.driver.CUresult;
import jcuda.jcufft.cufftResult;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cufft;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.CudaStatus.Library;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** The tables against the names that the bindings have, and their meaning code by code. */
class CudaStatusTest {
  /** By name, as CUDA's documentation calls the process or the context unusable after them. */
  private static final Set<String> LOST =
      Set.of(
          "CUDA_ERROR_DEINITIALIZED",
          "CUDA_ERROR_DEVICE_UNAVAILABLE",
          "CUDA_ERROR_INVALID_CONTEXT",
          "CUDA_ERROR_ECC_UNCORRECTABLE",
          "CUDA_ERROR_NVLINK_UNCORRECTABLE",
          "CUDA_ERROR_ILLEGAL_ADDRESS",
          "CUDA_ERROR_LAUNCH_TIMEOUT",
          "CUDA_ERROR_CONTEXT_IS_DESTROYED",
          "CUDA_ERROR_ASSERT",
          "CUDA_ERROR_HARDWARE_STACK_ERROR",
          "CUDA_ERROR_ILLEGAL_INSTRUCTION",
          "CUDA_ERROR_MISALIGNED_ADDRESS",
          "CUDA_ERROR_INVALID_ADDRESS_SPACE",
          "CUDA_ERROR_INVALID_PC",
          "CUDA_ERROR_LAUNCH_FAILED",
          "CUDA_ERROR_MPS_CONNECTION_FAILED",
          "CUDA_ERROR_MPS_RPC_FAILURE",
          "CUDA_ERROR_MPS_CLIENT_TERMINATED",
          "CUDA_ERROR_EXTERNAL_DEVICE",
          "CUDA_ERROR_UNKNOWN");

  @Test
  void everyCodeOfTheDriverHasItsMeaningAndName() throws Exception {
    Map<Integer, String> codes = constants(CUresult.class, "CUDA_ERROR_");
    assertTrue(codes.size() > 90, codes.toString());
    Set<String> lost = new TreeSet<>();
    codes.forEach(
        (code, name) -> {
          ErrorCode meaning = CudaStatus.errorCode(Library.DRIVER, code);
          if (meaning == ErrorCode.DEVICE_LOST) {
            lost.add(name);
          } else {
            assertEquals(
                name.equals("CUDA_ERROR_OUT_OF_MEMORY")
                    ? ErrorCode.OUT_OF_MEMORY
                    : ErrorCode.DEVICE_FAILURE,
                meaning,
                name);
          }
          assertEquals(name + " (" + code + ")", CudaStatus.name(Library.DRIVER, code));
        });
    assertEquals(new TreeSet<>(LOST), lost);
  }

  @Test
  void codesYoungerThanTheBindingAreKnown() {
    assertEquals(ErrorCode.DEVICE_LOST, CudaStatus.errorCode(Library.DRIVER, 226));
    assertEquals("CUDA_ERROR_CONTAINED (226)", CudaStatus.name(Library.DRIVER, 226));
    assertEquals("an unknown code of the driver (12345)", CudaStatus.name(Library.DRIVER, 12345));
    assertEquals(ErrorCode.DEVICE_FAILURE, CudaStatus.errorCode(Library.DRIVER, 12345));
  }

  @Test
  void theLibrariesCodesHaveTheirNames() throws Exception {
    Map<Integer, String> codes = constants(cufftResult.class, "CUFFT_");
    codes.keySet().removeIf(code -> code > 9); // those of JCuda alone, and some long withdrawn
    assertEquals(9, codes.size());
    // Compiled in: these name no class at run time, which would load the library.
    codes.put(cufft.CUFFT_INVALID_DEVICE, "CUFFT_INVALID_DEVICE");
    codes.put(cufft.CUFFT_NO_WORKSPACE, "CUFFT_NO_WORKSPACE");
    codes.put(cufft.CUFFT_NOT_IMPLEMENTED, "CUFFT_NOT_IMPLEMENTED");
    codes.put(cufft.CUFFT_NOT_SUPPORTED, "CUFFT_NOT_SUPPORTED");
    codes.put(cufft.CUFFT_MISSING_DEPENDENCY, "CUFFT_MISSING_DEPENDENCY");
    codes.put(cufft.CUFFT_NVRTC_FAILURE, "CUFFT_NVRTC_FAILURE");
    codes.put(cufft.CUFFT_NVJITLINK_FAILURE, "CUFFT_NVJITLINK_FAILURE");
    codes.put(cufft.CUFFT_NVSHMEM_FAILURE, "CUFFT_NVSHMEM_FAILURE");
    assertNames(Library.CUFFT, codes);
    assertNames(
        Library.CUBLAS,
        Map.of(
            cublas.CUBLAS_STATUS_NOT_INITIALIZED, "CUBLAS_STATUS_NOT_INITIALIZED",
            cublas.CUBLAS_STATUS_ALLOC_FAILED, "CUBLAS_STATUS_ALLOC_FAILED",
            cublas.CUBLAS_STATUS_INVALID_VALUE, "CUBLAS_STATUS_INVALID_VALUE",
            cublas.CUBLAS_STATUS_ARCH_MISMATCH, "CUBLAS_STATUS_ARCH_MISMATCH",
            cublas.CUBLAS_STATUS_MAPPING_ERROR, "CUBLAS_STATUS_MAPPING_ERROR",
            cublas.CUBLAS_STATUS_EXECUTION_FAILED, "CUBLAS_STATUS_EXECUTION_FAILED",
            cublas.CUBLAS_STATUS_INTERNAL_ERROR, "CUBLAS_STATUS_INTERNAL_ERROR",
            cublas.CUBLAS_STATUS_NOT_SUPPORTED, "CUBLAS_STATUS_NOT_SUPPORTED",
            cublas.CUBLAS_STATUS_LICENSE_ERROR, "CUBLAS_STATUS_LICENSE_ERROR"));
  }

  private static void assertNames(Library library, Map<Integer, String> names) {
    names.forEach(
        (code, name) -> assertEquals(name + " (" + code + ")", CudaStatus.name(library, code)));
  }

  @Test
  void onlyOneCodeOfEachLibraryIsAboutMemory() {
    for (Library library : new Library[] {Library.CUFFT, Library.CUBLAS}) {
      int memory =
          IntStream.range(1, 100)
              .filter(c -> CudaStatus.errorCode(library, c) == ErrorCode.OUT_OF_MEMORY)
              .sum();
      String name = CudaStatus.name(library, memory);
      assertTrue(name.contains("ALLOC_FAILED"), name);
    }
  }

  @Test
  void messagesSayWhatWasTriedWhatSaidNoAndWhatToDo() {
    DeviceException e =
        Failures.of(
            Library.DRIVER, "cuda:0: copying to the GPU", "cuMemcpyHtoDAsync", 719, "boom", "");
    assertEquals(ErrorCode.DEVICE_LOST, e.code());
    assertEquals(
        "cuda:0: copying to the GPU failed: cuMemcpyHtoDAsync returned CUDA_ERROR_LAUNCH_FAILED"
            + " (719): boom; close the device and open it anew, and if that fails restart the"
            + " program; nvidia-smi and the kernel's log (Xid) say more",
        e.getMessage());
  }

  private static Map<Integer, String> constants(Class<?> type, String prefix) throws Exception {
    Map<Integer, String> found = new TreeMap<>();
    for (Field field : type.getFields()) {
      if (field.getName().startsWith(prefix) && field.getInt(null) > 0) {
        found.put(field.getInt(null), field.getName());
      }
    }
    return found;
  }
}
