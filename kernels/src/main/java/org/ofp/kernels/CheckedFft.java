// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The facade of every Fourier engine: checks arguments and caches plans. */
final class CheckedFft implements FftKernel {

  private final FftKernel engine;
  private final ConcurrentMap<Long, FftPlan> plans = new ConcurrentHashMap<>();

  CheckedFft(FftKernel engine) {
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
  public FftPlan plan(int rows, int cols) {
    Checks.frame(rows, cols);
    return plans.computeIfAbsent(
        (long) rows << 32 | cols, key -> new Plan(engine.plan(rows, cols)));
  }

  private record Plan(FftPlan engine) implements FftPlan {

    @Override
    public int rows() {
      return engine.rows();
    }

    @Override
    public int cols() {
      return engine.cols();
    }

    @Override
    public void forward(float[] data, int offset, int count) {
      check(data, offset, count);
      engine.forward(data, offset, count);
    }

    @Override
    public void inverse(float[] data, int offset, int count) {
      check(data, offset, count);
      engine.inverse(data, offset, count);
    }

    @Override
    public void forward(float[] frame, int offset, FftRows rows) {
      check(frame, offset, 1);
      engine.forward(frame, offset, Objects.requireNonNull(rows, "rows"));
    }

    private void check(float[] data, int offset, int count) {
      Objects.requireNonNull(data, "data");
      Checks.range("data", offset, 2L * rows() * cols(), count, data.length);
    }
  }
}
