// SPDX-License-Identifier: Apache-2.0
//
// What the kernels need of CUDA, so that they compile with clang alone, without a CUDA toolkit:
//   clang -x cuda --cuda-device-only --cuda-gpu-arch=sm_75 -nocudainc -nocudalib -ffp-contract=off
// and with nvcc -fmad=false just as well. No product is contracted with a sum: so + - * / and the
// root give the very bits that Java gives.
#pragma once

#if defined(__clang__)
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __forceinline__ __inline__ __attribute__((always_inline))
#define OFP_THREAD __nvvm_read_ptx_sreg_tid_x()
#define OFP_THREADS __nvvm_read_ptx_sreg_ntid_x()
#define OFP_BLOCK __nvvm_read_ptx_sreg_ctaid_x()
#define OFP_BLOCKS __nvvm_read_ptx_sreg_nctaid_x()
struct alignas(8) float2 {
  float x, y;
};
__device__ __forceinline__ float ofp_sqrt(float x) { return __nvvm_sqrt_rn_f(x); }
__device__ __forceinline__ double ofp_sqrt(double x) { return __nvvm_sqrt_rn_d(x); }
__device__ __forceinline__ void ofp_barrier() { __syncthreads(); }
__device__ __forceinline__ int ofp_add(int *p, int x) {
  return __atomic_fetch_add(p, x, __ATOMIC_RELAXED);
}
__device__ __forceinline__ int ofp_max(int *p, int x) {
  return __atomic_fetch_max(p, x, __ATOMIC_RELAXED);
}
__device__ __forceinline__ int ofp_bits(float x) { return __builtin_bit_cast(int, x); }
__device__ __forceinline__ float ofp_float(int x) { return __builtin_bit_cast(float, x); }
__device__ __forceinline__ long ofp_bits(double x) { return __builtin_bit_cast(long, x); }
__device__ __forceinline__ double ofp_double(long x) { return __builtin_bit_cast(double, x); }
__device__ __forceinline__ float ofp_least(float a, float b) { return __builtin_fminf(a, b); }
__device__ __forceinline__ float ofp_most(float a, float b) { return __builtin_fmaxf(a, b); }
__device__ __forceinline__ float ofp_abs(float x) { return __builtin_fabsf(x); }
__device__ __forceinline__ double ofp_abs(double x) { return __builtin_fabs(x); }
__device__ __forceinline__ float ofp_sign(float x, float s) { return __builtin_copysignf(x, s); }
__device__ __forceinline__ double ofp_sign(double x, double s) { return __builtin_copysign(x, s); }
__device__ __forceinline__ double ofp_round(double x) { return __builtin_rint(x); }
__device__ __forceinline__ double ofp_floor(double x) { return __builtin_floor(x); }
#else
#define OFP_THREAD threadIdx.x
#define OFP_THREADS blockDim.x
#define OFP_BLOCK blockIdx.x
#define OFP_BLOCKS gridDim.x
__device__ __forceinline__ float ofp_sqrt(float x) { return __fsqrt_rn(x); }
__device__ __forceinline__ double ofp_sqrt(double x) { return __dsqrt_rn(x); }
__device__ __forceinline__ void ofp_barrier() { __syncthreads(); }
__device__ __forceinline__ int ofp_add(int *p, int x) { return atomicAdd(p, x); }
__device__ __forceinline__ int ofp_max(int *p, int x) { return atomicMax(p, x); }
__device__ __forceinline__ int ofp_bits(float x) { return __float_as_int(x); }
__device__ __forceinline__ float ofp_float(int x) { return __int_as_float(x); }
__device__ __forceinline__ long ofp_bits(double x) { return __double_as_longlong(x); }
__device__ __forceinline__ double ofp_double(long x) { return __longlong_as_double(x); }
__device__ __forceinline__ float ofp_least(float a, float b) { return fminf(a, b); }
__device__ __forceinline__ float ofp_most(float a, float b) { return fmaxf(a, b); }
__device__ __forceinline__ float ofp_abs(float x) { return fabsf(x); }
__device__ __forceinline__ double ofp_abs(double x) { return fabs(x); }
__device__ __forceinline__ float ofp_sign(float x, float s) { return copysignf(x, s); }
__device__ __forceinline__ double ofp_sign(double x, double s) { return copysign(x, s); }
__device__ __forceinline__ double ofp_round(double x) { return rint(x); }
__device__ __forceinline__ double ofp_floor(double x) { return floor(x); }
#endif

// Keeps what is made of x on its branch; the compiler would work it out ahead, for every thread.
__device__ __forceinline__ float ofp_here(float x) {
  asm volatile("" : "+f"(x));
  return x;
}

#define OFP_KERNEL extern "C" __global__ void

// The number of this thread among all of the launch.
__device__ __forceinline__ long ofp_index() { return (long)OFP_BLOCK * OFP_THREADS + OFP_THREAD; }

// Which pixel of which frame this thread has. A frame has whole blocks to itself, so that no thread
// divides 64-bit numbers; the last of them may reach beyond it.
struct Place {
  int frame;
  int pixel;
  long index;
  bool outside;
};

__device__ __forceinline__ Place ofp_place(int pixels) {
  int blocks = (pixels + OFP_THREADS - 1) / OFP_THREADS;
  int frame = OFP_BLOCK / blocks;
  int pixel = (OFP_BLOCK - frame * blocks) * OFP_THREADS + OFP_THREAD;
  return Place{frame, pixel, (long)frame * pixels + pixel, pixel >= pixels};
}
