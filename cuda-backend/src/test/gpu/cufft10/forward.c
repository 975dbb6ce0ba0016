// SPDX-License-Identifier: Apache-2.0
// libcufft.so.10 for hosts that have a newer cuFFT: each function passes its call on to
// libcufft.so.12 or .11, whose C functions are the same. For tests of JCufft 11.8 only. Without a
// newer cuFFT every call returns CUFFT_SETUP_FAILED.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

#define FUNCTIONS(F)                                                                              \
  F(Create) F(Destroy) F(Estimate1d) F(Estimate2d) F(Estimate3d) F(EstimateMany) F(ExecC2C)       \
  F(ExecC2R) F(ExecD2Z) F(ExecR2C) F(ExecZ2D) F(ExecZ2Z) F(GetProperty) F(GetSize) F(GetSize1d)   \
  F(GetSize2d) F(GetSize3d) F(GetSizeMany) F(GetSizeMany64) F(GetVersion) F(MakePlan1d)           \
  F(MakePlan2d) F(MakePlan3d) F(MakePlanMany) F(MakePlanMany64) F(Plan1d) F(Plan2d) F(Plan3d)     \
  F(PlanMany) F(SetAutoAllocation) F(SetStream) F(SetWorkArea)

static int setup_failed(void) { return 7; }

// A jump leaves registers and stack as the caller made them, whatever the arguments are.
#define FORWARD(NAME)                                                                             \
  void *cufft10_##NAME __attribute__((visibility("hidden"), used)) = (void *)setup_failed;        \
  __asm__(".text\n.globl cufft" #NAME "\n.type cufft" #NAME ", @function\ncufft" #NAME            \
          ": jmp *cufft10_" #NAME "(%rip)\n");
FUNCTIONS(FORWARD)

static void resolve(void *library, const char *name, void **target) {
  void *found = dlsym(library, name);
  if (found) *target = found;
}

__attribute__((constructor)) static void load(void) {
  void *library = dlopen("libcufft.so.12", RTLD_LAZY);
  if (!library) library = dlopen("libcufft.so.11", RTLD_LAZY);
  if (!library) return;
#define RESOLVE(NAME) resolve(library, "cufft" #NAME, &cufft10_##NAME);
  FUNCTIONS(RESOLVE)
}
