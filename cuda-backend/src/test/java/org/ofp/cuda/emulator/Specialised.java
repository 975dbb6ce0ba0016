// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes instructions from template classes, with a class of its own per operation: the JIT compiler
 * then sees one operation in each loop and inlines it, which makes loops about ten times faster.
 */
final class Specialised {
  private record Key(Class<? extends Op> template, Object what) {}

  private static final Map<Key, MethodHandle> CONSTRUCTORS = new ConcurrentHashMap<>();

  private Specialised() {}

  /** Computes in registers; columns: the destination, then the sources. */
  static Op lane(Lane lane, int... columns) {
    Class<? extends Op> template =
        switch (lane.arity()) {
          case 1 -> LaneOneOp.class;
          case 2 -> LaneTwoOp.class;
          case 3 -> LaneThreeOp.class;
          default -> LaneFourOp.class;
        };
    return op(template, lane, Lane.class, lane, columns);
  }

  /** Loads or stores. */
  static Op memory(Class<? extends Op> template, LoadOp.Kind kind, int... columns) {
    return op(template, kind.element(), LoadOp.Kind.class, kind, columns);
  }

  /** {@code new TEMPLATE(operation, columns)} of the copy of the template for that key. */
  private static Op op(
      Class<? extends Op> template, Object key, Class<?> kind, Object operation, int... columns) {
    MethodHandle constructor =
        CONSTRUCTORS.computeIfAbsent(new Key(template, key), ignored -> copy(template, kind));
    try {
      return (Op) constructor.invoke(operation, columns);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle copy(Class<? extends Op> template, Class<?> kind) {
    try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      MethodHandles.Lookup lookup =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
      return lookup.findConstructor(
          lookup.lookupClass(), MethodType.methodType(void.class, kind, int[].class));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy " + template, e);
    }
  }
}
