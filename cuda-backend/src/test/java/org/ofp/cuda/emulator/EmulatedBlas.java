// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;

/** Plain loops in place of cuBLAS; sums in single precision, in order. */
public final class EmulatedBlas implements GpuBlas {
  private final EmulatedStream stream;
  private final Holdings.Held handle;
  private boolean closed;

  /** For work on that stream, of an {@link EmulatedGpu}. */
  public EmulatedBlas(GpuStream stream) {
    this.stream = (EmulatedStream) stream;
    this.handle = this.stream.gpu().holdings().take("cublasCreate", "cuBLAS", 0);
  }

  /** Where a matrix lies; in floats. */
  private record Place(long address, int rows, int width, long lead, long stride) {
    long row(int matrix, int row) {
      return address + 4 * (matrix * stride + row * lead);
    }

    float[] read(AddressSpace memory, int matrix, int row) {
      return GpuFloats.read(memory, row(matrix, row), width);
    }
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
    Place left = new Place(a, m, k, lda, strideA);
    Place right = new Place(b, k, n, ldb, strideB);
    Place result = new Place(c, m, n, ldc, strideC);
    submit("cublasSgemmStridedBatched", batch, left, right, beta, result, false);
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
    Place left = new Place(a, m, 2 * k, 2L * lda, 2 * strideA);
    Place right = new Place(b, k, 2 * n, 2L * ldb, 2 * strideB);
    Place result = new Place(c, m, 2 * n, 2L * ldc, 2 * strideC);
    submit("cublasCgemmStridedBatched", batch, left, right, beta, result, true);
  }

  private void submit(
      String call, int batch, Place a, Place b, float beta, Place c, boolean complex) {
    for (Place place : new Place[] {a, b, c}) {
      if (place.lead() < place.width() || place.width() < 1 || place.rows() < 1 || batch < 1) {
        throw new GpuFault(call + ": " + batch + " of " + place);
      }
    }
    if (closed) {
      throw new GpuFault(call + " with a handle that was closed");
    }
    stream.submit(
        call,
        () -> {
          for (int i = 0; i < batch; i++) {
            product(i, a, b, beta, c, complex);
          }
        });
  }

  private void product(int matrix, Place a, Place b, float beta, Place c, boolean complex) {
    AddressSpace memory = stream.gpu().addresses();
    float[][] right = new float[b.rows()][];
    for (int row = 0; row < right.length; row++) {
      right[row] = b.read(memory, matrix, row);
    }
    for (int row = 0; row < a.rows(); row++) {
      float[] left = a.read(memory, matrix, row);
      float[] sum = new float[c.width()];
      for (int k = 0; k < right.length; k++) {
        if (complex) {
          addComplex(sum, left[2 * k], left[2 * k + 1], right[k]);
        } else {
          add(sum, left[k], right[k]);
        }
      }
      if (beta != 0) {
        add(sum, beta, c.read(memory, matrix, row));
      }
      GpuFloats.write(memory, c.row(matrix, row), sum);
    }
  }

  private static void add(float[] sum, float factor, float... row) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * row[j];
    }
  }

  private static void addComplex(float[] sum, float re, float im, float... row) {
    for (int j = 0; j < sum.length; j += 2) {
      sum[j] += re * row[j] - im * row[j + 1];
      sum[j + 1] += re * row[j + 1] + im * row[j];
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      handle.close();
    }
  }
}
