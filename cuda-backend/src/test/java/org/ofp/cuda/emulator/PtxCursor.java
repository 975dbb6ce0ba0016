// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.List;

/** Walks over tokens; reads operands. */
final class PtxCursor {
  private final List<PtxToken> tokens;
  private int next;

  PtxCursor(List<PtxToken> tokens) {
    this.tokens = tokens;
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  PtxToken peek() {
    return peek(0);
  }

  PtxToken peek(int ahead) {
    if (next + ahead >= tokens.size()) {
      int line = tokens.isEmpty() ? 1 : tokens.get(tokens.size() - 1).line();
      throw new PtxException(line, "the text ends within a statement");
    }
    return tokens.get(next + ahead);
  }

  PtxToken next() {
    PtxToken token = peek();
    next++;
    return token;
  }

  boolean take(String text) {
    boolean there = !atEnd() && peek().is(text);
    next += there ? 1 : 0;
    return there;
  }

  void expect(String text) {
    PtxToken token = next();
    if (!token.is(text)) {
      throw new PtxException(token.line(), "expected " + text + ", found " + token.text());
    }
  }

  void skipLine() {
    int line = peek().line();
    while (!atEnd() && peek().line() == line) {
      next++;
    }
  }

  void skipStatement() {
    while (!next().is(";")) {}
  }

  PtxOperand operand() {
    PtxOperand first = single();
    return take("|") ? new PtxOperand.Tuple(List.of(first, single())) : first;
  }

  private PtxOperand single() {
    PtxToken token = next();
    return switch (token.text()) {
      case "{" -> tuple("}");
      case "(" -> tuple(")");
      case "[" -> address();
      case "!" -> new PtxOperand.Not(next().text());
      case "-" -> new PtxOperand.Immediate(-next().number());
      case "_" -> new PtxOperand.Register("_");
      default -> named(token);
    };
  }

  private PtxOperand named(PtxToken token) {
    if (token.isNumber()) {
      return new PtxOperand.Immediate(token.number());
    } else if (token.text().startsWith("%")) {
      return new PtxOperand.Register(token.text());
    } else if (Character.isJavaIdentifierStart(token.text().charAt(0))) {
      return new PtxOperand.Symbol(token.text(), offset());
    }
    throw new PtxException(token.line(), "not an operand: " + token.text());
  }

  private PtxOperand.Address address() {
    PtxOperand base = single();
    long offset = 0;
    if (base instanceof PtxOperand.Symbol symbol) {
      base = new PtxOperand.Symbol(symbol.name(), 0);
      offset = symbol.offset();
    } else if (base instanceof PtxOperand.Register) {
      offset = offset();
    }
    expect("]");
    return new PtxOperand.Address(base, offset);
  }

  /** {@code +n}, {@code +-n}, {@code -n} or nothing. */
  private long offset() {
    boolean plus = take("+");
    if (take("-")) {
      return -next().number();
    }
    return plus ? next().number() : 0;
  }

  private PtxOperand.Tuple tuple(String end) {
    List<PtxOperand> elements = new ArrayList<>();
    while (!take(end)) {
      elements.add(single());
      take(",");
    }
    return new PtxOperand.Tuple(elements);
  }
}
