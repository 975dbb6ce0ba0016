// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.cuda.RequiresGpu;
import org.ofp.kernels.Kernels;

/** Both bindings to cuFFT against the host's transform. */
@RequiresGpu
class FftBindingTest {
  private static final long SEED = 8;

  static Stream<Arguments> frames() {
    List<int[]> sizes =
        new ArrayList<>(
            List.of(
                new int[] {1, 1, 3},
                new int[] {1, 7, 2},
                new int[] {5, 1, 2},
                new int[] {8, 8, 4},
                new int[] {11, 11, 5},
                new int[] {13, 17, 3},
                new int[] {24, 35, 2}));
    if (!GpuScale.fake()) {
      sizes.add(new int[] {127, 131, 7});
      sizes.add(new int[] {512, 512, 3});
      sizes.add(new int[] {509, 521, 2}); // primes
      sizes.add(new int[] {1000, 768, 1});
      sizes.add(new int[] {2039, 64, 1}); // a prime beyond cuFFT's own factors
    }
    return Stream.of("jcufft", "javacpp")
        .flatMap(b -> sizes.stream().map(s -> Arguments.of(b, s[0], s[1], s[2])));
  }

  @ParameterizedTest(name = "{0} {1}x{2}, {3} frames")
  @MethodSource("frames")
  void agreesWithTheHost(String binding, int rows, int cols, int batch) {
    CudaLibrary library =
        CudaLibraries.all().stream()
            .filter(l -> l.name().equals("cuFFT") && l.binding().equals(binding))
            .findFirst()
            .orElseThrow();
    // Hosts have cuFFT for one of the bindings at least, which DriverGpuTest needs.
    assumeTrue(library.missing().isEmpty(), () -> binding + ": " + library.missing().orElseThrow());
    float[] field = new float[2 * rows * cols * batch];
    Random random = new Random(SEED);
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) random.nextGaussian();
    }
    float[] forward = field.clone();
    Kernels.fft().plan(rows, cols).forward(forward, 0, batch);
    // Each of the log2(2N) butterfly levels adds about one rounding, 2^-24; a prime length is done
    // as three transforms of twice the length, and the host's own error comes on top.
    double tolerance = 10 * (1 + Math.log(2.0 * rows * cols) / Math.log(2)) * 0x1p-24;
    float[] there = transform(binding, field, rows, cols, batch, false);
    assertTrue(difference(there, forward) < tolerance, "error " + difference(there, forward));
    float[] back = transform(binding, there, rows, cols, batch, true);
    assertTrue(difference(back, field) < 2 * tolerance, "error " + difference(back, field));
    if (rows * cols > 4) { // the negative control: the other direction is another transform
      float[] wrong = transform(binding, field, rows, cols, batch, true);
      assertTrue(difference(wrong, forward) > 0.1);
    }
  }

  private static float[] transform(
      String binding, float[] field, int rows, int cols, int batch, boolean inverse) {
    long bytes = (long) field.length * Float.BYTES;
    try (DriverGpu gpu = DriverGpu.open(0);
        GpuStream stream = gpu.openStream();
        GpuMemory from = gpu.allocate("a test", bytes);
        GpuMemory to = gpu.allocate("a test", bytes);
        HostMemory host = gpu.allocateHost("a test", bytes)) {
      GpuFft fft = FftBindings.open(FftBindings.choose(binding), gpu);
      assertEquals(binding, fft.name());
      host.bytes().asFloatBuffer().put(field);
      stream.upload(host, 0, from.address(), bytes);
      try (GpuFftPlan plan = fft.plan(rows, cols, batch, stream)) {
        // Forward beside, inverse in place.
        long target = inverse ? from.address() : to.address();
        plan.transform(from.address(), target, inverse);
        stream.synchronize(); // the host memory serves both ways
        stream.download(target, host, 0, bytes);
        stream.synchronize();
        float[] result = new float[field.length];
        host.bytes().asFloatBuffer().get(result);
        for (int i = 0; i < result.length; i++) {
          result[i] *= fft.scale(rows, cols);
        }
        return result;
      }
    }
  }

  /** Relative difference, root mean square. */
  private static double difference(float[] a, float[] b) {
    double error = 0;
    double power = 0;
    for (int i = 0; i < a.length; i++) {
      error += Math.pow((double) a[i] - b[i], 2);
      power += Math.pow(b[i], 2);
    }
    return Math.sqrt(error / power);
  }
}
