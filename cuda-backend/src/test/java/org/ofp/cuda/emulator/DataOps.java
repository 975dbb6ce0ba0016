// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;
import java.util.stream.IntStream;
import org.ofp.cuda.emulator.PtxModule.Instruction;

/** Decodes instructions that compute or move data. */
final class DataOps {
  private final Decoder decoder;

  DataOps(Decoder decoder) {
    this.decoder = decoder;
  }

  void decode(Instruction instruction) {
    switch (instruction.operation()) {
      case "mov" -> move(instruction);
      case "cvta" -> lane(instruction, Lanes.MOVE, to(instruction), from(instruction, 1));
      case "ld", "ldu" -> load(instruction);
      case "st" -> store(instruction);
      case "atom", "red" -> atomic(instruction);
      case "setp" -> setPredicate(instruction);
      case "selp" ->
          lane(
              instruction,
              Lanes.SELECT,
              to(instruction),
              from(instruction, 1),
              from(instruction, 2),
              predicate(instruction, instruction.operands().get(3)));
      case "shfl" -> shuffle(instruction);
      case "vote" -> vote(instruction);
      case "activemask" ->
          decoder.emit(
              instruction, new WarpOps.Vote("ballot", to(instruction), decoder.constant(1), -1));
      default -> compute(instruction);
    }
  }

  private void compute(Instruction instruction) {
    Lane lane = Lanes.find(instruction);
    int n = instruction.operands().size();
    if (lane == null || lane.arity() != n - 1) {
      throw decoder.unknown(instruction);
    }
    int[] columns =
        IntStream.range(0, n).map(i -> i == 0 ? to(instruction) : from(instruction, i)).toArray();
    lane(instruction, lane, columns);
  }

  private void move(Instruction instruction) {
    List<PtxOperand> operands = instruction.operands();
    boolean halves = instruction.type().equals("b32");
    if (operands.get(0) instanceof PtxOperand.Tuple parts) {
      checkPair(instruction, parts);
      int from = from(instruction, 1);
      // The source may be one of the destinations.
      int low = decoder.temporary();
      lane(instruction, halves ? Lanes.LOW_HALF : Lanes.LOW, low, from);
      int high = decoder.register(parts.elements().get(1));
      lane(instruction, halves ? Lanes.HIGH_HALF : Lanes.HIGH, high, from);
      lane(instruction, Lanes.MOVE, decoder.register(parts.elements().get(0)), low);
    } else if (operands.get(1) instanceof PtxOperand.Tuple parts) {
      checkPair(instruction, parts);
      Lane pack = halves ? Lanes.PACK_HALVES : Lanes.PACK;
      int low = decoder.read(parts.elements().get(0));
      lane(instruction, pack, to(instruction), low, decoder.read(parts.elements().get(1)));
    } else {
      lane(instruction, Lanes.MOVE, to(instruction), from(instruction, 1));
    }
  }

  private void checkPair(Instruction instruction, PtxOperand.Tuple parts) {
    boolean known = instruction.type().equals("b32") || instruction.type().equals("b64");
    if (parts.elements().size() != 2 || !known) {
      throw decoder.unknown(instruction);
    }
  }

  private void load(Instruction instruction) {
    PtxOperand.Address address = (PtxOperand.Address) instruction.operands().get(1);
    if (address.base() instanceof PtxOperand.Symbol symbol) {
      int parameter = decoder.parameter(symbol.name());
      if (parameter >= 0) {
        if (address.offset() != 0 || instruction.operands().get(0) instanceof PtxOperand.Tuple) {
          throw decoder.unknown(instruction);
        }
        lane(instruction, Lanes.MOVE, to(instruction), parameter);
        return;
      }
    }
    int[] columns = columns(instruction, address, instruction.operands().get(0), true);
    decoder.emit(
        instruction, Specialised.memory(LoadOp.class, kind(instruction, address), columns));
  }

  private void store(Instruction instruction) {
    PtxOperand.Address address = (PtxOperand.Address) instruction.operands().get(0);
    int[] columns = columns(instruction, address, instruction.operands().get(1), false);
    decoder.emit(
        instruction, Specialised.memory(StoreOp.class, kind(instruction, address), columns));
  }

  /** The address and the values, of which there are as many as the vector has elements. */
  private int[] columns(
      Instruction instruction, PtxOperand.Address address, PtxOperand values, boolean written) {
    List<PtxOperand> elements =
        values instanceof PtxOperand.Tuple tuple ? tuple.elements() : List.of(values);
    int expected = instruction.has("v2") ? 2 : instruction.has("v4") ? 4 : 1;
    if (elements.size() != expected) {
      throw decoder.unknown(instruction);
    }
    int[] columns = new int[expected + 1];
    columns[0] = decoder.read(address.base());
    for (int i = 0; i < expected; i++) {
      PtxOperand element = elements.get(i);
      columns[i + 1] = written ? decoder.register(element) : decoder.read(element);
    }
    return columns;
  }

