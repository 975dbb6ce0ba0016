// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ofp.cuda.emulator.PtxModule.Instruction;

/** Turns a kernel's text into {@link Op}s; functions are put in place of their calls. */
final class Decoder {
  /** What a kernel may have without special settings. */
  private static final long MOST_SHARED = 48 * 1024;

  private final PtxModule module;
  private final Map<String, Long> globals;
  private final Columns columns = new Columns();
  private final Map<String, Integer> parameters = new HashMap<>();
  private final Map<String, Long> moduleShared = new HashMap<>();
  private final List<Op> ops = new ArrayList<>();
  private final List<FlowOps.Target> targets = new ArrayList<>();
  private final DataOps data = new DataOps(this);
  private long shared;
  private long local;
  private int instances;
  private boolean ordered;
  private int line;
  private Scope scope;

  private Decoder(PtxModule module, Map<String, Long> globals) {
    this.module = module;
    this.globals = globals;
  }

  /**
   * Decodes a kernel.
   *
   * @param globals addresses of the module's variables
   */
  static Kernel.Code decode(
      PtxModule module, PtxModule.Function kernel, Map<String, Long> globals) {
    return new Decoder(module, globals).decode(kernel);
  }

  private Kernel.Code decode(PtxModule.Function kernel) {
    List<Integer> parameterColumns = new ArrayList<>();
    for (PtxModule.Variable parameter : kernel.parameters()) {
      parameterColumns.add(columns.temporary());
      parameters.put(parameter.name(), parameterColumns.get(parameterColumns.size() - 1));
    }
    statements(new Scope(0, kernel, null));
    ops.add(new FlowOps.Exit(ops.size()));
    BitSet leaders = new BitSet();
    targets.forEach(target -> leaders.set(target.at));
    return new Kernel.Code(
        module,
        kernel,
        List.copyOf(ops),
        leaders,
        columns.count(),
        columns.constants(),
        columns.specials(),
        parameterColumns,
        shared,
        local,
        ordered);
  }

  private void statements(Scope inner) {
    for (PtxModule.Statement statement : inner.function.body()) {
      scope = inner; // calls leave theirs
      line = statement.line();
      if (statement instanceof PtxModule.Label label) {
        place(inner.label(label.name()));
      } else if (statement instanceof PtxModule.Targets list) {
        inner.branchTargets.put(list.name(), list.labels());
      } else if (statement instanceof PtxModule.Declaration declaration) {
        inner.variables.put(declaration.variable().name(), declare(declaration.variable()));
      } else if (statement instanceof Instruction instruction) {
        instruction(instruction);
      }
    }
    for (FlowOps.Target target : inner.labels()) {
      if (target.at < 0) {
        throw new PtxException(line, "a label of " + inner.function.name() + " is missing");
      }
    }
  }

  private void place(FlowOps.Target target) {
    target.at = ops.size();
    targets.add(target);
  }

  /** Finds a place for a variable of shared or local memory; gives its address. */
  private long declare(PtxModule.Variable variable) {
    if (variable.space().equals("shared")) {
      if (variable.bytes() == 0) {
        throw new PtxException(line, "dynamic shared memory, which launches have none of");
      }
      shared = align(shared, variable.align());
      shared += variable.bytes();
      if (shared > MOST_SHARED) {
        throw new PtxException(line, shared + " bytes of shared memory; at most " + MOST_SHARED);
      }
      return AddressSpace.SHARED + shared - variable.bytes();
    }
    local = align(local, variable.align());
    local += variable.bytes();
    return AddressSpace.LOCAL + local - variable.bytes();
  }

  private static long align(long at, int to) {
    return (at + to - 1) / to * to;
  }

  private void instruction(Instruction instruction) {
    switch (instruction.operation()) {
      case "bra" -> emit(instruction, new FlowOps.Branch(label(instruction, 0), ops.size()));
      case "brx" -> {
        List<FlowOps.Target> choices =
            scope.branchTargets.getOrDefault(name(instruction, 1), List.of()).stream()
                .map(scope::label)
                .toList();
        int index = read(instruction, 0);
        emit(instruction, new FlowOps.IndexedBranch(choices, index));
      }
      case "ret", "exit" -> {
        boolean returns = instruction.operation().equals("ret") && scope.caller != null;
        int at = ops.size();
        emit(instruction, returns ? new FlowOps.Branch(scope.end, at) : new FlowOps.Exit(at));
      }
      case "trap" -> emit(instruction, new FlowOps.Trap());
      case "call" -> call(instruction);
      case "bar", "barrier" -> barrier(instruction);
      case "membar", "fence", "prefetch", "prefetchu" -> {}
      default -> data.decode(instruction);
    }
  }

