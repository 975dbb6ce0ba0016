// SPDX-License-Identifier: Apache-2.0
// A kernel with one argument of each kind, for the tests of the driver's edge.
#ifdef __NVCC__
#define OFP_THREAD (blockIdx.x * blockDim.x + threadIdx.x)
#else
#define __global__ __attribute__((global))
#define OFP_THREAD                                                        \
  (__nvvm_read_ptx_sreg_ctaid_x() * __nvvm_read_ptx_sreg_ntid_x() +       \
   __nvvm_read_ptx_sreg_tid_x())
#endif

// out[i] = a·in[i] + b for i < n.
extern "C" __global__ void probe(double *out, const float *in, int n, float a, double b) {
  int i = OFP_THREAD;
  if (i < n) {
    out[i] = (double)(a * in[i]) + b;
  }
}
