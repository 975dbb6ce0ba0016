// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ofp.optics.CounterRandom;
import org.ofp.optics.ShotNoise;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Noise per detector sample, on one thread, by the mean number of electrons. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {
  private static final int SAMPLES = 16384;
  private static final double READ_VARIANCE = 4;

  /** The mean, the same for all samples. */
  @Param({"0.1", "1", "10", "1000", "100000"})
  public float electrons;

  private final float[] means = new float[SAMPLES];
  private final float[] drawn = new float[SAMPLES];
  private final ShotNoise.Scratch scratch = new ShotNoise.Scratch();
  private int frame;

  /** Sets the means. */
  @Setup
  public void fill() {
    Arrays.fill(means, electrons);
  }

  /** Shot and read noise. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public float[] shotAndReadNoise() {
    System.arraycopy(means, 0, drawn, 0, SAMPLES);
    ShotNoise.apply(drawn, 0, SAMPLES, 0, READ_VARIANCE, nextKey(), scratch);
    return drawn;
  }

  /** Read noise alone, which does not depend on the mean. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public float[] readNoise() {
    System.arraycopy(means, 0, drawn, 0, SAMPLES);
    ShotNoise.addReadNoise(drawn, 0, SAMPLES, 0, READ_VARIANCE, nextKey(), scratch);
    return drawn;
  }

  private long nextKey() {
    return CounterRandom.key(1, frame++, 0, 0, 0);
  }
}
