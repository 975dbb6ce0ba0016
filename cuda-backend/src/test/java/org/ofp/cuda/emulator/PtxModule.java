// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A PTX text, parsed.
 *
 * @param name for messages
 * @param lines of the text, for messages
 */
record PtxModule(
    String name, List<String> lines, Map<String, Function> functions, List<Variable> variables) {

  /** The text of a line, counted from 1. */
  String line(int number) {
    return lines.get(number - 1).strip();
  }

  /**
   * A kernel or device function.
   *
   * @param returns empty or one
   */
  record Function(
      String name,
      boolean kernel,
      List<Variable> returns,
      List<Variable> parameters,
      List<Statement> body) {}

  /**
   * A variable of state space {@code global}, {@code const}, {@code shared}, {@code local} or
   * {@code param}.
   *
   * @param type of its elements, such as {@code f32}
   * @param bytes 0 for an array without size
   * @param initial its bytes; shorter than {@code bytes}: the rest is zero; null: none given
   */
  record Variable(
      String space,
      int align,
      String type,
      String name,
      long bytes,
      ByteBuffer initial,
      int line) {}

  /** What may stand in a body. */
  sealed interface Statement {
    int line();
  }

  record Label(String name, int line) implements Statement {}

  record Declaration(Variable variable) implements Statement {
    @Override
    public int line() {
      return variable.line();
    }
  }

  /** Labels that {@code brx.idx} may jump to. */
  record Targets(String name, List<String> labels, int line) implements Statement {}

  /**
   * An instruction.
   *
   * @param guard register of its predicate; null: none
   * @param opcode split at its dots
   */
  record Instruction(
      String guard, boolean guardNegated, List<String> opcode, List<PtxOperand> operands, int line)
      implements Statement {

    /** The operation without its modifiers. */
    String operation() {
      return opcode.get(0);
    }

    /** The last modifier. */
    String type() {
      return opcode.get(opcode.size() - 1);
    }

    boolean has(String modifier) {
      return opcode.indexOf(modifier) > 0;
    }
  }
}
