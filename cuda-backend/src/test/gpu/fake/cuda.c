// SPDX-License-Identifier: Apache-2.0
// A stand-in for NVIDIA's driver, libcuda.so.1: host memory as GPU memory, every call done at once,
// one kernel known. For tests of the Java side's calls on machines without a GPU.
//
// OFP_FAKE_CUDA=FUNCTION:STATUS[:N] makes the Nth call (by default the first) of that function fail;
// a status from 700 on is sticky until the primary context is reset. OFP_FAKE_CUDA_VERSION is what the
// driver says that it supports, by default 13000, and OFP_FAKE_CUDA_GPUS the number of GPUs, by default 1.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int CUresult;
typedef uint64_t CUdeviceptr;

static const size_t memory = (size_t)1 << 30;
static size_t used, streams, modules, contexts; // changed atomically: threads call
static int sticky;

static int number(const char *name, int otherwise) {
  const char *text = getenv(name);
  return text ? atoi(text) : otherwise;
}

// 0, or the failure that was ordered for this call.
static int ordered(const char *function) {
  static int calls;
  const char *order = getenv("OFP_FAKE_CUDA");
  size_t length = strlen(function);
  if (sticky) return sticky;
  if (!order || strncmp(order, function, length) || order[length] != ':') return 0;
  int status = 0, at = 1;
  sscanf(order + length + 1, "%d:%d", &status, &at);
  if (++calls != at) return 0;
  if (status >= 700) sticky = status;
  return status;
}

#define FAIL_IF_ORDERED(name)     \
  do {                            \
    int status = ordered(name);   \
    if (status) return status;    \
  } while (0)

CUresult cuInit(unsigned flags) {
  (void)flags;
  FAIL_IF_ORDERED("cuInit");
  return 0;
}

CUresult cuDriverGetVersion(int *version) {
  *version = number("OFP_FAKE_CUDA_VERSION", 13000);
  return 0;
}

CUresult cuDeviceGetCount(int *count) {
  *count = number("OFP_FAKE_CUDA_GPUS", 1);
  return 0;
}

CUresult cuDeviceGet(int *device, int ordinal) {
  *device = ordinal;
  return 0;
}

CUresult cuDeviceGetName(char *name, int length, int device) {
  snprintf(name, length, "Fake GPU %d", device);
  return 0;
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, int device) {
  (void)device;
  *bytes = memory;
  return 0;
}

CUresult cuDeviceGetAttribute(int *value, int attribute, int device) {
  (void)device;
  switch (attribute) {
    case 16: *value = 108; return 0;
    case 75: *value = number("OFP_FAKE_CUDA_MAJOR", 9); return 0;
    case 76: *value = 0; return 0;
    default: return 1;
  }
}

CUresult cuDevicePrimaryCtxRetain(void **context, int device) {
  FAIL_IF_ORDERED("cuDevicePrimaryCtxRetain");
  *context = (void *)(intptr_t)(0x1000 + 0x100 * device + __atomic_add_fetch(&contexts, 1, __ATOMIC_RELAXED));
  return 0;
}

CUresult cuDevicePrimaryCtxRelease_v2(int device) {
  (void)device;
  return sticky;
}

CUresult cuDevicePrimaryCtxReset_v2(int device) {
  (void)device;
  sticky = 0;
  used = 0;
  return 0;
}

CUresult cuCtxSetCurrent(void *context) {
  FAIL_IF_ORDERED("cuCtxSetCurrent");
  return context ? 0 : 201;
}

CUresult cuCtxSynchronize(void) {
  FAIL_IF_ORDERED("cuCtxSynchronize");
  return 0;
}

CUresult cuMemGetInfo_v2(size_t *free, size_t *total) {
  FAIL_IF_ORDERED("cuMemGetInfo");
  *free = memory - used;
  *total = memory;
  return 0;
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
  FAIL_IF_ORDERED("cuMemAlloc");
  if (bytes > memory - used) return 2;
  size_t *block = malloc(bytes + 64); // the size lies before the memory
  *block = bytes;
  __atomic_add_fetch(&used, bytes, __ATOMIC_RELAXED);
  *address = (CUdeviceptr)(uintptr_t)block + 64;
  return 0;
}

CUresult cuMemFree_v2(CUdeviceptr address) {
  FAIL_IF_ORDERED("cuMemFree");
  size_t *block = (size_t *)(uintptr_t)(address - 64);
  __atomic_sub_fetch(&used, *block, __ATOMIC_RELAXED);
  free(block);
  return 0;
}

