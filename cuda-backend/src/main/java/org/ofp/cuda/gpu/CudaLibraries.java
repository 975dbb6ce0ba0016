// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.List;
import java.util.function.Supplier;
import jcuda.jcufft.JCufft;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cufft;
import org.bytedeco.javacpp.Loader;

/** CUDA's libraries, as far as this backend uses them. */
public final class CudaLibraries {
  /** The runtime of CUDA 13, which JavaCPP loads before the others. */
  static final CudaLibrary CUDART =
      library("CUDA runtime", "javacpp", "libcudart.so.13", CudaLibraries::javacppRuntime);

  /** cuFFT of CUDA 11. */
  static final CudaLibrary JCUFFT =
      library("cuFFT", "jcufft", "libcufft.so.10", CudaLibraries::jcufft);

  /** cuFFT of CUDA 13. */
  static final CudaLibrary JAVACPP_CUFFT =
      library("cuFFT", "javacpp", "libcufft.so.12", CudaLibraries::javacppCufft);

  /** cuBLAS of CUDA 13. */
  public static final CudaLibrary CUBLAS =
      library("cuBLAS", "javacpp", "libcublas.so.13", CudaLibraries::javacppCublas);

  private CudaLibraries() {}

  /** All of them; asking one for its version loads it. */
  public static List<CudaLibrary> all() {
    return List.of(CUDART, JAVACPP_CUFFT, JCUFFT, CUBLAS);
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
    require(CudaStatus.Library.CUFFT, JCufft.cufftGetVersion(version));
    return cufftVersion(version[0]);
  }

  /** Its version is the driver's business: asking the library for it would start the driver. */
  private static String javacppRuntime() {
    Loader.load(cudart.class);
    return "13";
  }

  /** Once loading the runtime has failed, the JVM gives no reason for the others any more. */
  private static void requireRuntime() {
    CUDART
        .missing()
        .ifPresent(
            reason -> {
              throw new UnsatisfiedLinkError(reason);
            });
  }

  private static String javacppCufft() {
    requireRuntime();
    Loader.load(cufft.class);
    int[] version = new int[1];
    require(CudaStatus.Library.CUFFT, cufft.cufftGetVersion(version));
    return cufftVersion(version[0]);
  }

  private static String javacppCublas() {
    requireRuntime();
    Loader.load(cublas.class);
    int[] part = new int[1];
    StringBuilder version = new StringBuilder();
    for (int i = 0; i < 3; i++) { // MAJOR_VERSION, MINOR_VERSION, PATCH_LEVEL
      require(CudaStatus.Library.CUBLAS, cublas.cublasGetProperty(i, part));
      version.append(i == 0 ? "" : ".").append(part[0]);
    }
    return version.toString();
  }

  private static void require(CudaStatus.Library library, int status) {
    if (status != CudaStatus.SUCCESS) {
      throw new IllegalStateException(
          "it does not tell its version: " + CudaStatus.name(library, status));
    }
  }

  private static String cufftVersion(int version) {
    return version / 1000 + "." + version / 100 % 10 + "." + version % 100;
  }
}
