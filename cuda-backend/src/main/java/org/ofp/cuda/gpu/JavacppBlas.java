// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.Optional;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.float2;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.FloatPointer;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * cuBLAS of CUDA 13 through the JavaCPP preset.
 *
 * <p>cuBLAS is column-major: to it a row-major matrix is its transpose, and Cᵀ = Bᵀ·Aᵀ. So the
 * operands are swapped and nothing is moved.
 */
public final class JavacppBlas extends DriverResource implements GpuBlas {
  /** Of a call: cuBLAS has a block of threads for each in a dimension of at most 65535. */
  private static final int MOST_MATRICES = 63 * 1024;

  private final cublasContext handle = new cublasContext();
  private final FloatPointer one = new FloatPointer(1f, 0f).retainReference();
  private final FloatPointer betaReal = new FloatPointer(0f, 0f).retainReference();
  private final float2 complexOne = new float2(one);
  private final float2 betaComplex = new float2(betaReal);
  private final DeviceView.Real aReal = new DeviceView.Real();
  private final DeviceView.Real bReal = new DeviceView.Real();
  private final DeviceView.Real cReal = new DeviceView.Real();
  private final DeviceView.Complex aComplex = new DeviceView.Complex();
  private final DeviceView.Complex bComplex = new DeviceView.Complex();
  private final DeviceView.Complex cComplex = new DeviceView.Complex();

  private JavacppBlas(DriverGpu gpu) {
    super(gpu, "cuBLAS");
  }

  /**
   * Opens the library for a stream.
   *
   * @param stream of that GPU
   * @param tf32 whether real products may round their factors to 10 bits of mantissa, which tensor
   *     cores multiply several times as fast
   * @throws DeviceException {@link ErrorCode#UNAVAILABLE} if cuBLAS does not load, saying why
   */
  public static JavacppBlas open(DriverGpu gpu, GpuStream stream, boolean tf32) {
    CudaLibraries.CUBLAS
        .missing()
        .ifPresent(
            reason -> {
              throw new DeviceException(
                  ErrorCode.UNAVAILABLE,
                  "cuBLAS cannot be used: " + reason + "; install CUDA 13, or see docs/GPU.md");
            });
    DriverStream driverStream = DriverStream.of(gpu, stream);
    gpu.enter();
    JavacppBlas blas = new JavacppBlas(gpu);
    blas.check("cublasCreate", cublas.cublasCreate_v2(blas.handle));
    gpu.adopt(blas);
    try {
      blas.check(
          "cublasSetStream",
          cublas.cublasSetStream_v2(blas.handle, new DeviceView.Stream(driverStream.handle())));
      blas.check(
          "cublasSetPointerMode",
          cublas.cublasSetPointerMode_v2(blas.handle, cublas.CUBLAS_POINTER_MODE_HOST));
      blas.check(
          "cublasSetMathMode",
          cublas.cublasSetMathMode(
              blas.handle, tf32 ? cublas.CUBLAS_TF32_TENSOR_OP_MATH : cublas.CUBLAS_DEFAULT_MATH));
    } catch (RuntimeException e) {
      blas.close();
      throw e;
    }
    return blas;
  }

  /** As {@link #open}, in full precision; empty where cuBLAS does not load. */
  public static Optional<GpuBlas> openIfUsable(DriverGpu gpu, GpuStream stream) {
    return CudaLibraries.CUBLAS.missing().isPresent()
        ? Optional.empty()
        : Optional.of(open(gpu, stream, false));
  }

  @Override
  public void real(
      int batch,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      float beta,
      long c,
      int ldc,
      long strideC) {
    enter();
    betaReal.put(0, beta);
    for (long done = 0; done < batch; done += MOST_MATRICES) {
      long before = done * Float.BYTES;
      check(
          "cublasSgemmStridedBatched",
          cublas.cublasSgemmStridedBatched(
              handle,
              cublas.CUBLAS_OP_N,
              cublas.CUBLAS_OP_N,
              n,
              m,
              k,
              one,
              bReal.at(b + before * strideB),
              ldb,
              strideB,
              aReal.at(a + before * strideA),
              lda,
              strideA,
              betaReal,
              cReal.at(c + before * strideC),
              ldc,
              strideC,
              (int) Math.min(MOST_MATRICES, batch - done)));
    }
  }

  @Override
  public void complex(
      int batch,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      float beta,
      long c,
      int ldc,
      long strideC) {
    enter();
    betaReal.put(0, beta);
    for (long done = 0; done < batch; done += MOST_MATRICES) {
      long before = 2 * done * Float.BYTES;
      check(
          "cublasCgemmStridedBatched",
          cublas.cublasCgemmStridedBatched(
              handle,
              cublas.CUBLAS_OP_N,
              cublas.CUBLAS_OP_N,
              n,
              m,
              k,
              complexOne,
              bComplex.at(b + before * strideB),
              ldb,
              strideB,
              aComplex.at(a + before * strideA),
              lda,
              strideA,
              betaComplex,
              cComplex.at(c + before * strideC),
              ldc,
              strideC,
              (int) Math.min(MOST_MATRICES, batch - done)));
    }
  }

  @Override
  void free() {
    try {
      check("cublasDestroy", cublas.cublasDestroy_v2(handle));
    } finally {
      one.deallocate();
      betaReal.deallocate();
    }
  }

  private void check(String call, int status) {
    gpu().check(CudaStatus.Library.CUBLAS, "a matrix product", call, status);
  }
}
