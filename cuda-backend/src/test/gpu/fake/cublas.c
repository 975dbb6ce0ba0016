// SPDX-License-Identifier: Apache-2.0
// A stand-in for cuBLAS: column-major products by their definition, of batches as large as its.
#include <complex.h>
#include <stdlib.h>

typedef long long stride;

int cublasGetProperty(int type, int *value) {
  *value = type == 0 ? 13 : 0;
  return 0;
}

int cublasCreate_v2(void **handle) {
  if (getenv("OFP_FAKE_CUBLAS")) return atoi(getenv("OFP_FAKE_CUBLAS"));
  *handle = malloc(8);
  return 0;
}

int cublasDestroy_v2(void *handle) {
  free(handle);
  return 0;
}

int cublasSetStream_v2(void *handle, void *stream) {
  return handle && (size_t)stream > 0x2000 ? 0 : 7;
}

int cublasSetPointerMode_v2(void *handle, int mode) { return handle && mode == 0 ? 0 : 7; }

int cublasSetMathMode(void *handle, int mode) { return handle && (mode == 0 || mode == 3) ? 0 : 7; }

#define PRODUCTS(NAME, T)                                                                        \
  int NAME(                                                                                      \
      void *handle, int ta, int tb, int m, int n, int k, const T *alpha, const T *a, int lda,    \
      stride sa, const T *b, int ldb, stride sb, const T *beta, T *c, int ldc, stride sc,        \
      int batch) {                                                                               \
    if (!handle || ta || tb || lda < m || ldb < k || ldc < m || batch > 65535) return 7;                                \
    for (int f = 0; f < batch; f++) {                                                            \
      for (int j = 0; j < n; j++) {                                                              \
        for (int i = 0; i < m; i++) {                                                            \
          T sum = 0;                                                                             \
          for (int l = 0; l < k; l++) {                                                          \
            sum += a[f * sa + (stride)l * lda + i] * b[f * sb + (stride)j * ldb + l];            \
          }                                                                                      \
          T *to = c + f * sc + (stride)j * ldc + i;                                              \
          *to = *alpha * sum + (*beta == 0 ? 0 : *beta * *to);                                   \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
    return 0;                                                                                    \
  }

PRODUCTS(cublasSgemmStridedBatched, float)
PRODUCTS(cublasCgemmStridedBatched, float complex)
