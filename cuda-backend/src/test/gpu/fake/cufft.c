// SPDX-License-Identifier: Apache-2.0
// A stand-in for cuFFT: the discrete Fourier transform by its definition, for small frames.
// Compiled twice: as libcufft.so.10 and libcufft.so.12.
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#define PLANS 64
static struct { int used, rows, cols, batch; void *stream, *work; } plans[PLANS];

static int valid(int plan) { return plan > 0 && plan < PLANS && plans[plan].used; }

int cufftGetVersion(int *version) {
  *version = OFP_VERSION;
  return 0;
}

int cufftCreate(int *plan) {
  for (int i = 1; i < PLANS; i++) {
    if (!plans[i].used) {
      plans[i].used = 1;
      *plan = i;
      return 0;
    }
  }
  return 2;
}

int cufftSetAutoAllocation(int plan, int on) { return valid(plan) && !on ? 0 : 1; }

int cufftMakePlanMany(
    int plan, int rank, int *n, int *inembed, int istride, int idist, int *onembed, int ostride,
    int odist, int type, int batch, size_t *bytes) {
  if (!valid(plan)) return 1;
  if (rank != 2 || inembed || onembed || istride != 1 || ostride != 1 || type != 0x29) return 4;
  if (idist != n[0] * n[1] || odist != idist) return 8;
  plans[plan].rows = n[0];
  plans[plan].cols = n[1];
  plans[plan].batch = batch;
  *bytes = (size_t)8 * n[0] * n[1] * batch;
  return getenv("OFP_FAKE_CUFFT") ? atoi(getenv("OFP_FAKE_CUFFT")) : 0;
}

int cufftSetWorkArea(int plan, void *work) {
  plans[plan].work = work;
  return valid(plan) && work ? 0 : 1;
}

int cufftSetStream(int plan, void *stream) {
  plans[plan].stream = stream;
  return valid(plan) ? 0 : 1;
}

int cufftExecC2C(int plan, float *from, float *to, int direction) {
  if (!valid(plan)) return 1;
  if (!plans[plan].work) return 13;
  if ((size_t)plans[plan].stream <= 0x2000) return 6;
  int rows = plans[plan].rows, cols = plans[plan].cols;
  size_t count = (size_t)rows * cols;
  double *sum = malloc(2 * count * sizeof(double));
  for (int f = 0; f < plans[plan].batch; f++, from += 2 * count, to += 2 * count) {
    for (int u = 0; u < rows; u++) {
      for (int v = 0; v < cols; v++) {
        double re = 0, im = 0;
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < cols; x++) {
            double turn = (double)((long)u * y % rows) / rows + (double)((long)v * x % cols) / cols;
            double c = cos(2 * M_PI * turn), s = direction * sin(2 * M_PI * turn);
            const float *a = from + 2 * ((size_t)y * cols + x);
            re += a[0] * c - a[1] * s;
            im += a[0] * s + a[1] * c;
          }
        }
        sum[2 * ((size_t)u * cols + v)] = re;
        sum[2 * ((size_t)u * cols + v) + 1] = im;
      }
    }
    for (size_t i = 0; i < 2 * count; i++) to[i] = (float)sum[i];
  }
  free(sum);
  return 0;
}

int cufftDestroy(int plan) {
  if (!valid(plan)) return 1;
  plans[plan].used = 0;
  return 0;
}