CUresult cuMemHostAlloc(void **pointer, size_t bytes, unsigned flags) {
  (void)flags;
  FAIL_IF_ORDERED("cuMemHostAlloc");
  *pointer = malloc(bytes);
  return 0;
}

CUresult cuMemFreeHost(void *pointer) {
  FAIL_IF_ORDERED("cuMemFreeHost");
  free(pointer);
  return 0;
}

CUresult cuStreamCreate(void **stream, unsigned flags) {
  FAIL_IF_ORDERED("cuStreamCreate");
  if (flags != 1) return 1;
  *stream = (void *)(intptr_t)(0x2000 + __atomic_add_fetch(&streams, 1, __ATOMIC_RELAXED));
  return 0;
}

CUresult cuStreamSynchronize(void *stream) {
  FAIL_IF_ORDERED("cuStreamSynchronize");
  return (intptr_t)stream > 0x2000 ? 0 : 400;
}

CUresult cuStreamDestroy_v2(void *stream) {
  FAIL_IF_ORDERED("cuStreamDestroy");
  return (intptr_t)stream > 0x2000 ? 0 : 400;
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, void *stream) {
  FAIL_IF_ORDERED("cuMemcpyHtoDAsync");
  if ((intptr_t)stream <= 0x2000) return 400;
  memcpy((void *)(uintptr_t)to, from, bytes);
  return 0;
}

CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, void *stream) {
  FAIL_IF_ORDERED("cuMemcpyDtoHAsync");
  if ((intptr_t)stream <= 0x2000) return 400;
  memcpy(to, (void *)(uintptr_t)from, bytes);
  return 0;
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, void *stream) {
  FAIL_IF_ORDERED("cuMemcpyDtoDAsync");
  if ((intptr_t)stream <= 0x2000) return 400;
  memmove((void *)(uintptr_t)to, (void *)(uintptr_t)from, bytes);
  return 0;
}

CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, void *stream) {
  FAIL_IF_ORDERED("cuMemsetD8Async");
  if ((intptr_t)stream <= 0x2000) return 400;
  memset((void *)(uintptr_t)to, value, count);
  return 0;
}

// Options 5 and 6 are the error log and its size.
CUresult cuModuleLoadDataEx(
    void **module, const void *image, unsigned count, int *options, void **values) {
  int status = ordered("cuModuleLoadDataEx");
  if (status) {
    char *log = 0;
    size_t size = 0;
    for (unsigned i = 0; i < count; i++) {
      if (options[i] == 5) log = values[i];
      if (options[i] == 6) size = (size_t)(uintptr_t)values[i];
    }
    if (log) snprintf(log, size, "ptxas fatal : the fake does not like it");
    return status;
  }
  if (!strstr(image, ".entry")) return 200;
  *module = (void *)(intptr_t)(0x3000 + __atomic_add_fetch(&modules, 1, __ATOMIC_RELAXED));
  return 0;
}

CUresult cuModuleUnload(void *module) {
  (void)module;
  return 0;
}

CUresult cuModuleGetFunction(void **function, void *module, const char *name) {
  (void)module;
  FAIL_IF_ORDERED("cuModuleGetFunction");
  *function = (void *)0x4000;
  return strcmp(name, "probe") ? 500 : 0;
}

CUresult cuLaunchKernel(
    void *function, unsigned blocks, unsigned blocks_y, unsigned blocks_z, unsigned threads,
    unsigned threads_y, unsigned threads_z, unsigned shared, void *stream, void **arguments,
    void **extra) {
  FAIL_IF_ORDERED("cuLaunchKernel");
  if (function != (void *)0x4000 || blocks_y != 1 || blocks_z != 1 || threads_y != 1 ||
      threads_z != 1 || shared || (intptr_t)stream <= 0x2000 || extra) {
    return 1;
  }
  double *out = (double *)*(uintptr_t *)arguments[0];
  const float *in = (const float *)*(uintptr_t *)arguments[1];
  int n = *(int *)arguments[2];
  float a = *(float *)arguments[3];
  double b = *(double *)arguments[4];
  for (unsigned i = 0; i < blocks * threads && (int)i < n; i++) {
    out[i] = (double)(a * in[i]) + b;
  }
  return 0;
}

CUresult cuGetErrorString(CUresult error, const char **text) {
  (void)error;
  *text = "the fake's words";
  return 0;
}

CUresult cuGetErrorName(CUresult error, const char **text) {
  (void)error;
  *text = "FAKE";
  return 0;
}
