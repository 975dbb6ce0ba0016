// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** State spaces of memory. Constants lie in global memory here. */
enum Space {
  GLOBAL,
  SHARED,
  LOCAL,
  GENERIC;

  static Space of(PtxModule.Instruction instruction) {
    if (instruction.has("global") || instruction.has("const")) {
      return GLOBAL;
    }
    return instruction.has("shared") ? SHARED : instruction.has("local") ? LOCAL : GENERIC;
  }
}
