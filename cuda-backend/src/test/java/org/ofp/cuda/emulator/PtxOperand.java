// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;

/** An operand as written. */
sealed interface PtxOperand {

  /** A register ({@code %r1}), special register ({@code %tid.x}) or the sink {@code _}. */
  record Register(String name) implements PtxOperand {}

  /** The negation of a predicate. */
  record Not(String register) implements PtxOperand {}

  /** A literal's bits; of 64 bits, or of 32 for {@code 0f}. */
  record Immediate(long bits) implements PtxOperand {}

  /** A variable, label or function, with an offset in bytes. */
  record Symbol(String name, long offset) implements PtxOperand {}

  /** What stands in brackets: a register, symbol or literal, plus an offset in bytes. */
  record Address(PtxOperand base, long offset) implements PtxOperand {}

  /** {@code {a, b}}, {@code (a, b)} or {@code a|b}. */
  record Tuple(List<PtxOperand> elements) implements PtxOperand {}
}
