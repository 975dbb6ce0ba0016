// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ofp.cli.bench.FftRun;
import org.ofp.cli.bench.RandomFields;
import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.Kernels;
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

/** The raw FFT engines, per transform: batches of 16 MiB, frames spread over all processors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FftBenchmark {
  private static final int FRAMES_512 = 8;
  private static final int FRAMES_64 = 512;

  /** The engine's name. */
  @Param({"mkl", "jtransforms"})
  public String fft;

  private FftRun frames512;
  private FftRun frames64;

  /** Makes plans and fields. */
  @Setup
  public void prepare() {
    FftKernel kernel = Kernels.fft(fft);
    frames512 = run(kernel, 512, FRAMES_512);
    frames64 = run(kernel, 64, FRAMES_64);
  }

  private static FftRun run(FftKernel kernel, int side, int frames) {
    FrameShape shape = new FrameShape(side, side);
    return new FftRun(kernel, shape, RandomFields.of(2 * shape.pixels() * frames));
  }

  /** 512×512. */
  @Benchmark
  @OperationsPerInvocation(FRAMES_512)
  public void frames512() {
    frames512.transform();
  }

  /** 64×64. */
  @Benchmark
  @OperationsPerInvocation(FRAMES_64)
  public void frames64() {
    frames64.transform();
  }
}