  /** Parameters of functions are local memory here. */
  private static LoadOp.Kind kind(Instruction instruction, PtxOperand.Address address) {
    Space space = instruction.has("param") ? Space.LOCAL : Space.of(instruction);
    Element element = Element.of(instruction.type(), instruction.line());
    return new LoadOp.Kind(space, element, address.offset());
  }

  private void atomic(Instruction instruction) {
    boolean returns = instruction.operation().equals("atom");
    List<PtxOperand> operands = instruction.operands();
    int at = returns ? 1 : 0;
    List<String> words = instruction.opcode();
    String operation = words.get(words.size() - 2);
    Lane.Three update = AtomicOp.update(operation, instruction.type(), Lanes.TABLE);
    if (update == null || !(operands.get(at) instanceof PtxOperand.Address address)) {
      throw decoder.unknown(instruction);
    }
    LoadOp.Kind kind = kind(instruction, address);
    boolean wanted = returns && decoder.isRead(operands.get(0));
    if (kind.space() != Space.SHARED && !AtomicOp.commutes(operation, instruction.type(), wanted)) {
      decoder.order();
    }
    int to = wanted ? to(instruction) : -1;
    int b = decoder.read(operands.get(at + 1));
    int c = operands.size() > at + 2 ? decoder.read(operands.get(at + 2)) : b;
    int base = decoder.read(address.base());
    decoder.emit(instruction, new AtomicOp(kind, update, to, base, b, c));
  }

  private void setPredicate(Instruction instruction) {
    if (instruction.operands().size() == 3
        && instruction.operands().get(0) instanceof PtxOperand.Register) {
      compare(instruction, to(instruction));
      return;
    }
    int truth = compare(instruction, decoder.temporary());
    if (instruction.operands().get(0) instanceof PtxOperand.Tuple both) {
      int negation = decoder.temporary();
      // The combination, if there is one, is with the comparison negated.
      lane(instruction, Lanes.NOT, negation, truth);
      lane(
          instruction,
          Lanes.MOVE,
          decoder.register(both.elements().get(1)),
          combine(instruction, negation));
      lane(
          instruction,
          Lanes.MOVE,
          decoder.register(both.elements().get(0)),
          combine(instruction, truth));
    } else {
      lane(instruction, Lanes.MOVE, to(instruction), combine(instruction, truth));
    }
  }

  private int compare(Instruction instruction, int truth) {
    Lane comparison = Lanes.comparison(instruction.opcode().get(1), instruction.type());
    if (comparison == null || instruction.has("ftz")) {
      throw decoder.unknown(instruction);
    }
    lane(instruction, comparison, truth, from(instruction, 1), from(instruction, 2));
    return truth;
  }

  private int combine(Instruction instruction, int truth) {
    String operator = instruction.opcode().get(2);
    if (instruction.operands().size() < 4) {
      return truth;
    } else if (!List.of("and", "or", "xor").contains(operator)) {
      throw decoder.unknown(instruction);
    }
    int result = decoder.temporary();
    int other = predicate(instruction, instruction.operands().get(3));
    lane(instruction, Lanes.TABLE.get(operator + ".pred"), result, truth, other);
    return result;
  }

  private int predicate(Instruction instruction, PtxOperand operand) {
    if (operand instanceof PtxOperand.Not not) {
      int result = decoder.temporary();
      int from = decoder.read(new PtxOperand.Register(not.register()));
      lane(instruction, Lanes.NOT, result, from);
      return result;
    }
    return decoder.read(operand);
  }

  private void shuffle(Instruction instruction) {
    List<PtxOperand> operands = instruction.operands();
    int to;
    int within = -1;
    if (operands.get(0) instanceof PtxOperand.Tuple both) {
      to = decoder.register(both.elements().get(0));
      within = decoder.register(both.elements().get(1));
    } else {
      to = to(instruction);
    }
    if (!instruction.has("sync")) {
      throw decoder.unknown(instruction);
    }
    int[] sources = IntStream.range(1, 5).map(i -> from(instruction, i)).toArray();
    String mode = instruction.opcode().get(2);
    decoder.emit(
        instruction,
        new WarpOps.Shuffle(mode, to, within, sources[0], sources[1], sources[2], sources[3]));
  }

  private void vote(Instruction instruction) {
    if (!instruction.has("sync")) {
      throw decoder.unknown(instruction);
    }
    int predicate = predicate(instruction, instruction.operands().get(1));
    int mask = from(instruction, 2);
    String mode = instruction.opcode().get(2);
    decoder.emit(instruction, new WarpOps.Vote(mode, to(instruction), predicate, mask));
  }

  private int to(Instruction instruction) {
    return decoder.register(instruction.operands().get(0));
  }

  private int from(Instruction instruction, int operand) {
    return decoder.read(instruction, operand);
  }

  private void lane(Instruction instruction, Lane lane, int... columns) {
    decoder.emit(instruction, Specialised.lane(lane, columns));
  }
}