  private void barrier(Instruction instruction) {
    if (instruction.has("warp")) {
      emit(instruction, new WarpOps.WarpBarrier(read(instruction, 0)));
      return;
    }
    boolean first =
        instruction.operands().equals(List.of(new PtxOperand.Immediate(0)))
            && instruction.guard() == null;
    if (!instruction.has("sync") || !first) {
      throw unknown(instruction);
    }
    emit(instruction, new FlowOps.Barrier(ops.size()));
  }

  private void call(Instruction instruction) {
    List<PtxOperand> operands = new ArrayList<>(instruction.operands());
    List<PtxOperand> results = List.of();
    if (operands.get(0) instanceof PtxOperand.Tuple tuple) {
      results = tuple.elements();
      operands.remove(0);
    }
    PtxModule.Function callee =
        operands.get(0) instanceof PtxOperand.Symbol symbol
            ? module.functions().get(symbol.name())
            : null;
    if (callee == null || scope.calls(callee.name()) || instruction.guard() != null) {
      throw new PtxException(
          line, "only plain calls of functions that do not call themselves: " + instruction);
    }
    List<PtxOperand> arguments =
        operands.size() > 1 && operands.get(1) instanceof PtxOperand.Tuple tuple
            ? tuple.elements()
            : List.of();
    Scope inner = new Scope(++instances, callee, scope);
    bind(inner, callee.returns(), results);
    bind(inner, callee.parameters(), arguments);
    statements(inner);
    place(inner.end);
  }

  /** The caller's variables of space {@code param} serve as the callee's. */
  private void bind(Scope inner, List<PtxModule.Variable> names, List<PtxOperand> given) {
    if (names.size() != given.size()) {
      throw new PtxException(line, inner.function.name() + " takes other arguments");
    }
    for (int i = 0; i < given.size(); i++) {
      String name = ((PtxOperand.Symbol) given.get(i)).name();
      inner.variables.put(names.get(i).name(), scope.variables.get(name));
    }
  }

  private FlowOps.Target label(Instruction instruction, int operand) {
    return scope.label(name(instruction, operand));
  }

  private static String name(Instruction instruction, int operand) {
    return ((PtxOperand.Symbol) instruction.operands().get(operand)).name();
  }

  void emit(Instruction instruction, Op op) {
    op.line = instruction.line();
    if (instruction.guard() != null) {
      op.guard = columns.register(scope.instance, instruction.guard());
      op.guardNegated = instruction.guardNegated();
    }
    ops.add(op);
  }

  /** Column of a register that is written. */
  int register(PtxOperand operand) {
    if (operand instanceof PtxOperand.Register register) {
      return columns.register(scope.instance, register.name());
    }
    throw new PtxException(line, "not a register: " + operand);
  }

  int temporary() {
    return columns.temporary();
  }

  int constant(long value) {
    return columns.constant(value);
  }

  int read(Instruction instruction, int operand) {
    return read(instruction.operands().get(operand));
  }

  /** Column of an operand that is read. */
  int read(PtxOperand operand) {
    if (operand instanceof PtxOperand.Immediate immediate) {
      return columns.constant(immediate.bits());
    } else if (operand instanceof PtxOperand.Symbol symbol) {
      return address(symbol);
    }
    return register(operand);
  }

  /** Column of a kernel's parameter; −1: there is none of that name. */
  int parameter(String name) {
    return scope.caller == null ? parameters.getOrDefault(name, -1) : -1;
  }

  /** Column of a variable's address. */
  int address(PtxOperand.Symbol symbol) {
    Long address = scope.variables.get(symbol.name());
    if (address == null) {
      address = globals.get(symbol.name());
    }
    if (address == null) {
      address = moduleShared.get(symbol.name());
    }
    if (address == null) {
      address =
          module.variables().stream()
              .filter(v -> v.space().equals("shared") && v.name().equals(symbol.name()))
              .findFirst()
              .map(this::declare)
              .orElseThrow(() -> new PtxException(line, "unknown name: " + symbol.name()));
      moduleShared.put(symbol.name(), address);
    }
    return columns.constant(address + symbol.offset());
  }

  /** Whether a register that an instruction writes is used anywhere else in the function. */
  boolean isRead(PtxOperand register) {
    long uses =
        scope.function.body().stream()
            .filter(Instruction.class::isInstance)
            .flatMap(statement -> ((Instruction) statement).operands().stream())
            .filter(operand -> mentions(operand, register))
            .count();
    return uses > 1;
  }

  private static boolean mentions(PtxOperand operand, PtxOperand register) {
    return operand instanceof PtxOperand.Tuple tuple
        ? tuple.elements().stream().anyMatch(element -> mentions(element, register))
        : operand.equals(register)
            || (operand instanceof PtxOperand.Address address && address.base().equals(register));
  }

  /** Blocks must run in order. */
  void order() {
    ordered = true;
  }

  PtxException unknown(Instruction instruction) {
    return new PtxException(
        instruction.line(), "the emulator does not know `" + module.line(instruction.line()) + "`");
  }
}
