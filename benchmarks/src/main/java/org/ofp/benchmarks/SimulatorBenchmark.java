// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ofp.cli.bench.RandomFields;
import org.ofp.cli.bench.TransformRun;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Complete 512×512 transforms on the simulator, per transform: encode, load, transform, read,
 * reconstruct. With {@code -prof gc} JMH reports what they allocate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SimulatorBenchmark {
  private static final int SIDE = 512;
  private static final int FIELDS = 8;

  /** What is measured. */
  public enum Bench {
    /** {@code sim:ideal}. */
    IDEAL,
    /** {@code sim:demonstrator}, four reads of a fixed exposure. */
    FIXED,
    /** {@code sim:demonstrator}, each frame metered before its four reads. */
    METERED
  }

  /** The FFT engine's name. */
  @Param({"mkl", "jtransforms"})
  public String fft;

  /** What is simulated, and how it is exposed. */
  @Param public Bench bench;

  private OpticalFourierDevice device;
  private TransformRun run;

  /** Opens the device. */
  @Setup
  public void open() {
    device =
        switch (bench) {
          case IDEAL -> Simulators.open("ideal", SIDE, fft);
          case FIXED -> FixedExposure.on(Simulators.open("demonstrator", SIDE, fft));
          case METERED -> Simulators.open("demonstrator", SIDE, fft);
        };
    FrameShape shape = new FrameShape(SIDE, SIDE);
    run = new TransformRun(device, shape, RandomFields.of(2 * shape.pixels() * FIELDS));
  }

  /** The transforms overwrite the fields. Once per batch, of many milliseconds each. */
  @Setup(Level.Invocation)
  public void fill() {
    run.fill();
  }

  /** The transforms. */
  @Benchmark
  @OperationsPerInvocation(FIELDS)
  public void transform() {
    run.transform();
  }

  /** Closes the device. */
  @TearDown
  public void close() {
    device.close();
  }
}
