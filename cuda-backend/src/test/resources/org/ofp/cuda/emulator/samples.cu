// SPDX-License-Identifier: Apache-2.0
//
// Kernels for the emulator's tests that use what numerical kernels use of the language. Compiled as
// the product's are, see compile.sh; the first line of samples.ptx is the SHA-256 of this file:
//   (echo "// $(sha256sum samples.cu | cut -d' ' -f1)"; clang-14 -x cuda --cuda-device-only \
//     --cuda-gpu-arch=sm_75 -nocudainc -nocudalib -ffp-contract=off -Wno-unknown-cuda-version \
//     -Wall -Werror -O3 -S samples.cu -o -) > samples.ptx
#define KERNEL extern "C" __attribute__((global)) void
#define DEVICE __attribute__((device))
#define THREAD __nvvm_read_ptx_sreg_tid_x()
#define INDEX (__nvvm_read_ptx_sreg_ctaid_x() * __nvvm_read_ptx_sreg_ntid_x() + THREAD)

__attribute__((constant)) const short primes[8] = {2, 3, 5, 7, 11, 13, 17, -19};

// Calls, a switch, a table of constants and an array in local memory.
DEVICE __attribute__((noinline)) long chosen(int kind, long x, int y) {
  switch (kind & 7) {
    case 0: return x + y;
    case 1: return x * 3 - y;
    case 2: return x ^ (long)y << 7;
    case 3: return y == 0 ? -1 : x / y;
    case 4: return __builtin_bitreverse64((unsigned long)x) >> 3;
    case 5: return __builtin_popcountl((unsigned long)x) + __builtin_clz((unsigned)y | 1);
    case 6: return (short)x * (unsigned char)y;
    default: return y == 0 ? -2 : x % y;
  }
}

KERNEL mix(const long *in, long *out, int n) {
  int i = INDEX;
  if (i >= n) {
    return;
  }
  long x = in[i];
  int last[8] = {};
  for (int round = 0; round < 20; round++) {
    int y = (int)(x >> 11) * primes[round & 7] + last[(x >> 3) & 7];
    last[x & 7] = y;
    x = chosen((int)(x >> 5) + round, x, y) + 0x9E3779B97F4A7C15L;
  }
  out[i] = x;
}

// Sums of blocks in shared memory, of warps by shuffles; counters in global memory.
KERNEL totals(const float *in, float *sums, int *negative, int *largest) {
  __attribute__((shared)) static float part[8];
  float sum = in[INDEX];
  if (sum < 0) {
    __atomic_fetch_add(negative, 1, __ATOMIC_RELAXED);
  }
  __atomic_fetch_max(largest, (int)sum, __ATOMIC_RELAXED);
  for (int step = 16; step > 0; step /= 2) {
    float other;
    asm volatile("shfl.sync.down.b32 %0, %1, %2, 31, -1;" : "=f"(other) : "f"(sum), "r"(step));
    sum += other;
  }
  if (THREAD % 32 == 0) {
    part[THREAD / 32] = sum;
  }
  __syncthreads();
  if (THREAD == 0) {
    float total = 0;
    for (int warp = 0; warp < 8; warp++) {
      total += part[warp];
    }
    sums[__nvvm_read_ptx_sreg_ctaid_x()] = total;
  }
}
