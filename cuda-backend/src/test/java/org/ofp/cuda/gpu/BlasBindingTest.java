// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.cuda.RequiresGpu;

/** cuBLAS against sums in double precision; strides and leading dimensions are all different. */
@RequiresGpu
class BlasBindingTest {
  private static final long SEED = 13;

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,0,false",
    "3,5,7,11,0,false",
    "2,16,1,33,1,true",
    "4,1,9,2,-0.5,false",
    "5,64,48,40,1,false",
    "70000,1,2,1,1,true" // more than cuBLAS takes at once
  })
  void realProducts(int batch, int m, int n, int k, float beta, boolean each) {
    check(1, batch, m, n, k, beta, each);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,0,false",
    "3,5,7,11,0,true",
    "2,16,1,33,1,false",
    "4,1,9,2,-0.5,false",
    "5,64,48,40,1,false",
    "140000,1,2,1,1,true"
  })
  void complexProducts(int batch, int m, int n, int k, float beta, boolean each) {
    check(2, batch, m, n, k, beta, each);
  }

  /** {@code parts} is 1 for real and 2 for complex numbers; {@code each} has a B of its own. */
  private static void check(int parts, int batch, int m, int n, int k, float beta, boolean each) {
    int lda = k + 1;
    int ldb = n + 2;
    int ldc = n + 3;
    int strideA = m * lda + 5;
    int strideC = m * ldc + 7;
    float[] a = random(1, parts * batch * strideA);
    int strideB = each ? k * ldb + 3 : 0;
    float[] b = random(2, parts * (each ? batch * strideB : k * ldb));
    float[] c = random(3, parts * batch * strideC);
    float[] got = c.clone();
    try (DriverGpu gpu = DriverGpu.open(0);
        GpuStream stream = gpu.openStream();
        Operand da = new Operand(gpu, stream, a);
        Operand db = new Operand(gpu, stream, b);
        Operand dc = new Operand(gpu, stream, c);
        GpuBlas blas = JavacppBlas.open(gpu, stream, false)) {
      if (parts == 1) {
        blas.real(
            batch, m, n, k, da.at(), lda, strideA, db.at(), ldb, strideB, beta, dc.at(), ldc,
            strideC);
      } else {
        blas.complex(
            batch, m, n, k, da.at(), lda, strideA, db.at(), ldb, strideB, beta, dc.at(), ldc,
            strideC);
      }
      dc.read(stream, got);
    }
    // Sums of k products of N(0,1) numbers, each rounded once: k·2^-24 times the largest terms.
    double tolerance = 16.0 * (k + 2) * 0x1p-24 * parts;
    for (int f = 0; f < batch; f++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < ldc; j++) {
          for (int part = 0; part < parts; part++) {
            int at = parts * (f * strideC + i * ldc + j) + part;
            double sum = j < n ? beta * (double) c[at] : c[at];
            for (int l = 0; l < k && j < n; l++) {
              int x = parts * (f * strideA + i * lda + l);
              int y = parts * (f * strideB + l * ldb + j);
              sum += term(parts, part, a, x, b, y);
            }
            if (Math.abs(sum - got[at]) > tolerance) {
              fail(f + " " + i + " " + j + ": " + got[at] + ", not " + sum + "; seed " + SEED);
            }
          }
        }
      }
    }
  }

  private static double term(int parts, int part, float[] a, int x, float[] b, int y) {
    if (parts == 1) {
      return (double) a[x] * b[y];
    }
    return part == 0
        ? (double) a[x] * b[y] - (double) a[x + 1] * b[y + 1]
        : (double) a[x] * b[y + 1] + (double) a[x + 1] * b[y];
  }

  private static float[] random(int which, int count) {
    Random random = new Random(SEED + which);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Numbers on the GPU, with the host memory they came from. */
  private static final class Operand implements AutoCloseable {
    private final GpuMemory memory;
    private final HostMemory host;

    Operand(DriverGpu gpu, GpuStream stream, float[] values) {
      memory = gpu.allocate("a test", (long) values.length * Float.BYTES);
      host = gpu.allocateHost("a test", memory.bytes());
      host.bytes().asFloatBuffer().put(values);
      stream.upload(host, 0, memory.address(), memory.bytes());
      stream.synchronize();
    }

    long at() {
      return memory.address();
    }

    void read(GpuStream stream, float[] into) {
      stream.synchronize();
      stream.download(memory.address(), host, 0, memory.bytes());
      stream.synchronize();
      host.bytes().asFloatBuffer().get(into);
    }

    @Override
    public void close() {
      memory.close();
      host.close();
    }
  }
}
