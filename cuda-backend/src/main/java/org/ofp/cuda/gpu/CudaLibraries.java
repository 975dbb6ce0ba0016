// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.List;
import java.util.function.Supplier;
import jcuda.jcufft.JCufft;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cufft;
import org.bytedeco.javacpp.Loader;

/** CUDA's libraries, as far as this backend uses them. */
public final class CudaLibraries {
  /** cuFFT of CUDA 11. */
  static final CudaLibrary JCUFFT =
      library("cuFFT", "jcufft", "libcufft.so.10", CudaLibraries::jcufft);

  /** cuFFT of CUDA 13. */
  static final CudaLibrary JAVACPP_CUFFT =
      library("cuFFT", "javacpp", "libcufft.so.12", CudaLibraries::javacppCufft);

  /** cuBLAS of CUDA 13. */
  static final CudaLibrary CUBLAS =
      library("cuBLAS", "javacpp", "libcublas.so.13", CudaLibraries::javacppCublas);

  private CudaLibraries() {}

  /** All of them; asking one for its version loads it. */
  public static List<CudaLibrary> all() {
    return List.of(JAVACPP_CUFFT, JCUFFT, CUBLAS);
  }

  private static CudaLibrary library(
      String name, String binding, String file, Supplier<String> loader) {
    return new CudaLibrary(
        name,
        binding,
        file,
        () -> {
          CudaDriver.unsupported(System.getProperty("os.name"), System.getProperty("os.arch"))
              .ifPresent(
                  reason -> {
                    throw new UnsatisfiedLinkError(reason);
                  });
          return loader.get();
        });
  }

  private static String jcufft() {
    JcudaNatives.load("JCufft", JCufft::initialize);
    JCufft.setExceptionsEnabled(false);
    int[] version = new int[1];
    require(JCufft.cufftGetVersion(version));
    return cufftVersion(version[0]);
  }

  private static String javacppCufft() {
    Loader.load(cufft.class);
    int[] version = new int[1];
    require(cufft.cufftGetVersion(version));
    return cufftVersion(version[0]);
  }

  private static String javacppCublas() {
    Loader.load(cublas.class);
    int[] part = new int[1];
    StringBuilder version = new StringBuilder();
    for (int i = 0; i < 3; i++) { // MAJOR_VERSION, MINOR_VERSION, PATCH_LEVEL
      require(cublas.cublasGetProperty(i, part));
      version.append(i == 0 ? "" : ".").append(part[0]);
    }
    return version.toString();
  }

  private static void require(int status) {
    if (status != CudaStatus.SUCCESS) {
      throw new IllegalStateException("it loads, but does not tell its version: code " + status);
    }
  }

  private static String cufftVersion(int version) {
    return version / 1000 + "." + version / 100 % 10 + "." + version % 100;
  }
}
