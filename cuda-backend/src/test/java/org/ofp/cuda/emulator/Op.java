// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** A decoded instruction. */
abstract class Op {
  /** Column of the predicate that must hold; −1: none. */
  int guard = -1;

  boolean guardNegated;

  /** Of the PTX text. */
  int line;

  /** Executes it for the threads given. */
  abstract void run(Block block, Active active);

  /** An instruction after which threads may go different ways: sets {@link Block#next}. */
  abstract static class Flow extends Op {}
}
