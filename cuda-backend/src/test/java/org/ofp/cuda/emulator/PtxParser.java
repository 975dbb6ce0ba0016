// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ofp.cuda.emulator.PtxModule.Declaration;
import org.ofp.cuda.emulator.PtxModule.Function;
import org.ofp.cuda.emulator.PtxModule.Instruction;
import org.ofp.cuda.emulator.PtxModule.Label;
import org.ofp.cuda.emulator.PtxModule.Statement;
import org.ofp.cuda.emulator.PtxModule.Targets;
import org.ofp.cuda.emulator.PtxModule.Variable;

/**
 * Reads the PTX that clang and nvcc write. Register declarations are skipped: every name is one.
 */
final class PtxParser {
  private static final Set<String> SPACES =
      Set.of(".global", ".const", ".shared", ".local", ".param");

  private final PtxCursor in;
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final List<Variable> variables = new ArrayList<>();

  private PtxParser(String ptx) {
    this.in = new PtxCursor(PtxToken.split(ptx));
  }

  static PtxModule parse(String name, String ptx) {
    PtxParser parser = new PtxParser(ptx);
    while (!parser.in.atEnd()) {
      parser.topLevel();
    }
    return new PtxModule(name, ptx.lines().toList(), parser.functions, parser.variables);
  }

  private void topLevel() {
    PtxToken token = in.peek();
    if (token.is(".entry") || token.is(".func")) {
      function();
    } else if (SPACES.contains(token.text())) {
      variables.add(variable());
      in.expect(";");
    } else if (Set.of(".visible", ".extern", ".weak", ".common").contains(token.text())) {
      in.next();
    } else if (Set.of(".version", ".target", ".address_size", ".file").contains(token.text())) {
      in.skipLine();
    } else {
      throw new PtxException(token.line(), "unknown directive: " + token.text());
    }
  }

  private void function() {
    boolean kernel = in.next().is(".entry");
    List<Variable> returns = in.peek().is("(") ? parameters() : List.of();
    String name = in.next().text();
    List<Variable> parameters = in.peek().is("(") ? parameters() : List.of();
    while (!in.peek().is("{") && !in.peek().is(";")) {
      in.next(); // .maxntid and the like
    }
    if (in.take(";")) {
      return; // a declaration; the definition follows
    }
    functions.put(name, new Function(name, kernel, returns, parameters, body()));
  }

  private List<Variable> parameters() {
    List<Variable> result = new ArrayList<>();
    in.expect("(");
    while (!in.take(")")) {
      result.add(variable());
      in.take(",");
    }
    return result;
  }

  /** Such as {@code .shared .align 4 .b8 name[128]}, without what ends it. */
  private Variable variable() {
    PtxToken space = in.next();
    int align = 1;
    String type = "";
    while (in.peek().text().startsWith(".")) {
      String word = in.next().text();
      if (word.equals(".align")) {
        align = (int) in.next().number();
      } else if (!word.equals(".ptr") && !SPACES.contains(word)) {
        type = word.substring(1);
      }
    }
    String name = in.next().text();
    int element = PtxType.bytes(type, space.line());
    long bytes = element;
    while (in.take("[")) {
      bytes *= in.peek().is("]") ? 0 : in.next().number();
      in.expect("]");
    }
    ByteBuffer initial = in.take("=") ? initialiser(element) : null;
    return new Variable(
        space.text().substring(1),
        Math.max(align, element),
        type,
        name,
        bytes,
        initial,
        space.line());
  }

  private ByteBuffer initialiser(int element) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int depth = 0;
    do {
      PtxToken token = in.next();
      if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
      } else if (!token.is(",")) {
        boolean negative = token.is("-");
        long value = negative ? -in.next().number() : token.number();
        for (int i = 0; i < element; i++) {
          bytes.write((byte) (value >>> (8 * i)));
        }
      }
    } while (depth > 0);
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private List<Statement> body() {
    List<Statement> body = new ArrayList<>();
    in.expect("{");
    int depth = 1;
    while (depth > 0) {
      PtxToken token = in.peek();
      if (in.take("{")) {
        depth++;
      } else if (in.take("}")) {
        depth--;
      } else if (token.is(".reg") || token.is(".pragma")) {
        in.skipStatement();
      } else if (token.is(".loc")) {
        in.skipLine();
      } else if (SPACES.contains(token.text())) {
        body.add(new Declaration(variable()));
        in.expect(";");
      } else if (in.peek(1).is(":")) {
        in.next();
        in.next();
        body.add(in.peek().is(".branchtargets") ? targets(token) : label(token));
      } else {
        body.add(instruction());
      }
    }
    return body;
  }

  private static Label label(PtxToken name) {
    return new Label(name.text(), name.line());
  }

  private Targets targets(PtxToken name) {
    in.next();
    List<String> labels = new ArrayList<>();
    do {
      labels.add(in.next().text());
    } while (in.take(","));
    in.expect(";");
    return new Targets(name.text(), labels, name.line());
  }

  private Instruction instruction() {
    int line = in.peek().line();
    String guard = null;
    boolean negated = false;
    if (in.take("@")) {
      negated = in.take("!");
      guard = in.next().text();
    }
    List<String> opcode = List.of(in.next().text().split("\\."));
    List<PtxOperand> operands = new ArrayList<>();
    while (!in.take(";")) {
      operands.add(in.operand());
      in.take(",");
    }
    return new Instruction(guard, negated, opcode, operands, line);
  }
}
