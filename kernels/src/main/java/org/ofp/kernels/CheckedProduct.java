// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.concurrent.locks.StampedLock;

/**
 * The facade of every complex product: checks arguments, and keeps {@code close} from freeing
 * native memory that another thread's product still reads.
 */
final class CheckedProduct implements ComplexProduct {

  private final ComplexProduct engine;

  CheckedProduct(ComplexProduct engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public int priority() {
    return engine.priority();
  }

  @Override
  public void probe() {
    engine.probe();
  }

  @Override
  public PreparedProduct prepare(int matrices, int m, int k) {
    Checks.atLeast("matrices", matrices, 0);
    Checks.atLeast("m", m, 1);
    Checks.atLeast("k", k, 1);
    Checks.complexLength("w", matrices, m, k);
    return new Prepared(engine.prepare(matrices, m, k));
  }

  private static final class Prepared implements PreparedProduct {

    private final PreparedProduct engine;
    private final StampedLock lock = new StampedLock();
    private volatile boolean closed;

    Prepared(PreparedProduct engine) {
      this.engine = engine;
    }

    @Override
    public int matrices() {
      return engine.matrices();
    }

    @Override
    public int m() {
      return engine.m();
    }

    @Override
    public int k() {
      return engine.k();
    }

    @Override
    public FloatBuffer weights() {
      requireOpen();
      return engine.weights();
    }

    @Override
    public void multiply(
        int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset) {
      Objects.checkFromToIndex(from, to, matrices());
      Checks.atLeast("n", n, 1);
      Checks.range("x", xOffset, 2L * k() * n, to - from, x.limit());
      Checks.range("y", yOffset, 2L * m() * n, to - from, y.limit());
      Checks.nativeOrder("x", x);
      Checks.nativeOrder("y", y);
      Checks.writable("y", y);
      long stamp = lock.readLock();
      try {
        requireOpen();
        engine.multiply(from, to, n, x, xOffset, y, yOffset);
      } finally {
        lock.unlockRead(stamp);
      }
    }

    private void requireOpen() {
      if (closed) {
        throw new IllegalStateException("The prepared product is closed");
      }
    }

    @Override
    public void close() {
      long stamp = lock.writeLock();
      try {
        if (!closed) {
          closed = true;
          engine.close();
        }
      } finally {
        lock.unlockWrite(stamp);
      }
    }
  }
}
