// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.GpuFftPlan;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/** The stand-ins for cuFFT and cuBLAS against the definitions, in double precision. */
class LibrariesTest {
  private static final long SEED = 23;

  private final EmulatedGpu gpu = new EmulatedGpu();
  private final GpuStream stream = gpu.openStream();

  private GpuMemory upload(float... values) {
    GpuMemory memory = gpu.allocate("operand", 4L * values.length);
    HostMemory host = gpu.allocateHost("staging", 4L * values.length);
    floats(host).put(values);
    stream.upload(host, 0, memory.address(), 4L * values.length);
    return memory;
  }

  private float[] download(long address, int count) {
    float[] values = new float[count];
    HostMemory host = gpu.allocateHost("staging", 4L * count);
    stream.download(address, host, 0, 4L * count);
    stream.synchronize();
    floats(host).get(values);
    return values;
  }

  private static FloatBuffer floats(HostMemory host) {
    return host.bytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static float[] random(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  @Test
  void transformsAreUnitaryWithTheirScale() {
    EmulatedFft fft = new EmulatedFft();
    Random random = new Random(SEED);
    for (int[] size : new int[][] {{8, 8}, {4, 16}, {6, 10}, {1, 7}}) {
      int rows = size[0];
      int cols = size[1];
      int frame = 2 * rows * cols;
      float scale = fft.scale(rows, cols);
      float[] frames = random(random, 3 * frame);
      GpuMemory from = upload(frames);
      GpuMemory to = gpu.allocate("spectra", 12L * frame);
      try (GpuFftPlan plan = fft.plan(rows, cols, 3, stream)) {
        for (boolean inverse : new boolean[] {false, true}) {
          plan.transform(from.address(), to.address(), inverse);
          float[] spectra = download(to.address(), 3 * frame);
          for (int i = 0; i < 3; i++) {
            double[] expected = transform(frames, i * frame, rows, cols, inverse);
            for (int k = 0; k < frame; k++) {
              // Unitary: values below 1; some log2(80) ≈ 7 roundings of 6e-8.
              assertEquals(
                  expected[k],
                  scale * spectra[i * frame + k],
                  1e-6,
                  rows + "x" + cols + ", value " + k + ", seed " + SEED);
            }
          }
        }
        plan.transform(from.address(), from.address(), false);
        plan.transform(from.address(), from.address(), true);
        float[] back = download(from.address(), 3 * frame);
        for (int i = 0; i < back.length; i++) {
          assertEquals(frames[i], back[i] * scale * scale, 1e-6);
        }
      }
    }
  }

  private static double[] transform(float[] in, int start, int rows, int cols, boolean inverse) {
    double[] out = new double[2 * rows * cols];
    double unitary = 1 / Math.sqrt((double) rows * cols);
    for (int to = 0; to < rows * cols; to++) {
      for (int from = 0; from < rows * cols; from++) {
        int rowPhase = (to / cols) * (from / cols) % rows;
        int colPhase = (to % cols) * (from % cols) % cols;
        double turns = (double) rowPhase / rows + (double) colPhase / cols;
        double angle = (inverse ? 2 : -2) * Math.PI * turns;
        double re = in[start + 2 * from];
        double im = in[start + 2 * from + 1];
        out[2 * to] += unitary * (re * Math.cos(angle) - im * Math.sin(angle));
        out[2 * to + 1] += unitary * (re * Math.sin(angle) + im * Math.cos(angle));
      }
    }
    return out;
  }

  @Test
  void transformsOfMissingMemoryAreFound() {
    GpuMemory frames = upload(new float[32]);
    GpuFftPlan plan = new EmulatedFft().plan(4, 4, 2, stream);
    plan.transform(frames.address(), frames.address(), false);
    GpuFault fault = assertThrows(GpuFault.class, stream::synchronize);
    assertTrue(fault.getMessage().contains("cufftExecC2C"), fault.getMessage());
    plan.close();
    assertThrows(GpuFault.class, () -> plan.transform(frames.address(), 0, false));
  }

  @Test
  void productsOfMatrices() {
    for (int part : new int[] {1, 2}) {
      for (float beta : new float[] {0, 1, -0.5f}) {
        product(part, beta, 0);
        product(part, beta, 40);
      }
    }
  }

  /** Three products 4x5·5x6; rows of 7, 8 and 9; one right matrix for all if its stride is 0. */
  private void product(int part, float beta, int strideB) {
    Random random = new Random(SEED);
    float[] a = random(random, part * 3 * 30);
    float[] b = random(random, part * 120);
    float[] c = random(random, part * 3 * 36);
    GpuMemory left = upload(a);
    GpuMemory right = upload(b);
    GpuMemory result = upload(c);
    try (EmulatedBlas blas = new EmulatedBlas(stream)) {
      if (part == 1) {
        blas.real(
            3,
            4,
            6,
            5,
            left.address(),
            7,
            30,
            right.address(),
            8,
            strideB,
            beta,
            result.address(),
            9,
            36);
      } else {
        blas.complex(
            3,
            4,
            6,
            5,
            left.address(),
            7,
            30,
            right.address(),
            8,
            strideB,
            beta,
            result.address(),
            9,
            36);
      }
      double[] expected = new double[c.length];
      Arrays.setAll(expected, i -> c[i]);
      for (int i = 0; i < 3 * 4 * 6; i++) {
        int matrix = i / 24;
        int row = i / 6 % 4;
        int col = i % 6;
        int at = part * (36 * matrix + 9 * row + col);
        double re = beta * c[at];
        double im = part == 1 ? 0 : beta * c[at + 1];
        for (int k = 0; k < 5; k++) {
          int p = part * (30 * matrix + 7 * row + k);
          int q = part * (strideB * matrix + 8 * k + col);
          double x = part == 1 ? 0 : a[p + 1];
          double y = part == 1 ? 0 : b[q + 1];
          re += (double) a[p] * b[q] - x * y;
          im += a[p] * y + x * b[q];
        }
        expected[at] = re;
        if (part == 2) {
          expected[at + 1] = im;
        }
      }
      float[] results = download(result.address(), c.length);
      for (int i = 0; i < results.length; i++) {
        // 11 products below 1/4, rounded to 6e-8 each. What lies between the rows is untouched.
        assertEquals(expected[i], results[i], 1e-6, part + " " + beta + " value " + i);
      }
    }
  }

  @Test
  void resultsThatAreNotAddedToNeedNotBeThere() {
    GpuMemory left = upload(1, 2);
    GpuMemory right = upload(3, 4);
    GpuMemory result = gpu.allocate("result", 4);
    EmulatedBlas blas = new EmulatedBlas(stream);
    blas.real(1, 1, 1, 2, left.address(), 2, 0, right.address(), 1, 0, 0, result.address(), 1, 0);
    assertEquals(11, download(result.address(), 1)[0]);
    GpuMemory fresh = gpu.allocate("result", 4);
    blas.real(1, 1, 1, 2, left.address(), 2, 0, right.address(), 1, 0, 1, fresh.address(), 1, 0);
    GpuFault fault = assertThrows(GpuFault.class, stream::synchronize);
    assertTrue(fault.getMessage().contains("never written"), fault.getMessage());
    assertThrows(
        GpuFault.class, () -> blas.real(1, 1, 2, 1, 0, 1, 0, 0, 1, 0, 0, 0, 2, 0)); // ldb < n
    blas.close();
    assertTrue(gpu.alive().stream().noneMatch("cuBLAS"::equals), () -> "" + gpu.alive());
  }
}
