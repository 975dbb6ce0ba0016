// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/**
 * What an instruction computes for one thread. Registers of every type are held as bits in a {@code
 * long}; of narrower types only the low bits count.
 */
sealed interface Lane {

  /** How many sources it has. */
  int arity();

  /** Of one source. */
  @FunctionalInterface
  non-sealed interface One extends Lane {
    long of(long a);

    @Override
    default int arity() {
      return 1;
    }
  }

  /** Of two sources. */
  @FunctionalInterface
  non-sealed interface Two extends Lane {
    long of(long a, long b);

    @Override
    default int arity() {
      return 2;
    }
  }

  /** Of three sources. */
  @FunctionalInterface
  non-sealed interface Three extends Lane {
    long of(long a, long b, long c);

    @Override
    default int arity() {
      return 3;
    }
  }

  /** Of four sources. */
  @FunctionalInterface
  non-sealed interface Four extends Lane {
    long of(long a, long b, long c, long d);

    @Override
    default int arity() {
      return 4;
    }
  }
}
